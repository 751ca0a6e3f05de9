import {
  AdminInitiateAuthCommand,
  AdminSetUserPasswordCommand,
  CognitoIdentityProviderClient,
} from "@aws-sdk/client-cognito-identity-provider";
import {
  DynamoDBClient,
  GetItemCommand,
  PutItemCommand,
  TransactWriteItemsCommand,
} from "@aws-sdk/client-dynamodb";
import { SendEmailCommand, SESClient } from "@aws-sdk/client-ses";
import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import type { RunningHost } from "../../../infra/local/start-host.ts";
import { type TroubleName, troubleNames, troubles } from "../../../infra/local/troubles/troubles.ts";
import { mailTo } from "../../support/mail-to.ts";
import { fixtureRegion, newPlace, startFixture } from "../fixture/host.ts";

const place = newPlace();
let host: RunningHost;
let environment: Record<string, string>;

beforeAll(async () => {
  host = await startFixture(place);
  const answer = await fetch(`${host.baseUrl}/open?do=environment`);
  environment = (await answer.json()) as Record<string, string>;
});
afterEach(() => {
  for (const name of troubleNames) host.troubles.end(name);
});
afterAll(async () => {
  await host.stop();
  place.remove();
});

/** The client of the fixture's function Echo. */
const client = (service: string) => ({
  region: fixtureRegion,
  endpoint: environment[`AWS_ENDPOINT_URL_${service}`]!,
  maxAttempts: 1,
  requestHandler: { requestTimeout: 400, throwOnRequestTimeout: true },
  credentials: {
    accessKeyId: environment["AWS_ACCESS_KEY_ID"]!,
    secretAccessKey: environment["AWS_SECRET_ACCESS_KEY"]!,
  },
});
const item = (PK: string) => ({ PK: { S: PK }, SK: { S: "x" } });
const table = () => ({ TableName: host.outputs["TableName"] });

const calls = {
  send: (to = "a@zorg.example") =>
    new SESClient(client("SES")).send(
      new SendEmailCommand({
        Source: "noreply@fixture.example",
        Destination: { ToAddresses: [to] },
        Message: { Subject: { Data: to }, Body: { Text: { Data: "x" } } },
      }),
    ),
  signIn: () =>
    new CognitoIdentityProviderClient(client("COGNITO_IDENTITY_PROVIDER")).send(
      new AdminInitiateAuthCommand({
        UserPoolId: host.outputs["UserPoolId"],
        ClientId: "none",
        AuthFlow: "ADMIN_USER_PASSWORD_AUTH",
        AuthParameters: { USERNAME: "x", PASSWORD: "x" },
      }),
    ),
  setPassword: () =>
    new CognitoIdentityProviderClient(client("COGNITO_IDENTITY_PROVIDER")).send(
      new AdminSetUserPasswordCommand({
        UserPoolId: host.outputs["UserPoolId"],
        Username: "x",
        Password: "x",
      }),
    ),
  get: () =>
    new DynamoDBClient(client("DYNAMODB")).send(new GetItemCommand({ ...table(), Key: item("T#0") })),
  put: () =>
    new DynamoDBClient(client("DYNAMODB")).send(new PutItemCommand({ ...table(), Item: item("T#1") })),
  transact: () =>
    new DynamoDBClient(client("DYNAMODB")).send(
      new TransactWriteItemsCommand({
        TransactItems: ["T#2", "T#3"].map((PK) => ({
          Put: { TableName: host.outputs["TableName"], Item: item(PK) },
        })),
      }),
    ),
};
type Call = keyof typeof calls;

/** The name of a call's error as the SDK reads it, or the code of a broken connection; null if it has none. */
const errorOf = async (call: () => Promise<unknown>) =>
  call().then(
    () => null,
    (error: unknown) => {
      const { name, code } = error as Error & { code?: string };
      return code ?? name;
    },
  );

/** The errors that each trouble causes; `null` is a call that passes. */
const expected: Record<TroubleName, Partial<Record<Call, string | null>>> = {
  "ses-not-verified": { send: "MessageRejected", get: null },
  "ses-sandbox": { send: "MessageRejected" },
  "ses-throttled": { send: "Throttling" },
  "ses-refusing": { send: "InvalidParameterValue" },
  "ses-hanging": { send: "ETIMEDOUT", get: null },
  "ses-reset": { send: "ECONNRESET" },
  "cognito-throttled": { signIn: "TooManyRequestsException", setPassword: "TooManyRequestsException" },
  "cognito-quotas": { setPassword: "UserNotFoundException" },
  "cognito-attempts-exceeded": { signIn: "NotAuthorizedException", setPassword: "UserNotFoundException" },
  "cognito-slow": { setPassword: "UserNotFoundException" },
  "cognito-hanging": { signIn: "ETIMEDOUT", setPassword: "ETIMEDOUT", get: null },
  "cognito-reset": { signIn: "ECONNRESET", setPassword: "ECONNRESET" },
  "dynamodb-throttled": {
    get: "ThrottlingException",
    put: "ThrottlingException",
    transact: "TransactionCanceledException",
  },
  "dynamodb-conflicting": {
    get: null,
    put: "TransactionConflictException",
    transact: "TransactionCanceledException",
  },
  "dynamodb-hanging": { get: "ETIMEDOUT", transact: "ETIMEDOUT", send: null },
  "dynamodb-reset": { get: "ECONNRESET", put: "ECONNRESET" },
};

describe("a trouble is what a function's SDK would see of AWS, until it ends", () => {
  it.each(troubleNames)("%s", async (name) => {
    const rows = Object.entries(expected[name]) as [Call, string | null][];
    const before = await Promise.all(rows.map(([call]) => errorOf(calls[call])));
    host.troubles.begin(name);
    const during = await Promise.all(rows.map(async ([call]) => [call, await errorOf(calls[call])]));
    expect(during).toEqual(rows);
    host.troubles.end(name);
    expect(await Promise.all(rows.map(([call]) => errorOf(calls[call])))).toEqual(before);
  });

  it("in the sandbox, mail to addresses at the sender's own domain goes out", async () => {
    host.troubles.begin("ses-sandbox");
    expect(await errorOf(() => calls.send("colleague@fixture.example"))).toBeNull();
  });

  it("can be narrowed to some calls, and each may have a trouble of its own", async () => {
    host.troubles.begin("ses-refusing", mailTo("Refused@zorg.example"));
    host.troubles.begin("ses-not-verified", mailTo("waits@zorg.example"));
    expect(await errorOf(() => calls.send("refused@zorg.example"))).toBe("InvalidParameterValue");
    expect(await errorOf(() => calls.send("waits@zorg.example"))).toBe("MessageRejected");
    expect(await errorOf(() => calls.send("other@zorg.example"))).toBeNull();
  });

  it("a cancelled transaction has a reason for each of its writes, and none is made", async () => {
    host.troubles.begin("dynamodb-conflicting");
    await expect(calls.transact()).rejects.toMatchObject({
      CancellationReasons: [{ Code: "TransactionConflict" }, { Code: "None" }],
    });
  });

  it("a slow service answers 300 ms later", async () => {
    host.troubles.begin("cognito-slow");
    const begun = performance.now();
    await errorOf(calls.setPassword);
    expect(performance.now() - begun).toBeGreaterThan(295);
  });
});

it("every trouble has a meaning in one sentence, and a name that begins with its service", () => {
  for (const [name, { service, meaning }] of Object.entries(troubles)) {
    expect(name.startsWith(`${service}-`), name).toBe(true);
    expect(meaning, name).toMatch(/^[A-Z].+\.$/);
  }
});
