import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import {
  DescribeTableCommand,
  DescribeTimeToLiveCommand,
  DynamoDBClient,
  PutItemCommand,
} from "@aws-sdk/client-dynamodb";
import { InvokeCommand, LambdaClient } from "@aws-sdk/client-lambda";
import { SESClient, SendEmailCommand } from "@aws-sdk/client-ses";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { RunningHost } from "../../infra/local/start-host.ts";
import {
  eventually,
  fixtureRegion,
  localCredentials,
  newPlace,
  startFixture,
  recorded,
} from "./fixture/host.ts";

const place = newPlace();
let host: RunningHost;
const client = () => ({ region: fixtureRegion, credentials: localCredentials, maxAttempts: 1 });

beforeAll(async () => {
  host = await startFixture(place, { greeting: "hallo" });
});
afterAll(async () => {
  await host.stop();
  place.remove();
});

function put(item: Record<string, unknown>): Promise<unknown> {
  const dynamodb = new DynamoDBClient({ ...client(), endpoint: host.dynamodbUrl });
  return dynamodb.send(new PutItemCommand({ TableName: host.outputs["TableName"], Item: item as never }));
}

const records = () =>
  recorded(place).flatMap(
    ({ Records }) => (Records ?? []) as { dynamodb: { Keys: { PK: { S: string } } } }[],
  );
const deliveriesOf = (key: string) => records().filter(({ dynamodb }) => dynamodb.Keys.PK.S === key);

describe("what the templates describe", () => {
  it("is made: tables with keys, indexes, streams and time to live", async () => {
    const dynamodb = new DynamoDBClient({ ...client(), endpoint: host.dynamodbUrl });
    const TableName = host.outputs["TableName"]!;
    const { Table } = await dynamodb.send(new DescribeTableCommand({ TableName }));
    expect(Table?.KeySchema?.map(({ AttributeName }) => AttributeName)).toEqual(["PK", "SK"]);
    expect(Table?.GlobalSecondaryIndexes?.[0]).toMatchObject({
      IndexName: "due",
      Projection: { ProjectionType: "KEYS_ONLY" },
    });
    expect(Table?.StreamSpecification).toMatchObject({ StreamEnabled: true, StreamViewType: "NEW_IMAGE" });
    const { TimeToLiveDescription } = await dynamodb.send(new DescribeTimeToLiveCommand({ TableName }));
    expect(TimeToLiveDescription).toMatchObject({ AttributeName: "expireAt", TimeToLiveStatus: "ENABLED" });
    await dynamodb.send(new DescribeTableCommand({ TableName: host.outputs["AuditTableName"] }));
  });

  it("is named by the outputs, with this host's address where AWS would give the API's", () => {
    expect(host.outputs["ApiUrl"]).toBe(`${host.baseUrl}/`);
    expect(host.outputs["WebUrl"]).toBe(host.baseUrl);
  });

  it("was brought to life by what a deployment runs", () => {
    expect(recorded(place)[0]).toEqual({ bootstrap: true });
  });
});

