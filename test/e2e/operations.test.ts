import { execFile } from "node:child_process";
import { promisify } from "node:util";
import {
  AdminCreateUserCommand,
  AdminDeleteUserCommand,
  AdminDisableUserCommand,
  AdminGetUserCommand,
  CognitoIdentityProviderClient,
} from "@aws-sdk/client-cognito-identity-provider";
import { DynamoDBClient } from "@aws-sdk/client-dynamodb";
import { DeleteCommand, DynamoDBDocumentClient, GetCommand } from "@aws-sdk/lib-dynamodb";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { compare, repair, type Places } from "../../infra/operations/comparison.ts";
import { lostChanges, namesEnded } from "../../infra/operations/lost-changes.ts";
import { loginNameKey, userKey } from "../../shared/dynamodb/keys.ts";
import { newPerson, OwnStack } from "../support/stack.ts";

const password = "Tulpenveld-48!";

describe("a restored table and the user pool", () => {
  let stack: OwnStack;
  let places: Places;
  let organisationId: string;
  let token: string;
  beforeAll(async () => {
    stack = await OwnStack.start();
    const credentials = { accessKeyId: "local", secretAccessKey: "local" };
    const client = { region: "eu-west-1", credentials };
    const { outputs, dynamodbUrl, cognitoUrl } = stack.host;
    const dynamodb = new DynamoDBClient({ ...client, endpoint: dynamodbUrl });
    places = {
      table: { client: DynamoDBDocumentClient.from(dynamodb), tableName: outputs["TableName"] ?? "" },
      cognito: new CognitoIdentityProviderClient({ ...client, endpoint: cognitoUrl }),
      userPoolId: outputs["UserPoolId"] ?? "",
    };
    const admin = stack.account("organisation-admin");
    organisationId = admin.organisationId;
    token = await stack.tokenOf(admin);
  });
  afterAll(() => stack.stop());

  async function userWithPassword(): Promise<{ username: string; email: string }> {
    const path = `/v1/organisations/${organisationId}/users`;
    const { status, body } = await stack.call("POST", path, { token, body: newPerson() });
    expect(status).toBe(201);
    await stack.waitForMails(body.email, 1);
    await stack.givePassword(body.username, body.email, password);
    return body;
  }

  const keyOf = (username: string) => userKey({ organisationId, username });
  const pool = () => ({ UserPoolId: places.userPoolId });
  const TableName = () => places.table.tableName;

  it("agree as long as nothing was restored", async () => {
    await userWithPassword();
    expect(await compare(places)).toEqual([]);
  });

  it("are brought together where they differ, with nobody let in who was out", async () => {
    const { client } = places.table;
    const [lost, forgotten, ended, shut] = [
      await userWithPassword(),
      await userWithPassword(),
      await userWithPassword(),
      await userWithPassword(),
    ];
    // Made after the moment of restoring: neither user nor login name is in the table.
    await client.send(new DeleteCommand({ TableName: TableName(), Key: keyOf(lost.username) }));
    const reservation = loginNameKey({
      stem: lost.username.replace(/\d+$/, ""),
      number: Number(/\d+$/.exec(lost.username)?.[0] ?? 1),
    });
    await client.send(new DeleteCommand({ TableName: TableName(), Key: reservation }));
    await places.cognito.send(new AdminDeleteUserCommand({ ...pool(), Username: forgotten.username }));
    await places.cognito.send(new AdminDisableUserCommand({ ...pool(), Username: shut.username }));

    const endedSince = new Set([ended.username]);
    const findings = await compare(places, endedSince);
    expect(new Map(findings.map(({ username, difference }) => [username, difference]))).toEqual(
      new Map([
        [lost.username, "not-in-table"],
        [forgotten.username, "not-in-pool"],
        [ended.username, "ended-since"],
        [shut.username, "usable-but-disabled"],
      ]),
    );
    for (const finding of findings) await repair(finding, places);
    const left = (await compare(places, endedSince)).map(({ username, difference }) => [
      username,
      difference,
    ]);
    expect(new Map(left as [string, string][])).toEqual(
      new Map([
        [ended.username, "usable-but-disabled"],
        [shut.username, "usable-but-disabled"],
      ]),
    );
    for (const { username } of [lost, ended]) {
      const { Enabled } = await places.cognito.send(
        new AdminGetUserCommand({ ...pool(), Username: username }),
      );
      expect(Enabled).toBe(false);
    }
    const { Item } = await client.send(new GetCommand({ TableName: TableName(), Key: reservation }));
    expect(Item).toMatchObject({ organisationId, username: lost.username });
    await stack.givePassword(forgotten.username, forgotten.email, "Korenbloem-77?");
    const again = { username: forgotten.username, password: "Korenbloem-77?" };
    expect((await stack.signIn(again)).status).toBe(201);
  });

  it("an account that was someone else's makes way", async () => {
    const { username } = await userWithPassword();
    await places.cognito.send(new AdminDeleteUserCommand({ ...pool(), Username: username }));
    const UserAttributes = [{ Name: "custom:organisationId", Value: "999" }];
    await places.cognito.send(
      new AdminCreateUserCommand({
        ...pool(),
        Username: username,
        UserAttributes,
        MessageAction: "SUPPRESS",
      }),
    );
    const findings = (await compare(places)).filter((finding) => finding.username === username);
    expect(findings).toEqual([{ username, organisationId, difference: "other-organisation" }]);
    for (const finding of findings) await repair(finding, places);
    const after = (await compare(places)).filter((finding) => finding.username === username);
    expect(after).toMatchObject([{ difference: "not-in-pool" }]);
  });

  it("what was changed since is in the audit trail, to be done again", async () => {
    const since = new Date().toISOString();
    const { username } = await userWithPassword();
    const audit = { ...places.table, tableName: stack.host.outputs["AuditTableName"] ?? "" };
    const actions = (await lostChanges(audit, since)).filter(({ subject }) => subject === username);
    expect(actions.map(({ action }) => action)).toEqual(["user.created", "password.set"]);
    const deletion = `/v1/organisations/${organisationId}/users/${username}/deletion`;
    expect((await stack.call("POST", deletion, { token, body: { reason: "weg" } })).status).toBe(200);
    expect(namesEnded(await lostChanges(audit, since))).toEqual(new Set([username]));
  });

  describe("npm run trail", () => {
    const trail = async (...options: string[]) => {
      const program = "infra/operations/trail.ts";
      const args = [program, ...options, "--state", stack.directory];
      return (await promisify(execFile)(process.execPath, args, { maxBuffer: 1e8 })).stdout;
    };

    it("prints one organisation's events of a period as JSON lines, oldest first, and leaves one of its own", async () => {
      const since = new Date().toISOString();
      const { username } = await userWithPassword();
      const lines = (await trail("--organisation", organisationId, "--from", since)).trim().split("\n");
      const events = lines.map(
        (line) => JSON.parse(line) as { at: string; action: string; subject: { id: string } },
      );
      expect(events.map(({ at }) => at)).toEqual(events.map(({ at }) => at).toSorted());
      expect(events.filter(({ subject }) => subject.id === username).map(({ action }) => action)).toEqual(
        expect.arrayContaining(["user.created", "password-link.requested", "password.set"]),
      );
      const again = await trail("--organisation", organisationId, "--from", since);
      expect(again.trim().split("\n")).toHaveLength(events.length + 1);
      expect(again).toContain('"what":"audit-events"');
    });

    it("prints all organisations', and those of unknown login names", async () => {
      await stack.signIn({ username: "niemandweet", password });
      const events = (await trail())
        .trim()
        .split("\n")
        .map((line) => JSON.parse(line) as { organisationId: string | null });
      expect(new Set(events.map((event) => event.organisationId)).size).toBeGreaterThan(2);
      expect(events.filter((event) => event.organisationId === null)).not.toEqual([]);
      expect(await trail("--from", "2999-01-01T00:00:00Z", "--to", "2999-01-02T00:00:00Z")).toBe("");
    });
  });
});
