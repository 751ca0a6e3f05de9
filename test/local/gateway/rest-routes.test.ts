import { describe, expect, it } from "vitest";
import { HostError } from "../../../infra/local/host-error.ts";
import { RestRoutes } from "../../../infra/local/gateway/rest-routes.ts";
import { apiOf, catalogueOf } from "./api-template.ts";

const lambda = {
  Type: "AWS_PROXY",
  IntegrationHttpMethod: "POST",
  Uri: "arn:aws:apigateway:eu-west-1:lambda:path/2015-03-31/functions/arn:f/invocations",
};

function routesWith(properties: object): RestRoutes {
  const standard = { AuthorizationType: "NONE", Integration: lambda };
  const catalogue = catalogueOf({
    Method: {
      Type: "AWS::ApiGateway::Method",
      Properties: {
        RestApiId: { Ref: "Api" },
        ResourceId: { "Fn::GetAtt": ["Api", "RootResourceId"] },
        HttpMethod: "GET",
        ...standard,
        ...properties,
      },
    },
  });
  return new RestRoutes(catalogue, apiOf(catalogue));
}

describe("routes", () => {
  it("lead to the function of a proxy integration", () => {
    const routes = routesWith({});
    expect(routes.match("GET", "/")?.method.functionArn).toBe("arn:f");
    expect(routes.match("PUT", "/")).toBeNull();
  });

  it("lead from any other path to the greedy one, but not from a known path with another method", () => {
    const resource = (ParentId: unknown, PathPart: string) => ({
      Type: "AWS::ApiGateway::Resource",
      Properties: { RestApiId: { Ref: "Api" }, ParentId, PathPart },
    });
    const root = { "Fn::GetAtt": ["Api", "RootResourceId"] };
    const method = (ResourceId: unknown, HttpMethod: string) => ({
      Type: "AWS::ApiGateway::Method",
      Properties: {
        RestApiId: { Ref: "Api" },
        ResourceId,
        HttpMethod,
        AuthorizationType: "NONE",
        Integration: lambda,
      },
    });
    const catalogue = catalogueOf({
      Proxy: resource(root, "{proxy+}"),
      Version: resource(root, "v1"),
      Things: resource({ Ref: "Version" }, "things"),
      Get: method({ Ref: "Proxy" }, "GET"),
      Post: method({ Ref: "Things" }, "POST"),
    });
    const routes = new RestRoutes(catalogue, apiOf(catalogue));
    const pathOf = (httpMethod: string, path: string) =>
      routes.match(httpMethod, path)?.method.resourcePath ?? null;
    expect(pathOf("GET", "/v1/other/deeper")).toBe("/{proxy+}");
    expect(pathOf("GET", "/v1")).toBe("/{proxy+}");
    expect(pathOf("POST", "/v1/things")).toBe("/v1/things");
    expect([pathOf("GET", "/v1/things"), pathOf("POST", "/other")]).toEqual([null, null]);
  });

  it("name an authorizer that does not exist if they need one and name none, so that nobody gets in", () => {
    const routes = routesWith({ AuthorizationType: "COGNITO_USER_POOLS" });
    expect(routes.match("GET", "/")?.method.authorizerId).toBe("");
  });

  it.each<[object, string]>([
    [{ Integration: { Type: "MOCK" } }, "Integration"],
    [{ Integration: { ...lambda, TimeoutInMillis: 1000 } }, "Integration"],
    [{ AuthorizationType: "AWS_IAM" }, "AuthorizationType"],
    [{ AuthorizationType: "CUSTOM" }, "AuthorizationType"],
  ])("with %j are refused, since the app does not use their like", (properties, named) => {
    expect(() => routesWith(properties)).toThrow(HostError);
    expect(() => routesWith(properties)).toThrow(named);
  });
});
