import { execFile } from "node:child_process";
import { promisify } from "node:util";
import { DynamoDBClient } from "@aws-sdk/client-dynamodb";
import { DynamoDBDocumentClient, PutCommand, UpdateCommand } from "@aws-sdk/lib-dynamodb";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { addDays, startOfDay } from "../../shared/domain/jobs/days.ts";
import { calendarDay, plusDays, plusHours, plusMonths } from "../../shared/domain/time.ts";
import { dueItem, userKey } from "../../shared/dynamodb/keys.ts";
import { newPerson, OwnStack, type Mail } from "../support/stack.ts";

/*
 * A year in the life of one user. The jobs live it by the time of their events. Signing in and setting a password
 * go by the real clock, which stands still in comparison; where a step needs a sign-in or a password of another
 * day, the test writes that day into the table afterwards, and says so. Nothing else is written there.
 */

const firstPassword = "Tulpenveld-48!";
const secondPassword = "Zonnebloem-17?";

describe("a year of one user", () => {
  let stack: OwnStack;
  let table: DynamoDBDocumentClient;
  let token: string;
  let users: string;
  const person = newPerson();
  let user: { organisationId: string; username: string };
  let created: string;
  /** When the first password ends, and when the second was set. */
  let firstEnd: string;
  let renewed: string;

  beforeAll(async () => {
    stack = await OwnStack.start();
    const client = new DynamoDBClient({
      ...{ endpoint: stack.host.dynamodbUrl, region: "eu-west-1" },
      credentials: { accessKeyId: "local", secretAccessKey: "local" },
    });
    table = DynamoDBDocumentClient.from(client);
    const administrator = stack.account("organisation-admin");
    token = await stack.tokenOf(administrator);
    users = `/v1/organisations/${administrator.organisationId}/users`;
    const answer = await stack.call("POST", users, { token, body: person });
    expect(answer.status).toBe(201);
    const { organisationId, username, createdAt } = answer.body;
    [user, created] = [{ organisationId, username }, createdAt];
    await stack.waitForMails(person.email, 1);
  });
  afterAll(() => stack.stop());

  /** Writes other days into a user's item, as if what they are about had happened then. */
  async function asIf(who: { organisationId: string; username: string }, days: Record<string, string>) {
    const names = Object.keys(days);
    await table.send(
      new UpdateCommand({
        TableName: stack.host.outputs["TableName"]!,
        Key: userKey(who),
        UpdateExpression: `SET ${names.map((name) => `${name} = :${name}`).join(", ")}`,
        ExpressionAttributeValues: Object.fromEntries(names.map((name) => [`:${name}`, days[name]])),
      }),
    );
  }

  /** Runs a job as of a time, as EventBridge would. */
  async function run(output: string, time: string) {
    const url = `${stack.host.invokeUrl}/2015-03-31/functions/${stack.host.outputs[output]!}/invocations`;
    const answer = await fetch(url, { method: "POST", body: JSON.stringify({ time }) });
    const result = (await answer.json()) as Record<string, unknown>;
    expect(result).toMatchObject({ failed: 0, left: 0 });
    return result;
  }
  const warn = (time: string) => run("JobPasswordExpiryWarnings", time);

  /** Those who administer sign in every week, which the test writes down for them; nobody else does. */
  async function othersSignIn(time: string) {
    for (const account of stack.accounts.filter(({ roles }) => roles.length > 0)) {
      await asIf(account, { lastLoginAt: plusDays(time, -7) });
    }
  }
  async function deactivate(time: string) {
    await othersSignIn(time);
    return run("JobDeactivateInactive", time);
  }

  const subjects = async () => (await stack.mails(person.email)).map(({ subject }) => subject);
  const morning = (day: string) => plusHours(startOfDay(day), 6);

  it("created, she sets her password and signs in", async () => {
    await stack.givePassword(user.username, person.email, firstPassword);
    const signedIn = await stack.signIn({ username: user.username, password: firstPassword });
    expect(signedIn.status).toBe(201);
    firstEnd = signedIn.body.passwordExpiry.expiresAt;
    expect(calendarDay(firstEnd)).toBe(calendarDay(plusMonths(created, 3)));
  });

  it("she is warned 14, 7 and 1 days before the password ends, once each", async () => {
    const before = (await subjects()).length;
    const end = calendarDay(firstEnd);
    for (const [index, days] of [
      [20, 14, 14],
      [13, 7, 7],
      [2, 1, 1],
    ].entries()) {
      for (const day of days) await warn(morning(addDays(end, -day)));
      await stack.waitForMails(person.email, before + index + 1);
    }
    expect((await subjects()).slice(before)).toEqual(
      ["14 dagen", "7 dagen", "1 dag"].map((left) => `Uw wachtwoord voor Portero verloopt over ${left}`),
    );
    const [mail] = (await stack.mails(person.email)).slice(-1);
    expect(mail?.text).toContain(`${stack.baseUrl}/wachtwoord-aanvragen`);
  });

  it("after its end it no longer signs in, and is not warned of", async () => {
    // The real clock has not moved: the password ends now.
    await asIf(user, { passwordExpiresAt: new Date(Date.now() - 1000).toISOString() });
    const refused = await stack.signIn({ username: user.username, password: firstPassword });
    expect([refused.status, refused.body.type]).toEqual([403, "urn:portero:problem:password-expired"]);
    await warn(morning(addDays(calendarDay(firstEnd), 1)));
  });

  it("renewed through a link, she signs in, and is not warned of the old one again", async () => {
    await stack.givePassword(user.username, person.email, secondPassword);
    const isNews = ({ subject }: Mail) => subject === "Uw wachtwoord voor Portero is gewijzigd";
    await stack.waitForMails(person.email, 1, undefined, isNews);
    expect((await stack.signIn({ username: user.username, password: secondPassword })).status).toBe(201);
    // All of it took place on the day after the first password's end.
    renewed = plusDays(firstEnd, 1);
    const expiresAt = plusMonths(renewed, 3);
    await asIf(user, { passwordChangedAt: renewed, passwordExpiresAt: expiresAt, lastLoginAt: renewed });
    const Item = dueItem("password-expiry", user, expiresAt);
    await table.send(new PutCommand({ TableName: stack.host.outputs["TableName"]!, Item }));
    for (const days of [1, 7, 14, 40]) await warn(morning(addDays(calendarDay(renewed), days)));
    const before = (await subjects()).length;
    await warn(morning(addDays(calendarDay(expiresAt), -14)));
    await stack.waitForMails(person.email, before + 1);
  });

  it("unused for long, she is told 14 days before that her account will lapse, once", async () => {
    const before = (await subjects()).length;
    const end = calendarDay(plusMonths(renewed, 6));
    for (const days of [40, 15, 14, 14, 8]) await deactivate(morning(addDays(end, -days)));
    await stack.waitForMails(person.email, before + 1);
    expect((await subjects()).slice(before)).toEqual(["Uw account voor Portero stopt over 14 dagen"]);
    expect((await stack.call("GET", `${users}/${user.username}`, { token })).body.status).toBe("active");
  });

  it("she lapses on the day; the job is run from a terminal", async () => {
    const time = morning(calendarDay(plusMonths(renewed, 6)));
    await othersSignIn(time);
    const job = [
      "infra/operations/job.ts",
      "deactivate-inactive",
      "--time",
      time,
      "--json",
      "--state",
      stack.directory,
    ];
    const resultOf = async (...options: string[]) => {
      const { stdout } = await promisify(execFile)(process.execPath, [...job, ...options]);
      return JSON.parse(stdout.trim().split("\n").at(-1) ?? "") as Record<string, unknown>;
    };
    const planned = await resultOf("--dry-run");
    expect(planned).toMatchObject({
      ...{ done: 1, failed: 0 },
      planned: [{ what: "lapse", username: user.username, outcome: "done" }],
    });
    expect((await stack.call("GET", `${users}/${user.username}`, { token })).body.status).toBe("active");
    const result = await resultOf();
    expect(result).toMatchObject({ job: "deactivate-inactive", to: time, done: 1, failed: 0 });
    const seen = await stack.call("GET", `${users}/${user.username}`, { token });
    expect(seen.body).toMatchObject({
      status: "inactive",
      remark: "Automatisch inactief geworden: 6 maanden niet ingelogd.",
    });
  });

  it("her administrators are told in one mail", async () => {
    const listed = await stack.call("GET", `${users}?limit=100`, { token });
    const [administrator] = (listed.body.items as { roles: string[]; email: string }[]).filter(
      ({ roles }) => roles.length > 0,
    );
    const digests = await stack.waitForMails(administrator!.email, 1, undefined, ({ text }) =>
      text.includes(`Gebruikersnaam: ${user.username}\n`),
    );
    expect(digests.map(({ subject }) => subject)).toEqual(["Een account voor Portero is gestopt"]);
  });

  it("she is refused, and learns why only with the right password", async () => {
    const right = await stack.signIn({ username: user.username, password: secondPassword });
    expect([right.status, right.body.type]).toEqual([403, "urn:portero:problem:account-inactive"]);
    const wrong = await stack.signIn({ username: user.username, password: firstPassword });
    expect([wrong.status, wrong.body.type]).toEqual([401, "urn:portero:problem:invalid-credentials"]);
    await stack.call("POST", "/v1/password-links", { body: { username: user.username } });
  });

  it("created anew, she has the next login name and the same e-mail address", async () => {
    const before = (await subjects()).length;
    const again = await stack.call("POST", users, { token, body: person });
    expect(again.status).toBe(201);
    expect(again.body).toMatchObject({
      username: `${user.username}2`,
      email: person.email,
      status: "invited",
    });
    await stack.waitForMails(person.email, before + 1);
    await stack.givePassword(again.body.username as string, person.email, secondPassword);
    expect((await stack.signIn({ ...again.body, password: secondPassword })).status).toBe(201);
  });

  it("in all of the year she got these mails and no others", async () => {
    const first = ["Uw toegang tot Portero", "Stel uw wachtwoord voor Portero in"];
    const renewal = ["Stel uw wachtwoord voor Portero in", "Uw wachtwoord voor Portero is gewijzigd"];
    const expires = (left: string) => `Uw wachtwoord voor Portero verloopt over ${left}`;
    const expected = [
      ...[...first, expires("14 dagen"), expires("7 dagen"), expires("1 dag")],
      ...[...renewal, expires("14 dagen"), "Uw account voor Portero stopt over 14 dagen"],
      ...first,
    ];
    await stack.waitForMails(person.email, expected.length);
    expect(await subjects()).toEqual(expected);
  });
});
