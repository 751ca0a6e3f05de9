import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { LambdaClient } from "@aws-sdk/client-lambda";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { troubleNames } from "../../infra/local/troubles/troubles.ts";
import { deliver, queuedMails } from "../../infra/operations/queued-mails.ts";
import type { Measurement } from "../../shared/domain/measurements.ts";
import { problemDetail } from "../../shared/texts/problems.ts";
import { answers, days } from "../support/bad-days.ts";
import { mailTo } from "../support/mail-to.ts";
import { newPerson, OwnStack, type Answer } from "../support/stack.ts";

const pause = (milliseconds: number) => new Promise((resolve) => setTimeout(resolve, milliseconds));
const password = "Tulpenveld-48!";
const { ok, later, locked } = answers;
/** In seconds: the age at which waiting mails set off their alarm. */
const halfAnHour = 1_800;

interface LoggedMetric {
  readonly service: string;
  readonly [name: string]: unknown;
}

describe("on AWS's bad days", () => {
  let stack: OwnStack;
  let token: string;
  let users: string;
  let member: { username: string; email: string };
  const welcomed: string[] = [];
  /** The templates, whose alarms name their runbooks. */
  let descriptions: string;

  beforeAll(async () => {
    stack = await OwnStack.start();
    const templates = ["data", "app"].map((name) => `local-portero-${name}.template.json`);
    const read = (file: string) => readFileSync(join(stack.directory, "cdk.out", file), "utf8");
    descriptions = templates.map(read).join("");
    const account = stack.account("organisation-admin");
    token = await stack.tokenOf(account);
    users = `/v1/organisations/${account.organisationId}/users`;
    member = await invited();
    await stack.givePassword(member.username, member.email, password);
  });
  afterAll(() => stack.stop());

  const add = (body: Record<string, unknown>) => stack.call("POST", users, { token, body });
  const requestLink = (username: string) => stack.call("POST", "/v1/password-links", { body: { username } });
  const signIn = (given = password) => stack.signIn({ username: member.username, password: given });
  const redeem = (link: string) =>
    stack.call("POST", `/v1/password-links/${link}/redemption`, { body: { password } });
  const signInOnPage = async () => {
    const { username } = member;
    const answer = await fetch(`${stack.baseUrl}/`, {
      method: "POST",
      redirect: "manual",
      headers: { Origin: stack.baseUrl },
      body: new URLSearchParams({ username, password }),
    });
    return { status: answer.status, headers: answer.headers, text: await answer.text() };
  };

  /** A user whose welcome mail has arrived. */
  async function invited(): Promise<{ username: string; email: string }> {
    const { status, body } = await add(newPerson());
    expect(status).toBe(201);
    await stack.waitForMails(body.email, 1);
    return body;
  }

  /** A refusal tells when to try again. */
  function outcomeOf({ status, headers, body }: Answer): string {
    if (status < 400) return ok;
    expect(Number(headers.get("retry-after")), JSON.stringify(body)).toBeGreaterThan(0);
    return `${status} ${String(body.type).replace("urn:portero:problem:", "")}`;
  }

  function metrics(service: string, name: Measurement): number[] {
    const folder = join(stack.directory, "logs");
    const lines = readdirSync(folder).flatMap((file) =>
      readFileSync(join(folder, file), "utf8")
        .split("\n")
        .filter((line) => line.includes('{"_aws"')),
    );
    const logged = lines.map((line) => JSON.parse(line.slice(line.indexOf('{"_aws"'))) as LoggedMetric);
    return logged.filter((one) => one.service === service && name in one).map((one) => Number(one[name]));
  }

  /** What a trouble's alarms see of it: each alarm's condition is met. */
  async function expectAlarms(alarms: readonly string[], serverErrors: number): Promise<void> {
    for (const runbook of alarms) expect(descriptions).toContain(`Runbook: docs/runbooks/${runbook}.md`);
    if (alarms.includes("server-errors")) expect(serverErrors).toBeGreaterThanOrEqual(5);
    else expect(serverErrors).toBe(0);
    if (alarms.includes("mail-refused"))
      await expect
        .poll(() => metrics("send-mail", "MailsRefused").length, { timeout: 30_000 })
        .toBeGreaterThan(0);
    if (!alarms.includes("oldest-mail")) return;
    const before = metrics("watch-outbox", "OldestMail").length;
    await stack.invoke("watch-outbox", { time: new Date(Date.now() + 31 * 60_000).toISOString() });
    const measured = () => metrics("watch-outbox", "OldestMail")[before] ?? 0;
    await expect.poll(measured, { timeout: 10_000 }).toBeGreaterThan(halfAnHour);
  }

  /** Does everything at once, and signs in four times: one less than failures that lock the account. */
  async function live(person: Record<string, unknown>, link: string, username: string) {
    const page = signInOnPage();
    const [added, set, requested, listed, ...signedIn] = await Promise.all([
      add(person),
      redeem(link),
      requestLink(username),
      stack.call("GET", users, { token }),
      ...Array.from({ length: 3 }, () => signIn()),
    ]);
    return { added, set, requested, listed, signedIn, page: await page };
  }

  it.each(troubleNames)(
    "%s: users get a clear answer, nothing is half done, and the alarm sees it",
    { timeout: 180_000 },
    async (name) => {
      const day = days[name];
      const [redeeming, requesting] = await Promise.all([invited(), invited()]);
      const link = await stack.linkFor(redeeming.username, redeeming.email);
      const person = newPerson();
      stack.host.troubles.begin(name);
      const got = await live(person, link, requesting.username);
      expect({
        signingIn: [...new Set(got.signedIn.map(outcomeOf))].join(),
        requestingLink: outcomeOf(got.requested),
        addingUser: outcomeOf(got.added),
        settingPassword: outcomeOf(got.set),
        listing: outcomeOf(got.listed),
      }).toEqual({
        signingIn: day.signingIn,
        requestingLink: day.requestingLink,
        addingUser: day.addingUser,
        settingPassword: day.settingPassword,
        listing: day.listing,
      });
      const refused = day.signingIn === locked ? "too-many-attempts" : "temporarily-unavailable";
      if (day.signingIn === ok) expect(got.page.status).toBe(303);
      else {
        const retryAfterSeconds = Number(got.page.headers.get("retry-after"));
        expect(`${got.page.status} ${refused}`).toBe(day.signingIn);
        expect(got.page.text).toContain(problemDetail(refused, "nl", { retryAfterSeconds }));
      }
      if (day.mails === "wait") {
        await pause(1_000);
        expect(await stack.mails(person.email)).toEqual([]);
      }
      const answered = [got.added, got.set, got.requested, got.listed, ...got.signedIn, got.page];
      await expectAlarms(day.alarms, answered.filter(({ status }) => status >= 500).length);
      stack.host.troubles.end(name);

      // Nothing is half done: what was refused can be done now, and what was done stands.
      const { email } = person;
      const created = day.addingUser === ok ? got.added : await add(person);
      expect(created.status).toBe(201);
      if (day.mails === "refused") expect(await stack.mails(email)).toEqual([]);
      else {
        welcomed.push(email);
        await stack.waitForMails(email, 1, 60_000);
      }
      if (day.requestingLink !== ok) expect((await requestLink(requesting.username)).status).toBe(202);
      if (day.mails !== "refused") await stack.waitForMails(requesting.email, 2, 60_000);
      const set = day.settingPassword === ok ? got.set : await redeem(link);
      expect(set.status).toBe(204);
      expect((await stack.signIn({ username: redeeming.username, password })).status).toBe(201);
      // None of the sign-ins that failed was counted: four more are wrong guesses, and a fifth would lock.
      for (let guess = 1; guess <= 4; guess += 1) expect((await signIn("Verkeerd-12345")).status).toBe(401);
      expect((await signIn()).status).toBe(201);
    },
  );

  it("the table hangs for the token trigger alone: signing in is answered 503, and works once it answers", async () => {
    const trigger = stack.functionIds().get("identity-token");
    stack.host.troubles.begin("dynamodb-hanging", ({ functionId }) => functionId === trigger);
    expect(outcomeOf(await signIn())).toBe(later);
    stack.host.troubles.end("dynamodb-hanging");
    expect((await signIn()).status).toBe(201);
  });

  it("a mail that SES refuses while it takes others is set aside, and a redrive sends it", async () => {
    const { email } = newPerson();
    stack.host.troubles.begin("ses-not-verified", mailTo(email));
    expect((await add(newPerson({ email }))).status).toBe(201);
    const setAside = async () => {
      await stack.invoke("watch-outbox", { time: new Date().toISOString() });
      return metrics("watch-outbox", "MailsSetAside").at(-1);
    };
    const deadline = Date.now() + 120_000;
    while ((await setAside()) !== 1 && Date.now() < deadline) {
      expect((await add(newPerson())).status).toBe(201);
      await pause(500);
    }
    expect(await setAside()).toBe(1);
    stack.host.troubles.end("ses-not-verified");
    const { client, tableName } = stack.tables();
    const waiting = await queuedMails({ client, tableName }, new Date());
    const { invokeUrl: endpoint, outputs } = stack.host;
    const credentials = { accessKeyId: "local", secretAccessKey: "local" };
    const lambda = new LambdaClient({ endpoint, region: "eu-west-1", credentials });
    expect(await deliver(lambda, outputs["SendMailFunction"] ?? "", waiting)).toEqual([]);
    welcomed.push(email);
    await stack.waitForMails(email, 1, 60_000);
  });

  it("every user who was added has got one welcome mail", async () => {
    await pause(1_500);
    const mails = await Promise.all(welcomed.map(async (email) => (await stack.mails(email)).length));
    expect(mails).toEqual(welcomed.map(() => 1));
  });
});
