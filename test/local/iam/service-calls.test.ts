import { describe, expect, it } from "vitest";
import { neededActions, type ArnParts, type ServiceCall } from "../../../infra/local/iam/service-calls.ts";

const parts: ArnParts = {
  region: "eu-west-1",
  account: "000000000000",
  partitionKeys: { Portero: "PK", "Portero/due": "duePartition", Audit: "PK" },
};
const table = "arn:aws:dynamodb:eu-west-1:000000000000:table/Portero";
const audit = "arn:aws:dynamodb:eu-west-1:000000000000:table/Audit";

function needed(service: ServiceCall["service"], operation: string, body: unknown) {
  const text = typeof body === "string" ? body : JSON.stringify(body);
  return neededActions({ service, path: "/", target: `Service.${operation}`, body: text }, parts);
}
const key = (PK: string) => ({ PK: { S: PK }, SK: { S: "x" } });

describe("the actions that a call needs", () => {
  it.each(["GetItem", "PutItem", "UpdateItem", "DeleteItem"])("%s: itself, on the table", (operation) => {
    const item = operation === "PutItem" ? { Item: key("ORG#2") } : { Key: key("ORG#2") };
    expect(needed("dynamodb", operation, { TableName: "Portero", ...item })).toEqual([
      { action: `dynamodb:${operation}`, resource: table, leadingKeys: ["ORG#2"] },
    ]);
  });

  it("a transaction: those of its parts, with all their partitions", () => {
    const TransactItems = [
      { Put: { TableName: "Portero", Item: key("ORG#2") } },
      { Put: { TableName: "Portero", Item: key("MAIL#1") } },
      { ConditionCheck: { TableName: "Portero", Key: key("ORG#2") } },
      { Put: { TableName: "Audit", Item: key("ORG#2") } },
    ];
    expect(needed("dynamodb", "TransactWriteItems", { TransactItems })).toEqual([
      { action: "dynamodb:PutItem", resource: table, leadingKeys: ["ORG#2", "MAIL#1"] },
      { action: "dynamodb:ConditionCheckItem", resource: table, leadingKeys: ["ORG#2"] },
      { action: "dynamodb:PutItem", resource: audit, leadingKeys: ["ORG#2"] },
    ]);
  });

  it("a batch: one for each table", () => {
    const RequestItems = { Portero: { Keys: [key("A"), key("B")] }, Audit: { Keys: [key("C")] } };
    expect(needed("dynamodb", "BatchGetItem", { RequestItems })).toEqual([
      { action: "dynamodb:BatchGetItem", resource: table, leadingKeys: ["A", "B"] },
      { action: "dynamodb:BatchGetItem", resource: audit, leadingKeys: ["C"] },
    ]);
  });

  it.each([
    ["the table", {}, "PK = :p AND begins_with(SK, :s)", {}, table],
    [
      "an index",
      { IndexName: "due" },
      "#p = :p AND #s < :s",
      { "#p": "duePartition", "#s": "dueAt" },
      `${table}/index/due`,
    ],
  ])(
    "a query: its partition, on %s",
    (_, index, KeyConditionExpression, ExpressionAttributeNames, resource) => {
      const ExpressionAttributeValues = { ":p": { S: "ORG#2" }, ":s": { S: "USER#" } };
      const query = { TableName: "Portero", ...index, KeyConditionExpression, ExpressionAttributeNames };
      expect(needed("dynamodb", "Query", { ...query, ExpressionAttributeValues })).toEqual([
        { action: "dynamodb:Query", resource, leadingKeys: ["ORG#2"] },
      ]);
    },
  );

  it("a call of Cognito: its operation, on the user pool", () => {
    expect(needed("cognito", "AdminInitiateAuth", { UserPoolId: "local_1" })).toEqual([
      {
        action: "cognito-idp:AdminInitiateAuth",
        resource: "arn:aws:cognito-idp:eu-west-1:000000000000:userpool/local_1",
      },
    ]);
  });

  it("a mail: the right to its sender's domain, and to its configuration set", () => {
    const form = new URLSearchParams({
      Action: "SendEmail",
      Source: "Portero <noreply@Portero.example>",
      ConfigurationSetName: "feedback",
    });
    expect(needed("ses", "", form.toString())).toEqual([
      { action: "ses:SendEmail", resource: "arn:aws:ses:eu-west-1:000000000000:identity/portero.example" },
      { action: "ses:SendEmail", resource: "arn:aws:ses:eu-west-1:000000000000:configuration-set/feedback" },
    ]);
  });

  it.each([
    ["dynamodb", "ExecuteStatement", {}],
    [
      "dynamodb",
      "Query",
      { TableName: "Portero", KeyConditionExpression: "SK = :s", ExpressionAttributeValues: {} },
    ],
    ["dynamodb", "GetItem", { TableName: "Other", Key: key("A") }],
    ["dynamodb", "GetItem", { TableName: "Portero", Key: { PK: { N: "1" } } }],
    ["ses", "", "Action=SendBulkTemplatedEmail"],
    ["ses", "", "Action=SendEmail"],
  ] as const)("a call that cannot be judged is refused: %s %s %j", (service, operation, body) => {
    expect(() => needed(service, operation, body)).toThrow(/guard/);
  });
});
