import { request } from "node:http";
import { beforeAll, describe, expect, it } from "vitest";
import { apiRoutes } from "../../infra/functions.ts";
import type { Route } from "../../shared/operations/kit/route.ts";
import { newPerson, OwnStack, Stack } from "../support/stack.ts";

const routes: Record<string, Route> = Object.assign({}, ...Object.values(apiRoutes));

describe("the interface as a stranger meets it", () => {
  const stack = Stack.shared();
  let admin: { token: string; organisationId: string };
  beforeAll(async () => {
    const account = stack.account("organisation-admin");
    admin = { token: await stack.tokenOf(account), organisationId: account.organisationId };
  });

  const usersOf = (id: string) => `/v1/organisations/${id}/users`;

  it("health and document are there for all", async () => {
    const health = await stack.call("GET", "/v1/health");
    expect(health).toMatchObject({
      status: 200,
      body: { status: "ok", commit: expect.stringMatching(/^(?:[0-9a-f]{12}(?:-dirty)?|unknown)$/) },
    });
    expect(health.headers.get("api-version")).toBe(health.body.version);
    const document = await stack.call("GET", "/v1/openapi.json");
    expect(document.body.openapi).toMatch(/^3\.1\./);
    const operations = Object.values(
      document.body.paths as Record<string, Record<string, { operationId?: string }>>,
    )
      .flatMap((path) => Object.values(path))
      .flatMap((operation) => operation.operationId ?? []);
    expect(operations.toSorted()).toEqual(Object.keys(routes).toSorted());
    expect((await stack.call("GET", "/v1/password-policy")).body.rules.length).toBeGreaterThan(4);
  });

  it.each([
    ["an unknown path", "GET", "/v1/nowhere"],
    ["an unknown method", "PUT", "/v1/health"],
    ["a slash at the end", "GET", "/v1/nowhere/"],
  ])("%s is a problem answer with 404", async (_, method, path) => {
    const answer = await stack.call(method, path);
    expect([answer.status, answer.headers.get("content-type"), answer.body.type]).toEqual([
      404,
      "application/problem+json",
      "urn:portero:problem:not-found",
    ]);
    expect(answer.headers.get("api-version")).toBeTruthy();
  });

  it.each(["/nergens/te/vinden", "/v1/nowhere"])("%s is a page for a browser, with 404", async (path) => {
    const answer = await fetch(`${stack.baseUrl}${path}`, { headers: { Accept: "text/html,*/*;q=0.8" } });
    expect([answer.status, answer.headers.get("content-type")]).toEqual([404, "text/html; charset=utf-8"]);
    expect(await answer.text()).toContain("Niet gevonden");
  });

  it.each(["/v1/health", "/v1/openapi.json", "/v1/nowhere", "/v1/me", "/", "/nergens", "/organisaties"])(
    "HEAD %s is answered as GET is, without the body",
    async (path) => {
      const init = { headers: { Accept: "text/html" }, redirect: "manual" } as const;
      const [get, head] = await Promise.all([
        fetch(`${stack.baseUrl}${path}`, init),
        fetch(`${stack.baseUrl}${path}`, { ...init, method: "HEAD" }),
      ]);
      const essence = ({ status, headers }: Response) => [
        status,
        ...["content-type", "cache-control", "location", "content-security-policy"].map((one) =>
          headers.get(one),
        ),
      ];
      expect(essence(head)).toEqual(essence(get));
      expect([await head.text(), (await get.text()).length > 0]).toEqual([
        "",
        get.status < 300 || get.status > 400,
      ]);
    },
  );

  const guarded = Object.entries(routes).filter(([, route]) => route.who !== "anyone");
  it.each(guarded)("%s needs a token that is one", async (_, route) => {
    const path = route.path.replace("{id}", admin.organisationId).replace("{username}", "kbakker");
    const [header, payload, signature] = admin.token.split(".") as [string, string, string];
    const forged = JSON.parse(Buffer.from(payload, "base64url").toString()) as object;
    const changed = Buffer.from(JSON.stringify({ ...forged, organisationId: "1" })).toString("base64url");
    const unsigned = Buffer.from('{"alg":"none"}').toString("base64url");
    for (const token of [
      undefined,
      "nonsense",
      `${header}.${changed}.${signature}`,
      `${unsigned}.${payload}.`,
    ]) {
      const answer = await stack.call(route.method, path, { ...(token !== undefined && { token }) });
      expect([answer.status, answer.body.type]).toEqual([401, "urn:portero:problem:not-authenticated"]);
    }
  });

  it("every route, every role: own, foreign, none (SECURITY 14)", async () => {
    const own = admin.organisationId;
    const foreignAdmin = stack.accounts.find(
      (one) => one.roles.includes("organisation-admin") && one.organisationId !== own,
    )!;
    const plain = stack.account(null, own);
    const tokens = {
      admin: admin.token,
      plain: await stack.tokenOf(plain),
      foreign: await stack.tokenOf(foreignAdmin),
      desk: await stack.tokenOf(stack.account("service-desk")),
      manager: await stack.tokenOf(stack.account("contract-manager")),
    };
    const cells: [string, string, Record<keyof typeof tokens, number>][] = [
      ["GET", `/v1/organisations/${own}`, { admin: 200, plain: 403, foreign: 404, desk: 200, manager: 200 }],
      ["GET", usersOf(own), { admin: 200, plain: 403, foreign: 404, desk: 200, manager: 200 }],
      [
        "GET",
        `${usersOf(own)}/${plain.username}`,
        { admin: 200, plain: 403, foreign: 404, desk: 200, manager: 200 },
      ],
      ["POST", usersOf(own), { admin: 400, plain: 403, foreign: 404, desk: 403, manager: 400 }],
      ["POST", "/v1/organisations", { admin: 403, plain: 403, foreign: 403, desk: 403, manager: 400 }],
      ["GET", "/v1/organisations/999", { admin: 404, plain: 404, foreign: 404, desk: 404, manager: 404 }],
      ["GET", usersOf("999"), { admin: 404, plain: 404, foreign: 404, desk: 404, manager: 404 }],
      ["GET", "/v1/me", { admin: 200, plain: 200, foreign: 200, desk: 200, manager: 200 }],
    ];
    for (const [method, path, expected] of cells) {
      const seen: Record<string, number> = {};
      for (const [role, token] of Object.entries(tokens)) {
        seen[role] = (
          await stack.call(method, path, { token, ...(method === "POST" && { body: {} }) })
        ).status;
      }
      expect({ method, path, ...seen }).toEqual({ method, path, ...expected });
    }
    const foreign = await stack.call("GET", `/v1/organisations/${own}`, { token: tokens.foreign });
    const absent = await stack.call("GET", "/v1/organisations/999", { token: tokens.foreign });
    expect({ ...foreign.body, instance: "" }).toEqual({ ...absent.body, instance: "" });
  });

  it("paging gives each user once, in order", async () => {
    const { token, organisationId } = admin;
    const all = await stack.call("GET", `${usersOf(organisationId)}?limit=100`, { token });
    const names: string[] = [];
    let after = "";
    do {
      const page = await stack.call("GET", `${usersOf(organisationId)}?limit=2${after}`, { token });
      expect(page.body.total).toBe(all.body.total);
      names.push(...(page.body.items as { username: string }[]).map((user) => user.username));
      after = page.body.next === null ? "" : `&after=${encodeURIComponent(page.body.next as string)}`;
    } while (after !== "");
    expect(names).toEqual((all.body.items as { username: string }[]).map((user) => user.username));
    expect(new Set(names).size).toBe(all.body.total);
  });

  it("bad bodies are refused by field, and nothing of them is stored", async () => {
    const { token, organisationId } = admin;
    const count = async () =>
      (await stack.call("GET", usersOf(organisationId), { token })).body.total as number;
    const before = await count();
    const bad: [unknown, string][] = [
      ["{not json", ""],
      [{ ...newPerson(), username: "chosen" }, "/username"],
      [{ ...newPerson(), roles: ["contract-manager"] }, "/roles"],
      [newPerson({ lastName: "x".repeat(10_000) }), "/lastName"],
      [newPerson({ firstName: "x".repeat(60_000) }), "/firstName"],
      [newPerson({ firstName: "Femke 😀" }), "/firstName"],
      [newPerson({ lastName: "\u202Etset" }), "/lastName"],
      [newPerson({ lastName: "Te\u0000st" }), "/lastName"],
      [newPerson({ email: "femke@dezonnehof.example\r\nBcc: a@b.example" }), "/email"],
    ];
    for (const [body, pointer] of bad) {
      const answer = await stack.call("POST", usersOf(organisationId), { token, body });
      expect([answer.status, answer.headers.get("content-type"), answer.body.errors[0].pointer]).toEqual([
        400,
        "application/problem+json",
        pointer,
      ]);
    }
    const form = await stack.call("POST", usersOf(organisationId), {
      token,
      body: "initials=F",
      headers: { "Content-Type": "application/x-www-form-urlencoded" },
    });
    expect([form.status, form.body.errors[0].pointer]).toEqual([415, "header:Content-Type"]);
    expect(await count()).toBe(before);
  });

  it("more than API Gateway takes is 413", async () => {
    const answer = await stack.call("POST", usersOf(admin.organisationId), {
      token: admin.token,
      body: "x".repeat(10 * 1024 * 1024 + 1),
    });
    expect([answer.status, answer.body.type]).toEqual([413, "urn:portero:problem:payload-too-large"]);
  });

  it("the Host header does not get into mails (SECURITY 11)", async () => {
    const { body } = await stack.call("POST", usersOf(admin.organisationId), {
      token: admin.token,
      body: newPerson(),
    });
    const { username, email } = body as { username: string; email: string };
    await stack.waitForMails(email, 1);
    const payload = JSON.stringify({ username });
    const { port } = new URL(stack.baseUrl);
    const headers = {
      Host: "evil.example",
      "X-Forwarded-Host": "evil.example",
      "Content-Type": "application/json",
    };
    const status = await new Promise((resolve, reject) => {
      const ask = request(
        { port, host: "127.0.0.1", method: "POST", path: "/v1/password-links", headers },
        (answer) => {
          answer.resume();
          resolve(answer.statusCode);
        },
      );
      ask.on("error", reject).end(payload);
    });
    expect(status).toBe(202);
    const mails = await stack.waitForMails(email, 2);
    expect(JSON.stringify(mails)).not.toContain("evil.example");
    expect(mails[1]?.text).toContain(`${stack.baseUrl}/wachtwoord/`);
  });

  it("limits on asking for links, counted by the address that the gateway saw", async () => {
    const strict = await OwnStack.start({ linksPerUserPerHour: "3", linksPerSourcePerHour: "5" });
    try {
      const ask = (username: string, from: string) =>
        strict.call("POST", "/v1/password-links", {
          body: { username },
          headers: { "X-Forwarded-For": from },
        });
      const statuses: number[] = [];
      for (let time = 0; time < 4; time += 1) statuses.push((await ask("kbakker", `192.0.2.${time}`)).status);
      for (let time = 0; time < 3; time += 1)
        statuses.push((await ask(`unknown${"abc"[time] ?? ""}`, "192.0.2.9")).status);
      expect(statuses).toEqual([202, 202, 202, 429, 202, 202, 429]);
      const refused = await ask("anyone", "192.0.2.10");
      expect(Number(refused.headers.get("retry-after"))).toBeGreaterThan(3000);
    } finally {
      await strict.stop();
    }
  });
});