describe("functions", () => {
  const invoke = async (
    input: object,
    InvocationType: "RequestResponse" | "Event" | "DryRun" = "RequestResponse",
  ) => {
    const lambda = new LambdaClient({ ...client(), endpoint: host.invokeUrl });
    const Payload = JSON.stringify(input);
    const answer = await lambda.send(
      new InvokeCommand({ FunctionName: host.outputs["EchoName"], Payload, InvocationType }),
    );
    return {
      ...answer,
      payload: answer.Payload?.length
        ? (JSON.parse(answer.Payload.transformToString()) as Record<string, unknown>)
        : null,
    };
  };

  it("have the environment of the templates and of Lambda, and nothing of ours", async () => {
    const { payload } = await invoke({ do: "environment" });
    const environment = JSON.parse(String(payload?.["body"])) as Record<string, string>;
    expect(environment).toMatchObject({
      GREETING: "hallo",
      TABLE_NAME: host.outputs["TableName"],
      USER_POOL_ID: host.outputs["UserPoolId"],
      TOKEN_ISSUER: `https://cognito-idp.${fixtureRegion}.amazonaws.com/${host.outputs["UserPoolId"]!}`,
      TOKEN_JWKS_URI: `${host.cognitoUrl}/${host.outputs["UserPoolId"]!}/.well-known/jwks.json`,
      PUBLIC_URL: host.baseUrl,
      AWS_REGION: fixtureRegion,
      AWS_ENDPOINT_URL_DYNAMODB: expect.stringMatching(/^http:\/\/127\.0\.0\.1:\d+\/dynamodb$/),
      AWS_LAMBDA_FUNCTION_NAME: host.outputs["EchoName"],
    });
    expect(Object.keys(environment)).not.toContain("PATH");
  });

  it("answer errors as Lambda does", async () => {
    const { FunctionError, StatusCode, payload } = await invoke({ do: "throw" });
    expect({ FunctionError, StatusCode }).toEqual({ FunctionError: "Unhandled", StatusCode: 200 });
    expect(payload).toMatchObject({
      errorType: "TypeError",
      errorMessage: "thrown on purpose",
      trace: expect.any(Array) as unknown,
    });
  });

  it("run at the same time, and go on when one of them is stopped by its timeout", async () => {
    const begun = Date.now();
    await Promise.all(Array.from({ length: 5 }, () => invoke({ do: "wait", milliseconds: 300 })));
    expect(Date.now() - begun).toBeLessThan(1400);
    const slow = invoke({ do: "hang" });
    const { payload } = await invoke({ do: "wait", milliseconds: 100 });
    expect(payload?.["statusCode"]).toBe(200);
    expect((await slow).payload).toMatchObject({ errorType: "Sandbox.Timedout" });
    const { payload: after } = await invoke({});
    expect(JSON.parse(String(after?.["body"]))).toMatchObject({ calls: 1 });
  });

  it("answer those who wait when their thread dies, and start again", async () => {
    const waiting = invoke({ do: "wait", milliseconds: 1000 });
    await invoke({ do: "exit" });
    expect((await waiting).payload).toMatchObject({ errorType: "Runtime.ExitError" });
    expect((await invoke({})).payload?.["statusCode"]).toBe(200);
  });

  it("can be invoked without waiting, and by names that do not exist", async () => {
    expect((await invoke({ do: "wait" }, "Event")).StatusCode).toBe(202);
    expect((await invoke({}, "DryRun")).StatusCode).toBe(204);
    const lambda = new LambdaClient({ ...client(), endpoint: host.invokeUrl });
    await expect(lambda.send(new InvokeCommand({ FunctionName: "nobody" }))).rejects.toThrow(
      "Function not found",
    );
  });

  it("write their logs to a file of their own", async () => {
    const file = join(place.directory, "logs", "Echo11F3FB29.log");
    await eventually(() =>
      existsSync(file) && readFileSync(file, "utf8").includes("thrown on purpose") ? true : undefined,
    );
  });
});

describe("the stream", () => {
  it("brings what passes the filter, and nothing else", async () => {
    await put({ PK: { S: "ORG#1" }, SK: { S: "ORG" } });
    await put({ PK: { S: "MAIL#1" }, SK: { S: "MAIL" }, raw: { B: new Uint8Array([1, 2]) } });
    const [delivered] = await eventually(() =>
      deliveriesOf("MAIL#1").length > 0 ? deliveriesOf("MAIL#1") : undefined,
    );
    expect(delivered).toMatchObject({
      eventName: "INSERT",
      eventSource: "aws:dynamodb",
      awsRegion: fixtureRegion,
      eventSourceARN: `arn:aws:dynamodb:${fixtureRegion}:000000000000:table/${host.outputs["TableName"]!}/stream/local`,
      dynamodb: {
        NewImage: { raw: { B: "AQI=" } },
        StreamViewType: "NEW_IMAGE",
        SequenceNumber: expect.stringMatching(/^\d+$/) as unknown,
      },
    });
    expect(deliveriesOf("ORG#1")).toEqual([]);
  });

  it("gives up on a record after its attempts, and puts it where the template says", async () => {
    await put({ PK: { S: "MAIL#bad" }, SK: { S: "MAIL" }, fail: { BOOL: true } });
    await put({ PK: { S: "MAIL#good" }, SK: { S: "MAIL" } });
    const file = join(place.directory, "queues", "Failed178E83A2.jsonl");
    const failure = await eventually(() => {
      const [line, ...rest] = existsSync(file) ? readFileSync(file, "utf8").split("\n") : [];
      return line !== undefined && rest.length > 0 ? (JSON.parse(line) as object) : undefined;
    });
    expect(failure).toMatchObject({
      requestContext: { condition: "RetryAttemptsExhausted", approximateInvokeCount: 2 },
      version: "1.0",
      DDBStreamBatchInfo: { batchSize: expect.any(Number) as unknown },
    });
    expect(deliveriesOf("MAIL#bad")).toHaveLength(2);
    await eventually(() => (deliveriesOf("MAIL#good").length > 0 ? true : undefined));
  });
});

describe("mails", () => {
  const send = (to: string) =>
    new SESClient({ ...client(), endpoint: host.mailUrl }).send(
      new SendEmailCommand({
        Source: "from@portero.example",
        Destination: { ToAddresses: [to] },
        Message: { Subject: { Data: `to ${to}` }, Body: { Text: { Data: "text" } } },
      }),
    );
  const subjects = async () => {
    const { emails } = (await (await fetch(`${host.mailUrl}/store`)).json()) as {
      emails: { subject: string }[];
    };
    return emails.map(({ subject }) => subject);
  };

  it("are in the inbox once SES has taken them", async () => {
    await send("one@zonnehof.example");
    expect(await subjects()).toEqual(["to one@zonnehof.example"]);
  });
});
