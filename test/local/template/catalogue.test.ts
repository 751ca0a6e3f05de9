import { describe, expect, it } from "vitest";
import * as z from "zod/mini";
import type { Template } from "../../../infra/local/template/assembly.ts";
import { Catalogue } from "../../../infra/local/template/catalogue.ts";

function catalogueOf(template: Template): Catalogue {
  const stack = { name: "local-app", region: "eu-west-1", account: "000000000000", template };
  const assembly = { stacks: [stack], assets: new Map<string, string>() };
  const given = {
    "local-app/Table": "given-by-the-emulator",
    "local-app/Client": "client",
    "local-app/Client.ClientSecret": "secret-of-the-client",
  };
  return new Catalogue(assembly, given, "http://127.0.0.1:3000");
}

describe("names of resources", () => {
  const catalogue = catalogueOf({
    Resources: {
      Named: { Type: "AWS::SQS::Queue", Properties: { QueueName: { "Fn::Join": ["", ["q", "1"]] } } },
      Function: { Type: "AWS::Lambda::Function" },
      Version: { Type: "AWS::Lambda::Version", Properties: { FunctionName: { Ref: "Function" } } },
      Role: { Type: "AWS::IAM::Role" },
      Table: { Type: "AWS::DynamoDB::Table" },
      Api: { Type: "AWS::ApiGateway::RestApi" },
    },
    Outputs: {
      Address: {
        Value: {
          "Fn::Join": [
            "",
            ["https://", { Ref: "Api" }, ".execute-api.eu-west-1.", { Ref: "AWS::URLSuffix" }, "/live/"],
          ],
        },
      },
    },
  });
  const find = (type: string) => catalogue.ofType(type)[0]!;

  it("are those of the template, of the emulator, or of stack and logical id", () => {
    expect(catalogue.nameOf(find("AWS::SQS::Queue"))).toBe(
      "https://sqs.eu-west-1.amazonaws.com/000000000000/q1",
    );
    expect(catalogue.attributeOf(find("AWS::SQS::Queue"), "Arn")).toBe(
      "arn:aws:sqs:eu-west-1:000000000000:q1",
    );
    expect(catalogue.nameOf(find("AWS::DynamoDB::Table"))).toBe("given-by-the-emulator");
    expect(catalogue.nameOf(find("AWS::Lambda::Function"))).toBe("local-app-Function");
    expect(catalogue.nameOf(find("AWS::Lambda::Version"))).toBe(
      "arn:aws:lambda:eu-west-1:000000000000:function:local-app-Function:1",
    );
    expect(catalogue.attributeOf(find("AWS::IAM::Role"), "Arn")).toMatch(/^arn:aws:iam:/);
  });

  it("give this host's address where AWS would give the stage's", () => {
    expect(catalogue.outputs()).toEqual({ Address: "http://127.0.0.1:3000/" });
  });
});

describe("secrets", () => {
  const variable = (reference: unknown) => ({
    Type: "AWS::Lambda::Function",
    Properties: { Environment: { Variables: { SECRET: reference } } },
  });
  const catalogue = catalogueOf({
    Resources: {
      Client: { Type: "AWS::Cognito::UserPoolClient" },
      Secret: {
        Type: "AWS::SecretsManager::Secret",
        Properties: { SecretString: { "Fn::GetAtt": ["Client", "ClientSecret"] } },
      },
      Good: variable({
        "Fn::Join": ["", ["{{resolve:secretsmanager:", { Ref: "Secret" }, ":SecretString:::}}"]],
      }),
      Part: variable("{{resolve:secretsmanager:arn:aws:s:SecretString:password::}}"),
      Other: variable("{{resolve:ssm:/a/parameter}}"),
    },
  });
  const [good, ...others] = catalogue.ofType("AWS::Lambda::Function");

  it("are resolved where a function's variable refers to them", () => {
    expect(catalogue.properties(good!)).toEqual({
      Environment: { Variables: { SECRET: "secret-of-the-client" } },
    });
  });

  it.each(others)("are refused in a reference of another kind: $logicalId", (found) => {
    expect(() => catalogue.properties(found)).toThrow("The local host does not support the reference");
  });
});

describe("resources that the local host does not support", () => {
  it("a condition is refused", () => {
    const conditional = { Type: "AWS::SQS::Queue", Condition: "IsProduction" };
    expect(() => catalogueOf({ Resources: { Conditional: conditional } }).all()).toThrow(
      "local-app/Conditional has a condition, which the local host does not support.",
    );
  });

  it("a property with another value than the app uses is refused by name", () => {
    const catalogue = catalogueOf({
      Resources: { Rule: { Type: "AWS::Events::Rule", Properties: { State: "DISABLED" } } },
    });
    const rule = catalogue.ofType("AWS::Events::Rule")[0]!;
    expect(() => catalogue.parse(rule, z.looseObject({ State: z.literal("ENABLED") }))).toThrow(
      "local-app/Rule (AWS::Events::Rule) has a State that the local host does not support.",
    );
  });
});
