import { expect, it } from "vitest";
import { requireSupported } from "../../../infra/local/template/resource-types.ts";

const resource = (type: string, rawProperties: Record<string, unknown> = {}) => {
  const stack = { name: "local-app", region: "eu-west-1", account: "000000000000", template: {} };
  return { stack, logicalId: "One", key: "local-app/One", type, rawProperties };
};

it("what the app uses passes, and so does what has no effect on one machine", () => {
  requireSupported([
    resource("AWS::Events::Rule", { ScheduleExpression: "rate(5 minutes)", Description: "often" }),
    resource("AWS::Cognito::UserPool", { AnyPropertyAtAll: true }),
    resource("AWS::IAM::Role", { AssumeRolePolicyDocument: {} }),
  ]);
});

it.each(["AWS::S3::Bucket", "AWS::Lambda::Alias", "AWS::DynamoDB::GlobalTable", "AWS::SSM::Parameter"])(
  "the type %s is refused by name",
  (type) => {
    expect(() => requireSupported([resource(type)])).toThrow(
      `local-app/One is of type ${type}, which the local host does not support.`,
    );
  },
);

it.each([
  ["AWS::Events::Rule", "EventPattern"],
  ["AWS::Lambda::Function", "Layers"],
  ["AWS::Lambda::EventSourceMapping", "MaximumBatchingWindowInSeconds"],
  ["AWS::ApiGateway::Stage", "Variables"],
])("a resource of type %s with %s is refused by name", (type, property) => {
  expect(() => requireSupported([resource(type, { [property]: "x" })])).toThrow(
    `local-app/One (${type}) has ${property}, which the local host does not support.`,
  );
});
