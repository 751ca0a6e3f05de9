import {
  DynamoDBClient,
  GetItemCommand,
  PutItemCommand,
  QueryCommand,
  TransactWriteItemsCommand,
} from "@aws-sdk/client-dynamodb";
import {
  AdminDisableUserCommand,
  CognitoIdentityProviderClient,
} from "@aws-sdk/client-cognito-identity-provider";
import { SendEmailCommand, SESClient } from "@aws-sdk/client-ses";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { RunningHost } from "../../../infra/local/start-host.ts";
import { fixtureRegion, newPlace, startFixture } from "../fixture/host.ts";

const place = newPlace();
const log: string[] = [];
let host: RunningHost;
let environment: Record<string, string>;

beforeAll(async () => {
  host = await startFixture(place, {}, (line) => log.push(line));
  const answer = await fetch(`${host.baseUrl}/open?do=environment`);
  environment = (await answer.json()) as Record<string, string>;
});
afterAll(async () => {
  await host.stop();
  place.remove();
});

/** The client of the fixture's function Echo, whose role allows PutItem and GetItem outside SECRET#, and one index. */
const client = (service: string) => ({
  region: fixtureRegion,
  endpoint: environment[`AWS_ENDPOINT_URL_${service}`]!,
  maxAttempts: 1,
  credentials: {
    accessKeyId: environment["AWS_ACCESS_KEY_ID"]!,
    secretAccessKey: environment["AWS_SECRET_ACCESS_KEY"]!,
  },
});
const key = (PK: string) => ({ PK: { S: PK }, SK: { S: "x" } });

describe("a call of a function", () => {
  const dynamodb = () => new DynamoDBClient(client("DYNAMODB"));
  const table = () => ({ TableName: host.outputs["TableName"] });

  it("passes if its role allows it", async () => {
    const { decisions, denied } = host.decisions;
    await dynamodb().send(new PutItemCommand({ ...table(), Item: key("ORG#2") }));
    const { Item } = await dynamodb().send(new GetItemCommand({ ...table(), Key: key("ORG#2") }));
    expect(Item).toEqual(key("ORG#2"));
    expect(host.decisions.decisions).toBe(decisions + 2);
    expect(host.decisions.denied).toBe(denied);
  });

  it("is refused as AWS refuses it if not, and the log says which statement is missing", async () => {
    const { denied } = host.decisions;
    const query = new QueryCommand({
      ...table(),
      KeyConditionExpression: "PK = :p",
      ExpressionAttributeValues: { ":p": { S: "ORG#2" } },
    });
    await expect(dynamodb().send(query)).rejects.toMatchObject({
      name: "AccessDeniedException",
      message: expect.stringContaining(
        "is not authorized to perform: dynamodb:Query on resource: arn:aws:dynamodb:",
      ),
      $metadata: { httpStatusCode: 400 },
    });
    expect(host.decisions.denied).toBe(denied + 1);
    expect(log.at(-1)).toMatch(/^Echo\w+ was refused dynamodb:Query .*ORG#….*"Action":"dynamodb:Query"/);
    expect(log.at(-1)).not.toContain("ORG#2");
  });

  it("is refused if one part of a transaction is not allowed, and nothing is written", async () => {
    const TransactItems = [
      { Put: { ...table(), Item: key("ORG#3") } },
      { Put: { ...table(), Item: key("SECRET#1") } },
    ] as never;
    const write = dynamodb().send(new TransactWriteItemsCommand({ TransactItems }));
    await expect(write).rejects.toMatchObject({ name: "AccessDeniedException" });
    const { Item } = await dynamodb().send(new GetItemCommand({ ...table(), Key: key("ORG#3") }));
    expect(Item).toBeUndefined();
  });

  it("to an index needs the right to that index", async () => {
    const KeyConditionExpression = "duePartition = :p";
    const ExpressionAttributeValues = { ":p": { S: "mail#2026" } };
    const query = { ...table(), IndexName: "due", KeyConditionExpression, ExpressionAttributeValues };
    expect((await dynamodb().send(new QueryCommand(query))).Count).toBe(0);
  });

  it("to Cognito or SES without a right is refused in the form of that service", async () => {
    const cognito = new CognitoIdentityProviderClient(client("COGNITO_IDENTITY_PROVIDER"));
    const disable = new AdminDisableUserCommand({ UserPoolId: host.outputs["UserPoolId"], Username: "x" });
    await expect(cognito.send(disable)).rejects.toMatchObject({ name: "AccessDeniedException" });
    const ses = new SESClient(client("SES"));
    const send = new SendEmailCommand({
      Source: "noreply@portero.example",
      Destination: { ToAddresses: ["a@zorg.example"] },
      Message: { Subject: { Data: "x" }, Body: { Text: { Data: "x" } } },
    });
    await expect(ses.send(send)).rejects.toMatchObject({
      name: "AccessDenied",
      $metadata: { httpStatusCode: 403 },
    });
  });

  it("that cannot be judged is not passed on", async () => {
    const url = environment["AWS_ENDPOINT_URL_DYNAMODB"]!;
    const headers = { "X-Amz-Target": "DynamoDB_20120810.ExecuteStatement" };
    const answer = await fetch(url, { method: "POST", headers, body: "{}" });
    expect(answer.status).toBe(501);
    expect(await answer.text()).toContain("ExecuteStatement");
  });

  it("without a known access key may do nothing", async () => {
    const stranger = { ...client("DYNAMODB"), credentials: { accessKeyId: "AKIA", secretAccessKey: "x" } };
    const put = new PutItemCommand({ ...table(), Item: key("ORG#2") });
    await expect(new DynamoDBClient(stranger).send(put)).rejects.toMatchObject({
      name: "AccessDeniedException",
    });
  });
});

it("Lambda's own reading of a stream counts as a use of the function's role", () => {
  const used = [...host.decisions.used];
  expect(used.filter((one) => /^OnChange\w+ dynamodb:GetRecords .*\/stream\//.test(one))).toHaveLength(1);
  expect(used.filter((one) => /^OnChange\w+ sqs:SendMessage /.test(one))).toHaveLength(1);
});

it("a start is refused if a role does not allow what its function's stream needs", async () => {
  const other = newPlace();
  try {
    const started = startFixture(other, { withoutStreamRights: "yes" });
    await expect(started).rejects.toThrow(/OnChange\w+ does not allow dynamodb:DescribeStream/);
  } finally {
    other.remove();
  }
});
