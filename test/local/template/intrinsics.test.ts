import { describe, expect, it } from "vitest";
import { HostError } from "../../../infra/local/host-error.ts";
import type { Stack, Template } from "../../../infra/local/template/assembly.ts";
import { Intrinsics } from "../../../infra/local/template/intrinsics.ts";

function stackOf(template: Template, name = "local-app"): Stack {
  return { name, region: "eu-west-1", account: "000000000000", template };
}

const data = stackOf(
  {
    Outputs: {
      Exported: { Value: { Ref: "Table" }, Export: { Name: "local-data:table" } },
      Plain: { Value: "plain" },
    },
    Resources: { Table: { Type: "AWS::DynamoDB::Table" } },
  },
  "local-data",
);
const app = stackOf({});

const intrinsics = new Intrinsics({ stacks: [data, app], assets: new Map() }, (stack, id, attribute) =>
  [stack.name, id, attribute].filter((part) => part !== null).join("/"),
);

describe("intrinsic functions", () => {
  it.each([
    [{ Ref: "Queue" }, "local-app/Queue"],
    [{ Ref: "AWS::Region" }, "eu-west-1"],
    [{ "Fn::GetAtt": ["Role", "Arn"] }, "local-app/Role/Arn"],
    [{ "Fn::Join": ["-", ["a", { Ref: "AWS::URLSuffix" }, 3]] }, "a-amazonaws.com-3"],
    [{ "Fn::Sub": "${Queue} ${AWS::AccountId}" }, "local-app/Queue 000000000000"],
    [{ "Fn::ImportValue": "local-data:table" }, "local-data/Table"],
  ])("%j is %j", (value, expected) => {
    expect(intrinsics.resolve(app, value)).toEqual(expected);
  });

  it.each<[object, string]>([
    [{ "Fn::Sub": "${Role.Arn}" }, "Fn::Sub"],
    [{ "Fn::Sub": "${!Literal}" }, "Fn::Sub"],
    [{ "Fn::Sub": ["${X}", { X: "x" }] }, "Fn::Sub"],
    [{ "Fn::Select": ["1", ["a", "b"]] }, "Fn::Select"],
    [{ "Fn::Split": [",", "a,b"] }, "Fn::Split"],
    [{ "Fn::FindInMap": ["Sizes", "small", "width"] }, "Fn::FindInMap"],
    [{ "Fn::Base64": "abc" }, "Fn::Base64"],
    [{ "Fn::GetStackOutput": { StackName: "local-data", OutputName: "Plain" } }, "Fn::GetStackOutput"],
    [{ "Fn::If": ["IsBlue", "yes", "no"] }, "Fn::If"],
    [{ Ref: "AWS::NoValue" }, "AWS::NoValue"],
    [{ Ref: "AWS::StackName" }, "AWS::StackName"],
  ])("%j is refused, since the app does not use it", (value, name) => {
    expect(() => intrinsics.resolve(app, { nested: [value] })).toThrow(HostError);
    expect(() => intrinsics.resolve(app, value)).toThrow(name);
  });

  it("are not confused with ordinary properties", () => {
    expect(intrinsics.resolve(app, { constructor: "x" })).toEqual({ constructor: "x" });
    expect(intrinsics.resolve(app, { Condition: { Bool: true } })).toEqual({ Condition: { Bool: true } });
  });
});
