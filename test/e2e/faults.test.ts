import { DynamoDBClient } from "@aws-sdk/client-dynamodb";
import { DynamoDBDocumentClient, ScanCommand } from "@aws-sdk/lib-dynamodb";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { mailTo } from "../support/mail-to.ts";
import { newPerson, OwnStack } from "../support/stack.ts";

const pause = (milliseconds: number) => new Promise((resolve) => setTimeout(resolve, milliseconds));

describe("when services around it fail", () => {
  let stack: OwnStack;
  let token: string;
  let users: string;
  beforeAll(async () => {
    stack = await OwnStack.start();
    const account = stack.account("organisation-admin");
    token = await stack.tokenOf(account);
    users = `/v1/organisations/${account.organisationId}/users`;
  });
  afterAll(() => stack.stop());

  async function create(person = newPerson()): Promise<{ username: string; email: string }> {
    const answer = await stack.call("POST", users, { token, body: person });
    expect(answer.status).toBe(201);
    return answer.body;
  }

  /** The outbox's items for a user, read from the table itself. */
  async function outboxOf(username: string): Promise<Record<string, unknown>[]> {
    const credentials = { accessKeyId: "local", secretAccessKey: "local" };
    const client = new DynamoDBClient({ region: "eu-west-1", endpoint: stack.host.dynamodbUrl, credentials });
    const { Items = [] } = await DynamoDBDocumentClient.from(client).send(
      new ScanCommand({ TableName: stack.host.outputs["TableName"] ?? "" }),
    );
    return Items.filter((item) => String(item["PK"]).startsWith("MAIL#") && item["username"] === username);
  }

  it("SES refuses for a while: the change stands, the mail goes out when it is back, once", async () => {
    stack.host.troubles.begin("ses-reset");
    const { username, email } = await create();
    await pause(1500);
    expect(await stack.mails(email).catch(() => [])).toEqual([]);
    expect((await stack.call("GET", `${users}/${username}`, { token })).body.status).toBe("invited");
    stack.host.troubles.end("ses-reset");
    await stack.waitForMails(email, 1, 60_000);
    await pause(1500);
    expect(await stack.mails(email)).toHaveLength(1);
  });

  it("SES refuses an address for good: that is noted on the mail, and nobody else's mail waits", async () => {
    const refused = newPerson();
    stack.host.troubles.begin("ses-refusing", mailTo(refused.email));
    const { username } = await create(refused);
    const others = await Promise.all(Array.from({ length: 5 }, () => create()));
    for (const { email } of others) await stack.waitForMails(email, 1);
    const [mail] = await outboxOf(username);
    expect(mail).toMatchObject({ state: "refused", outcome: { reason: "InvalidParameterValue" } });
    expect(await stack.mails(refused.email)).toEqual([]);
  });

  it("Cognito is down while a password is set: try again later, with the same link", async () => {
    const { username, email } = await create();
    await stack.waitForMails(email, 1);
    const link = await stack.linkFor(username, email);
    const redeem = () =>
      stack.call("POST", `/v1/password-links/${link}/redemption`, { body: { password: "Tulpenveld-48!" } });
    stack.host.troubles.begin("cognito-reset");
    try {
      const failed = await redeem();
      expect([failed.status, failed.body.type]).toEqual([503, "urn:portero:problem:temporarily-unavailable"]);
      expect(Number(failed.headers.get("retry-after"))).toBeGreaterThan(0);
      expect((await stack.call("GET", `/v1/password-links/${link}`)).status).toBe(200);
      const signIn = await stack.signIn(stack.account(null));
      expect(signIn.status).toBe(503);
      const unnoticed = await create();
      await stack.waitForMails(unnoticed.email, 1);
      const seen = await stack.call("GET", `${users}/${username}`, { token });
      expect(seen.body).toMatchObject({
        status: "invited",
        passwordExpiresAt: null,
        passwordLink: { state: "open" },
      });
    } finally {
      stack.host.troubles.end("cognito-reset");
    }
    expect((await redeem()).status).toBe(204);
    expect((await stack.signIn({ username, password: "Tulpenveld-48!" })).status).toBe(201);
  });

  it("Cognito is down between two guesses: the failures before are not forgotten (SECURITY 12)", async () => {
    const { username } = await create();
    const guess = async () => (await stack.signIn({ username, password: "Verkeerd-12345" })).status;
    for (let time = 0; time < 4; time += 1) expect(await guess()).toBe(401);
    stack.host.troubles.begin("cognito-reset");
    try {
      for (let time = 0; time < 3; time += 1) expect(await guess()).toBe(503);
    } finally {
      stack.host.troubles.end("cognito-reset");
    }
    expect([await guess(), await guess()]).toEqual([401, 429]);
  });
});
