import { Catalogue } from "../../../infra/local/template/catalogue.ts";

/** A template with a REST API that is made from this OpenAPI document. */
export function catalogueOf(document: object): Catalogue {
  const template = {
    Resources: { Api: { Type: "AWS::ApiGateway::RestApi", Properties: { Body: document } } },
  };
  const stack = { name: "app", region: "eu-west-1", account: "000000000000", template };
  return new Catalogue({ stacks: [stack], assets: new Map() }, {}, "http://127.0.0.1:3000");
}

export const apiOf = (catalogue: Catalogue) => catalogue.ofType("AWS::ApiGateway::RestApi")[0]!;
