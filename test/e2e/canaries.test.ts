import { randomUUID } from "node:crypto";
import { existsSync, readdirSync, readFileSync, statSync } from "node:fs";
import { join } from "node:path";
import { DynamoDBClient } from "@aws-sdk/client-dynamodb";
import { DynamoDBDocumentClient, PutCommand, UpdateCommand } from "@aws-sdk/lib-dynamodb";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { functionNames } from "../../infra/build/build-functions.ts";
import { mailKey, userKey } from "../../shared/dynamodb/keys.ts";
import { routesOf } from "../infra/routes.ts";
import { Canaries } from "../support/canaries.ts";
import { bounce, complaint, snsEvent } from "../support/mail-feedback.ts";
import { mailTo } from "../support/mail-to.ts";
import { linkToken, OwnStack, type Answer } from "../support/stack.ts";

/*
 * Passwords, tokens, links, cookies, addresses and other personal data are sent through every route, fault and job
 * of a stack of its own. Afterwards no log, no dead letter and no error may hold any of them (SECURITY 21; DESIGN §3).
 */

const pause = (milliseconds: number) => new Promise((resolve) => setTimeout(resolve, milliseconds));
const domain = "dezonnehof.example";

describe("planted secrets and personal data", () => {
  const canaries = new Canaries();
  /** Every answer that said that something is wrong, and what failing functions told their callers. */
  const errors: { where: string; content: string }[] = [];
  let stack: OwnStack;
  let manager: string;
  let organisationId: string;
  let table: DynamoDBDocumentClient;

  beforeAll(async () => {
    stack = await OwnStack.start();
    const client = { region: "eu-west-1", credentials: { accessKeyId: "local", secretAccessKey: "local" } };
    table = DynamoDBDocumentClient.from(new DynamoDBClient({ ...client, endpoint: stack.host.dynamodbUrl }));
    manager = canaries.token(await stack.tokenOf(stack.account("contract-manager")));
    organisationId = stack.account("organisation-admin").organisationId;
  });
  afterAll(() => stack.stop());

  async function call(
    method: string,
    path: string,
    options: Parameters<OwnStack["call"]>[2] = {},
  ): Promise<Answer> {
    const answer = await stack.call(method, path, options);
    const { status, body } = answer;
    if (status >= 400) {
      const content = typeof body === "string" ? body : JSON.stringify(body);
      errors.push({ where: `${method} ${path}: ${status}`, content });
    }
    return answer;
  }

  /** Calls a function as its service would, and gives back what went wrong. */
  async function invoke(
    folder: string,
    event: unknown,
    type: "RequestResponse" | "Event" = "RequestResponse",
  ) {
    const answer = await stack.invoke(folder, event, type);
    if (answer.FunctionError !== undefined) {
      errors.push({ where: `function ${folder}`, content: answer.Payload?.transformToString() ?? "" });
    }
    return answer.FunctionError;
  }

  const person = () => ({
    initials: "K.",
    firstName: canaries.name(),
    lastName: canaries.name(),
    email: canaries.email(domain),
    phone: canaries.plant("text", `030-${Math.floor(1e8 * Math.random())}77`),
    memo: canaries.text(),
  });

  async function create(details = person()): Promise<{ username: string; email: string }> {
    const path = `/v1/organisations/${organisationId}/users`;
    const { status, body } = await call("POST", path, { token: manager, body: details });
    expect(status).toBe(201);
    return { username: body.username, email: details.email };
  }

  async function linkOf(username: string, email: string): Promise<string> {
    const before = (await stack.mails(email)).length;
    await call("POST", "/v1/password-links", { body: { username } });
    const mails = await stack.waitForMails(email, before + 1);
    return canaries.plant("link", linkToken(mails.at(-1)));
  }

  const send = (path: string, fields: Record<string, string>) =>
    fetch(`${stack.baseUrl}${path}`, {
      method: "POST",
      headers: { "Content-Type": "application/x-www-form-urlencoded", Origin: stack.baseUrl },
      body: new URLSearchParams(fields).toString(),
      redirect: "manual",
    });

  /** Signs in by the form, and gives back the cookie that the browser would get. */
  async function cookieOf({ username, password }: { username: string; password: string }): Promise<string> {
    const signedIn = await send("/", { username, password });
    const value = /__Host-portero=([^;]+)/.exec(signedIn.headers.get("set-cookie") ?? "")?.[1] ?? "";
    expect(value.length).toBeGreaterThan(40);
    return `__Host-portero=${canaries.plant("cookie", value)}`;
  }

  it("go through every route, wherever a request can hold something", async () => {
    const routes = await routesOf();
    const signedIn = { Cookie: await cookieOf(stack.account("contract-manager")), Origin: stack.baseUrl };
    const secret = canaries.text();
    const query = new URLSearchParams({
      search: secret,
      after: secret,
      sort: secret,
      from: secret,
      actor: secret,
    });
    for (const { method, path } of routes) {
      const wild = path.replaceAll(/\{\w+\}/g, () => canaries.text());
      const mild = path.replaceAll("{id}", organisationId).replaceAll(/\{\w+\}/g, () => canaries.text());
      const headers = {
        ...{ "User-Agent": canaries.text(), "Idempotency-Key": canaries.text(), Referer: canaries.text() },
        ...{
          "If-Match": `"${canaries.text()}"`,
          Cookie: `__Host-portero=${canaries.plant("cookie", `kanarie.${secret}`)}`,
        },
      };
      const known = {
        username: canaries.text(),
        password: canaries.password(),
        newPassword: canaries.password(),
      };
      const fields = {
        ...known,
        ...person(),
        refreshToken: canaries.text(),
        [canaries.text()]: canaries.text(),
      };
      const form = new URLSearchParams({ ...fields, csrf: canaries.text() }).toString();
      const bodies: [string, string][] = [
        ["application/json", JSON.stringify(fields)],
        ["application/json", `{"password": "${canaries.password()}`],
        ["application/x-www-form-urlencoded", form],
        ["text/csv", `voorletters;email\n${canaries.text()};${canaries.email(domain)}`],
      ];
      const tries = method === "GET" ? [undefined] : bodies;
      for (const one of tries) {
        for (const token of [undefined, manager, canaries.text()]) {
          // Pages know people by their cookies. Whoever signs out is not signed in to the pages that follow.
          const page = token === manager && !path.startsWith("/v1") && path !== "/uitloggen";
          await call(method, `${token === manager ? mild : wild}?${query.toString()}`, {
            ...(token !== undefined && { token }),
            ...(one && { body: one[1] }),
            headers: { ...headers, ...(page && signedIn), ...(one && { "Content-Type": one[0] }) },
          });
        }
      }
    }
    expect(errors.length).toBeGreaterThan(routes.length);
  });

  it("go through the life of a user, refusals included", async () => {
    const { username, email } = await create();
    await stack.waitForMails(email, 1);
    const link = await linkOf(username, email);
    const redeem = (password: string) =>
      call("POST", `/v1/password-links/${link}/redemption`, { body: { password } });
    expect((await redeem(canaries.plant("password", "zang+vogel"))).status).toBe(422);
    const password = canaries.password();
    expect((await redeem(password)).status).toBe(204);
    expect((await redeem(canaries.password())).status).toBe(410);
    expect(
      (await call("POST", "/v1/sessions", { body: { username, password: canaries.password() } })).status,
    ).toBe(401);
    const signedIn = await call("POST", "/v1/sessions", { body: { username, password } });
    const token = canaries.token(signedIn.body.idToken);
    const refreshToken = canaries.plant("token", signedIn.body.refreshToken);
    const refreshed = await call("POST", "/v1/sessions/refresh", { body: { refreshToken } });
    canaries.token(refreshed.body.idToken);
    const newPassword = canaries.password();
    await call("PUT", "/v1/me/password", {
      token,
      body: { currentPassword: canaries.password(), newPassword },
    });
    const changed = await call("PUT", "/v1/me/password", {
      token,
      body: { currentPassword: password, newPassword },
    });
    expect(changed.status).toBe(204);
    const own = `/v1/organisations/${organisationId}/users/${username}`;
    const { headers } = await call("GET", own, { token: manager });
    const etag = { "If-Match": headers.get("etag") ?? "" };
    const edited = await call("PATCH", own, {
      token: manager,
      body: { email: canaries.email(domain) },
      headers: etag,
    });
    expect(edited.status).toBe(200);
    const users = `/v1/organisations/${organisationId}/users`;
    await call("GET", users, { token: manager, headers: { Accept: "text/csv" } });
    await call("GET", `${users}?search=${encodeURIComponent(canaries.text())}`, { token: manager });
    const gone = await call("POST", `${own}/deletion`, { token: manager, body: { reason: canaries.text() } });
    expect(gone.status).toBe(200);
    expect((await call("POST", "/v1/sessions", { body: { username, password: newPassword } })).status).toBe(
      401,
    );
  });

  it("go through an import, one that is refused and one that is not", async () => {
    const row = ({ email }: { email: string }) =>
      `K.;Karel;;${canaries.name()};${email};;;${canaries.text()}`;
    const header = "voorletters;voornaam;tussenvoegsel;achternaam;email;telefoonnummer;faxnummer;memo";
    const send = (...rows: string[]) =>
      call("POST", `/v1/organisations/${organisationId}/user-imports`, {
        token: manager,
        body: [header, ...rows].join("\r\n"),
        headers: { "Content-Type": "text/csv" },
      });
    expect((await send(row(person()), row({ email: canaries.text() }))).status).toBe(422);
    expect((await send(row(person()), row(person()))).status).toBe(200);
  });

  it("go through the pages, by a form", async () => {
    const { username, email } = await create();
    await stack.waitForMails(email, 1);
    const password = canaries.password();
    const link = await linkOf(username, email);
    await send(`/wachtwoord/${link}`, { password: canaries.password(), repeated: canaries.password() });
    expect((await call("POST", `/v1/password-links/${link}/redemption`, { body: { password } })).status).toBe(
      204,
    );
    await send("/", { username, password: canaries.password() });
    const headers = { Cookie: await cookieOf({ username, password }) };
    expect((await fetch(`${stack.baseUrl}/welkom`, { headers })).status).toBe(200);
  });

  it("go through incidents, a closure and its letter", async () => {
    const of = `/v1/organisations/${organisationId}`;
    const post = (path: string, body: object) => call("POST", of + path, { token: manager, body });
    const today = new Date().toISOString().slice(0, 10);
    const told = { description: canaries.text(), reportedBy: canaries.name() };
    const incident = await post("/incidents", { kind: "misuse", occurredOn: today, usernames: [], ...told });
    expect(incident.status).toBe(201);
    const contact = { at: new Date().toISOString(), with: "contact-person", means: "phone" };
    await post(`/incidents/${incident.body.id}/contacts`, {
      ...contact,
      name: canaries.name(),
      summary: canaries.text(),
    });
    const closed = await post("/closures", {
      ground: "misuse",
      incidentIds: [incident.body.id],
      assessment: canaries.text(),
    });
    expect(closed.status).toBe(201);
    expect((await stack.signIn(stack.account("organisation-admin"))).status).toBe(403);
    expect((await post("/reopenings", { reason: canaries.text() })).status).toBe(201);
  });

  it("go through services that fail and items that are damaged", async () => {
    const refused = person();
    stack.host.troubles.begin("ses-refusing", mailTo(refused.email));
    await create(refused);
    stack.host.troubles.begin("ses-reset");
    const waiting = await create();
    await pause(1500);
    stack.host.troubles.end("ses-reset");
    await stack.waitForMails(waiting.email, 1, 60_000);
    const link = await linkOf(waiting.username, waiting.email);
    stack.host.troubles.begin("cognito-reset");
    const password = canaries.password();
    const failed = await call("POST", `/v1/password-links/${link}/redemption`, { body: { password } });
    expect(failed.status).toBe(503);
    expect(
      (await call("POST", "/v1/sessions", { body: { username: waiting.username, password } })).status,
    ).toBe(503);
    stack.host.troubles.end("cognito-reset");
    const TableName = stack.host.outputs["TableName"] ?? "";
    await table.send(
      new UpdateCommand({
        TableName,
        Key: userKey({ organisationId, username: waiting.username }),
        UpdateExpression: "SET #roles = :damage",
        ExpressionAttributeNames: { "#roles": "roles" },
        ExpressionAttributeValues: { ":damage": canaries.text() },
      }),
    );
    const damaged = await call("GET", `/v1/organisations/${organisationId}/users/${waiting.username}`, {
      token: manager,
    });
    expect(damaged.status).toBe(500);
    const headers = { Cookie: await cookieOf(stack.account("organisation-admin")) };
    const path = `/organisaties/${organisationId}/gebruikers/${waiting.username}`;
    expect((await call("GET", path, { headers })).status).toBe(500);
    const Item = { ...mailKey(randomUUID()), kind: canaries.text(), to: canaries.email(domain) };
    await table.send(new PutCommand({ TableName, Item }));
    await pause(1500);
  });

  it("go through feedback on mails: ours, others' and what nobody can read", async () => {
    const { email } = await create();
    for (const event of [
      bounce(email),
      complaint(email),
      snsEvent(canaries.email(domain)),
      { Records: [{ Sns: {} }] },
    ]) {
      await invoke("mail-feedback", event);
    }
    await invoke("mail-feedback", snsEvent(`{"eventType": "${canaries.email(domain)}`), "Event");
    await expect.poll(() => queues().length, { timeout: 30_000 }).toBeGreaterThan(0);
  });

  it("go through every function with pages, for someone whose own item is damaged", async () => {
    const { username, organisationId: own, password } = stack.account("service-desk");
    const headers = { Cookie: await cookieOf({ username, password }) };
    await table.send(
      new UpdateCommand({
        TableName: stack.host.outputs["TableName"] ?? "",
        Key: userKey({ organisationId: own, username }),
        UpdateExpression: "SET #roles = :damage",
        ExpressionAttributeNames: { "#roles": "roles" },
        ExpressionAttributeValues: { ":damage": canaries.text() },
      }),
    );
    const pages = (await routesOf()).filter(({ method, path, forStrangers }) => {
      return method === "GET" && !path.startsWith("/v1") && !forStrangers;
    });
    for (const by of new Set(pages.map((page) => page.by))) {
      const path = pages.find((page) => page.by === by)?.path.replaceAll("{id}", own) ?? "";
      const answer = await call("GET", path.replaceAll(/\{\w+\}/g, "x"), { headers });
      expect([by, answer.status]).toEqual([by, 500]);
    }
  });

  it("go through jobs, triggers and what services call functions with", async () => {
    const account = canaries.text();
    const trigger = { version: "2", triggerSource: "TokenGeneration_HostedAuth", userName: account };
    expect(await invoke("identity-token", { [canaries.text()]: canaries.text() })).toBe("Unhandled");
    const request = { userAttributes: { email: canaries.email(domain), "custom:organisationId": account } };
    expect(await invoke("identity-token", { ...trigger, request })).toBe("Unhandled");
    for (const job of ["warn-password-expiry", "deactivate-inactive", "finish-imports", "watch-outbox"]) {
      expect(await invoke(job, { time: canaries.text() })).toBe("Unhandled");
    }
    await invoke("warn-password-expiry", { time: new Date(Date.now() + 85 * 86_400_000).toISOString() });
    await invoke("deactivate-inactive", { time: new Date(Date.now() + 200 * 86_400_000).toISOString() });
    await invoke("deactivate-inactive", { time: new Date(Date.now() + 1_000 * 86_400_000).toISOString() });
    await invoke("bootstrap", { [canaries.text()]: canaries.text() });
    await invoke("finish-imports", { time: new Date().toISOString() });
    await invoke("send-mail", {
      Records: [{ eventID: canaries.text(), dynamodb: { Keys: { PK: { S: canaries.text() } } } }],
    });
  });

  const queues = () => {
    const folder = join(stack.directory, "queues");
    return existsSync(folder)
      ? readdirSync(folder).filter((name) => statSync(join(folder, name)).size > 0)
      : [];
  };

  it("show up in no log of a function", async () => {
    await pause(2_000);
    const folder = join(stack.directory, "logs");
    const ids = stack.functionIds();
    expect([...ids.keys()].sort()).toEqual(functionNames());
    const logged = [...ids].map(([name, id]) => {
      const path = join(folder, `${id}.log`);
      return { name, content: existsSync(path) ? readFileSync(path, "utf8") : "" };
    });
    expect(logged.flatMap(({ name, content }) => canaries.sightings(name, content))).toEqual([]);
    // Where nothing is written, nothing would be found.
    const silent = logged.filter(({ content }) => content === "").map(({ name }) => name);
    expect(silent).toEqual([]);
  });

  it("show up in no dead letter, but for the addresses that feedback on mails is about", () => {
    const found = canaries.sightingsIn(join(stack.directory, "queues"));
    const feedback = found.filter(
      ({ where, kind }) => where.startsWith("MailFeedbackDeadLetters") && kind === "email",
    );
    expect(feedback.length).toBeGreaterThan(0);
    expect(found.filter((one) => !feedback.includes(one))).toEqual([]);
  });

  it("show up in no error that anyone is answered", () => {
    // A form that comes back shows its sender what they typed, and the report on a file its rows; never a password.
    const secrets = new Set(["password", "token", "link", "cookie"]);
    const showsOwnInput = (where: string) =>
      /^[A-Z]+ \/(?!v1)|^POST \/v1\/organisations\/\d+\/user-imports\b/.test(where);
    const found = errors.flatMap(({ where, content }) =>
      canaries.sightings(where, content).filter(({ kind }) => !showsOwnInput(where) || secrets.has(kind)),
    );
    expect(found).toEqual([]);
  });
});
