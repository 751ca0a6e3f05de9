import {
  AdminDisableUserCommand,
  AdminGetUserCommand,
  CognitoIdentityProviderClient,
} from "@aws-sdk/client-cognito-identity-provider";
import { UpdateCommand } from "@aws-sdk/lib-dynamodb";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { userKey } from "../../shared/dynamodb/keys.ts";
import type { DemoAccount } from "../../infra/local/demo/seed.ts";
import { newPerson, OwnStack } from "../support/stack.ts";

const password = "Tulpenveld-48!";
const hour = 3_600_000;
const answerOf = (payload: Uint8Array | undefined): unknown =>
  JSON.parse(Buffer.from(payload ?? []).toString());

/** Rights that ordinary days do not need; without these tests nobody would know that a role lacks one (ADR 35). */
describe("what happens seldom", () => {
  let stack: OwnStack;
  let admin: DemoAccount;
  let token: string;
  let users: string;
  beforeAll(async () => {
    stack = await OwnStack.start();
    admin = stack.account("organisation-admin");
    token = await stack.tokenOf(admin);
    users = `/v1/organisations/${admin.organisationId}/users`;
  });
  afterAll(() => stack.stop());

  async function userWithPassword(): Promise<{ username: string; email: string }> {
    const { body } = await stack.call("POST", users, { token, body: newPerson() });
    await stack.waitForMails(body.email, 1);
    await stack.givePassword(body.username, body.email, password);
    return body;
  }

  it("the log is the first list of an installation that goes on: it makes the secret of cursors", async () => {
    const path = `/v1/organisations/${admin.organisationId}/audit-events?limit=1`;
    const { status, body } = await stack.call("GET", path, { token });
    expect([status, typeof body.next]).toEqual([200, "string"]);
  });

  it("a function ends in the middle of an import that nobody repeats: the watcher completes it", async () => {
    const count = 400;
    const { email } = newPerson();
    const domain = email.slice(email.indexOf("@"));
    const rows = Array.from({ length: count }, (_, row) => `E.;Een;Seldenrijk;seldom${row}${domain}`);
    const csv = ["voorletters;voornaam;achternaam;email", ...rows].join("\n");
    const before = (await stack.call("GET", users, { token })).body.total as number;
    const importing = fetch(`${stack.baseUrl}/v1/organisations/${admin.organisationId}/user-imports`, {
      method: "POST",
      headers: { Authorization: `Bearer ${token}`, "Content-Type": "text/csv", "Idempotency-Key": "seldom" },
      body: csv,
    });
    await expect
      .poll(async () => (await stack.call("GET", users, { token })).body.total as number, {
        timeout: 20_000,
        interval: 20,
      })
      .toBeGreaterThan(before);
    const working = stack.host
      .environments()
      .filter(({ variables }) => variables["POWERTOOLS_SERVICE_NAME"] === "user-imports");
    await Promise.all(working.map(({ worker }) => worker.terminate()));
    expect((await importing).status).toBeGreaterThanOrEqual(500);
    const later = new Date(Date.now() + hour).toISOString();
    const { Payload } = await stack.invoke("finish-imports", { time: later });
    expect(answerOf(Payload)).toMatchObject({ completed: 1 });
    expect((await stack.call("GET", users, { token })).body.total).toBe(before + count);
  });

  it.each(["the API", "the pages"])(
    "an ended account that the version before disabled is refused like any other: %s",
    async (way) => {
      const person = await userWithPassword();
      const cognito = new CognitoIdentityProviderClient({
        ...{ region: "eu-west-1", endpoint: stack.host.cognitoUrl },
        credentials: { accessKeyId: "local", secretAccessKey: "local" },
      });
      const reason = { reason: "Uit dienst." };
      const deleted = await stack.call("POST", `${users}/${person.username}/deletion`, {
        token,
        body: reason,
      });
      expect(deleted.status).toBe(200);
      const UserPoolId = stack.host.outputs["UserPoolId"];
      await cognito.send(new AdminDisableUserCommand({ UserPoolId, Username: person.username }));
      for (let time = 0; time < 2; time += 1) {
        if (way === "the API") {
          const { status, body } = await stack.signIn({ username: person.username, password });
          expect([status, body.type]).toEqual([401, "urn:portero:problem:invalid-credentials"]);
        } else {
          const page = await fetch(`${stack.baseUrl}/`, {
            method: "POST",
            headers: { Origin: stack.baseUrl, "Sec-Fetch-Site": "same-origin" },
            body: new URLSearchParams({ username: person.username, password }),
          });
          expect(page.status).toBe(401);
          expect(await page.text()).toContain("De gebruikersnaam of het wachtwoord klopt niet.");
        }
      }
      const { Enabled } = await cognito.send(
        new AdminGetUserCommand({ UserPoolId, Username: person.username }),
      );
      expect(Enabled).toBe(true);
    },
  );

  it("the admission check notes a sign-in on Cognito's own page", async () => {
    const { username, organisationId } = admin;
    const before = (await stack.call("GET", `${users}/${username}`, { token })).body.lastLoginAt as string;
    const { FunctionError } = await stack.invoke("identity-token", {
      ...{ version: "2", triggerSource: "TokenGeneration_HostedAuth", userName: username },
      request: { userAttributes: { "custom:organisationId": organisationId } },
      response: {},
    });
    expect(FunctionError).toBeUndefined();
    const after = (await stack.call("GET", `${users}/${username}`, { token })).body.lastLoginAt as string;
    expect(Date.parse(after)).toBeGreaterThan(Date.parse(before));
  });

  it("no contract manager is left: the next deployment appoints the one of the configuration", async () => {
    const manager = stack.account("contract-manager");
    const { client, tableName: TableName } = stack.tables();
    const path = `/v1/organisations/1/users/${manager.username}`;
    const managers = await stack.tokenOf(manager);
    const { headers, body } = await stack.call("GET", path, { token: managers });
    const moved = await stack.call("PATCH", path, {
      token: managers,
      body: { email: "vertrokken@ciz.example" },
      headers: { "If-Match": headers.get("etag") ?? "" },
    });
    expect(moved.status).toBe(200);
    await client.send(
      new UpdateCommand({
        ...{ TableName, Key: userKey({ organisationId: "1", username: manager.username }) },
        UpdateExpression: "SET lastLoginAt = :long, createdAt = :long",
        ExpressionAttributeValues: { ":long": "2020-01-01T00:00:00.000Z" },
      }),
    );
    const { Payload } = await stack.invoke("bootstrap", {});
    expect(answerOf(Payload)).toEqual({ result: "appointed" });
    await stack.waitForMails(body.email, 1);
  });
});
