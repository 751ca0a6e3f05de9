import { describe, expect, it } from "vitest";
import type { Stack, Template } from "../../../infra/local/template/assembly.ts";
import { Catalogue } from "../../../infra/local/template/catalogue.ts";
import { Intrinsics } from "../../../infra/local/template/intrinsics.ts";

function stackOf(template: Template, name = "local-app"): Stack {
  return { name, region: "eu-west-1", account: "000000000000", template };
}

const data = stackOf(
  {
    Outputs: {
      Exported: { Value: { Ref: "Table" }, Export: { Name: { "Fn::Sub": "${AWS::StackName}:table" } } },
      Plain: { Value: "plain" },
    },
    Resources: { Table: { Type: "AWS::DynamoDB::Table" } },
  },
  "local-data",
);
const app = stackOf({
  Parameters: { Colour: { Default: "blue" } },
  Mappings: { Sizes: { small: { width: 3 } } },
  Conditions: {
    IsBlue: { "Fn::Equals": [{ Ref: "Colour" }, "blue"] },
    IsRed: { "Fn::Not": [{ Condition: "IsBlue" }] },
    Either: { "Fn::Or": [{ Condition: "IsBlue" }, { Condition: "IsRed" }] },
    Both: { "Fn::And": [{ Condition: "IsBlue" }, { Condition: "IsRed" }] },
  },
});

const intrinsics = new Intrinsics({ stacks: [data, app], assets: new Map() }, (stack, id, attribute) =>
  [stack.name, id, attribute].filter((part) => part !== null).join("/"),
);

describe("intrinsic functions", () => {
  it.each([
    [{ Ref: "Queue" }, "local-app/Queue"],
    [{ Ref: "Colour" }, "blue"],
    [{ Ref: "AWS::Region" }, "eu-west-1"],
    [{ "Fn::GetAtt": ["Role", "Arn"] }, "local-app/Role/Arn"],
    [{ "Fn::GetAtt": "Role.Arn" }, "local-app/Role/Arn"],
    [{ "Fn::Join": ["-", ["a", { Ref: "Colour" }, 3]] }, "a-blue-3"],
    [
      { "Fn::Sub": "${Colour} ${AWS::AccountId} ${Role.Arn} ${!Kept}" },
      "blue 000000000000 local-app/Role/Arn ${Kept}",
    ],
    [{ "Fn::Sub": ["${X}-${Colour}", { X: { Ref: "AWS::URLSuffix" } }] }, "amazonaws.com-blue"],
    [{ "Fn::Select": ["1", { "Fn::Split": [",", "a,b,c"] }] }, "b"],
    [{ "Fn::FindInMap": ["Sizes", "small", "width"] }, 3],
    [{ "Fn::Base64": "abc" }, "YWJj"],
    [{ "Fn::ImportValue": "local-data:table" }, "local-data/Table"],
    [
      { "Fn::GetStackOutput": { StackName: "local-data", Region: "eu-west-1", OutputName: "Plain" } },
      "plain",
    ],
    [{ "Fn::If": ["IsBlue", "yes", "no"] }, "yes"],
    [{ "Fn::If": ["Both", "yes", "no"] }, "no"],
  ])("%j is %j", (value, expected) => {
    expect(intrinsics.resolve(app, value)).toEqual(expected);
  });

  it("leave out what AWS::NoValue stands for", () => {
    const nothing = { "Fn::If": ["IsRed", 1, { Ref: "AWS::NoValue" }] };
    expect(intrinsics.resolve(app, { a: nothing, b: [nothing, 2] })).toEqual({ b: [2] });
  });

  it("decide on conditions", () => {
    expect(["IsBlue", "IsRed", "Either", "Both", undefined].map((one) => intrinsics.holds(app, one))).toEqual(
      [true, false, true, false, true],
    );
  });

  it("are named when they are not known, and are no names of ordinary properties", () => {
    expect(() => intrinsics.resolve(app, { "Fn::Cidr": [] })).toThrow("Fn::Cidr");
    expect(intrinsics.resolve(app, { constructor: "x" })).toEqual({ constructor: "x" });
  });
});

describe("names of resources", () => {
  const template: Template = {
    Resources: {
      Named: { Type: "AWS::SQS::Queue", Properties: { QueueName: { "Fn::Join": ["", ["q", "1"]] } } },
      Function: { Type: "AWS::Lambda::Function" },
      Version: { Type: "AWS::Lambda::Version", Properties: { FunctionName: { Ref: "Function" } } },
      Role: { Type: "AWS::IAM::Role" },
      Gone: { Type: "AWS::SQS::Queue", Condition: "Never" },
      Table: { Type: "AWS::DynamoDB::Table" },
      Api: { Type: "AWS::ApiGateway::RestApi" },
    },
    Conditions: { Never: { "Fn::Equals": [1, 2] } },
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
  };
  const catalogue = new Catalogue(
    { stacks: [stackOf(template)], assets: new Map() },
    { "local-app/Table": "given-by-the-emulator" },
    "http://127.0.0.1:3000",
  );
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

  it("leave out resources whose condition does not hold", () => {
    expect(catalogue.all().map(({ logicalId }) => logicalId)).not.toContain("Gone");
  });

  it("give this host's address where AWS would give the stage's", () => {
    expect(catalogue.outputs()).toEqual({ Address: "http://127.0.0.1:3000/" });
  });
});
