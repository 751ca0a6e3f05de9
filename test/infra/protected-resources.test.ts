import { readFileSync } from "node:fs";
import { App, RemovalPolicy, Stack, type IPropertyInjector } from "aws-cdk-lib";
import { CfnUserPool } from "aws-cdk-lib/aws-cognito";
import { AttributeType, CfnTable, Table, type TableProps } from "aws-cdk-lib/aws-dynamodb";
import { expect, it } from "vitest";
import { describeApplication } from "../../infra/application.ts";
import { readConfiguration } from "../../infra/config.ts";
import { ClosedUserPool } from "../../infra/constructs/closed-user-pool.ts";
import { Tables } from "../../infra/constructs/tables.ts";
import { DataWouldBeReplaced, pinned, requireSameData } from "../../infra/protected-resources.ts";
import packageDescription from "../../package.json" with { type: "json" };
import { settingsSchema } from "../../shared/domain/settings.ts";
import { Function as LambdaFunction, InlineCode, Runtime } from "aws-cdk-lib/aws-lambda";
import { production, resources } from "./template.ts";

/** The data stack's tables and user pool, with the same construct ids. */
function dataStack(tables = "Tables"): Stack {
  const stack = new Stack(new App(), "data");
  new Tables(stack, tables, { removalPolicy: RemovalPolicy.RETAIN });
  const admissionCheck = new LambdaFunction(stack, "Doorkeeper", {
    code: new InlineCode("exports.handler = () => {}"),
    handler: "index.handler",
    runtime: Runtime.NODEJS_24_X,
  });
  new ClosedUserPool(stack, "UserPool", {
    settings: settingsSchema.parse({}),
    removalPolicy: RemovalPolicy.RETAIN,
    admissionCheck,
    jwksOrigin: undefined,
  });
  return stack;
}

const types = ["AWS::DynamoDB::Table", "AWS::Cognito::UserPool"];

it("what is deployed is what was pinned", () => {
  const ids = resources(production.data, ...types).map(({ logicalId }) => logicalId);
  expect(ids.sort()).toEqual(Object.keys(pinned).sort());
  expect(() => requireSameData(dataStack())).not.toThrow();
});

it("another name for a construct stops synthesis: CloudFormation would make its table anew", () => {
  expect(() => requireSameData(dataStack("Storage"))).toThrow(DataWouldBeReplaced);
  expect(() => requireSameData(dataStack("Storage"))).toThrow(
    "TablesPorteroE8CDFB85: is gone, and its data with it.",
  );
});

it.each<[string, (stack: Stack) => void]>([
  ["another key", (stack) => (tableOf(stack).keySchema = [{ attributeName: "id", keyType: "HASH" }])],
  [
    "another type of a key",
    (stack) => (tableOf(stack).attributeDefinitions = [{ attributeName: "PK", attributeType: "N" }]),
  ],
  ["no local index any more", (stack) => (tableOf(stack).localSecondaryIndexes = [])],
  ["a name of its own", (stack) => (tableOf(stack).tableName = "Portero")],
  ["other names to sign in with", (stack) => (poolOf(stack).usernameAttributes = ["email"])],
  ["another case rule", (stack) => (poolOf(stack).usernameConfiguration = { caseSensitive: true })],
])("%s stops synthesis with a sentence", (_, change) => {
  const stack = dataStack();
  change(stack);
  expect(() => requireSameData(stack)).toThrow(/^\w+: would be replaced by an empty one/);
});

it("what can be changed in place may be", () => {
  const stack = dataStack();
  tableOf(stack).billingMode = "PROVISIONED";
  expect(() => requireSameData(stack)).not.toThrow();
});

it("an attribute for another index replaces nothing", () => {
  const stack = dataStack();
  const table = tableOf(stack);
  const before = stack.resolve(table.attributeDefinitions) as CfnTable.AttributeDefinitionProperty[];
  table.attributeDefinitions = [{ attributeName: "new", attributeType: "S" }, ...before];
  expect(() => requireSameData(stack)).not.toThrow();
});

it("it is looked at whenever the app is synthesised, and so by every deployment", () => {
  const { app, context } = JSON.parse(readFileSync("cdk.json", "utf8")) as {
    app: string;
    context: Record<string, unknown>;
  };
  const { deploy, synth } = packageDescription.scripts;
  expect([app, deploy, synth]).toEqual([
    "node_modules/.bin/node infra/app.ts",
    "cdk deploy --all",
    "cdk synth --quiet",
  ]);
  const named: IPropertyInjector = {
    constructUniqueId: Table.PROPERTY_INJECTION_ID,
    inject: (props, { id }) => ({ ...(props as TableProps), tableName: id }),
  };
  const changed = new App({ context, propertyInjectors: [named] });
  expect(() =>
    describeApplication(changed, readConfiguration(context), { version: "1.0.0", commit: "test" }),
  ).toThrow(
    expect.objectContaining({
      name: DataWouldBeReplaced.name,
      message: expect.stringMatching(/^TablesPorteroE8CDFB85: would be replaced by an empty one/) as unknown,
    }),
  );
});

it("a new table is to be pinned as well", () => {
  const stack = dataStack();
  new Table(stack, "More", { partitionKey: { name: "PK", type: AttributeType.STRING } });
  expect(() => requireSameData(stack)).toThrow(
    /^More\w+: is new; add it to infra\/protected-resources\.ts\.$/,
  );
});

function tableOf(stack: Stack): CfnTable {
  return stack.node.findAll().find((one) => one instanceof CfnTable)!;
}

function poolOf(stack: Stack): CfnUserPool {
  return stack.node.findAll().find((one) => one instanceof CfnUserPool)!;
}
