import { parse as readCsv } from "csv-parse/sync";
import { beforeAll, describe, expect, it } from "vitest";
import { newPerson, Stack, type Answer } from "../support/stack.ts";

const stack = Stack.shared();
let admin: { username: string; token: string; id: string };
let manager: string;
let desk: string;
let users: string;

beforeAll(async () => {
  const account = stack.account("organisation-admin");
  const { username, organisationId: id } = account;
  admin = { username, id, token: await stack.tokenOf(account) };
  manager = await stack.tokenOf(stack.account("contract-manager"));
  desk = await stack.tokenOf(stack.account("service-desk"));
  users = `/v1/organisations/${id}/users`;
});

const english = { "Accept-Language": "en" };
const get = (path: string, token = admin.token, headers = {}) => stack.call("GET", path, { token, headers });
const post = (path: string, body?: unknown, token = admin.token, headers = {}) =>
  stack.call("POST", path, { token, headers, ...(body !== undefined && { body }) });
const patch = (username: string, body: unknown, ifMatch?: string) =>
  stack.call("PATCH", `${users}/${username}`, {
    token: admin.token,
    body,
    headers: ifMatch === undefined ? {} : { "If-Match": ifMatch },
  });
const remove = (username: string, token = admin.token, headers = {}) =>
  post(`${users}/${username}/deletion`, { reason: "Uit dienst" }, token, headers);

interface Made {
  readonly username: string;
  readonly email: string;
  readonly etag: string;
}

async function made(parts: Record<string, unknown> = {}): Promise<Made> {
  const answer = await post(users, newPerson(parts));
  expect(answer.status).toBe(201);
  const { username, email } = answer.body as Made;
  return { username, email, etag: answer.headers.get("etag")! };
}

/** Somebody whose welcome mail has come, so that the next mail is another. */
async function welcomed(parts: Record<string, unknown> = {}): Promise<Made> {
  const somebody = await made(parts);
  await stack.waitForMails(somebody.email, 1);
  return somebody;
}

const slug = ({ status, body }: Answer) => [status, String(body.type).replace("urn:portero:problem:", "")];
const names = ({ body }: Answer) => (body.items as { username: string }[]).map(({ username }) => username);

describe("finding users", () => {
  it("by part of a name, in any capitals and accents; of this organisation alone", async () => {
    const letters = String(newPerson()["lastName"]).slice("Proef".length);
    const { username } = await made({ lastName: `Çelik${letters}` });
    for (const search of [
      `celik${letters}`,
      `ÇELIK${letters.toUpperCase()}`,
      `f. çelik${letters}`,
      username,
    ]) {
      const found = await get(`${users}?search=${encodeURIComponent(search)}`);
      expect([found.status, names(found), found.body.total]).toEqual([200, [username], 1]);
    }
    const other = stack.accounts.find(({ organisationId }) => organisationId !== admin.id)!;
    const elsewhere = await get(
      `/v1/organisations/${other.organisationId}/users?search=${username}`,
      manager,
    );
    expect(elsewhere.body).toEqual({ items: [], next: null, total: 0 });
  });

  it("sorted either way, empty values last", async () => {
    const column = async (sort: string) => {
      const { body } = await get(`${users}?sort=${sort}&status=all&limit=100`);
      return (body.items as Record<string, string | null>[]).map((one) => one["lastLoginAt"] ?? null);
    };
    for (const [sort, direction] of [
      ["lastLoginAt", 1],
      ["-lastLoginAt", -1],
    ] as const) {
      const values = await column(sort);
      const filled = values.filter((value) => value !== null);
      expect(filled.length).toBeGreaterThan(2);
      expect(values.slice(0, filled.length)).toEqual(filled);
      expect(filled).toEqual(filled.toSorted((a, b) => direction * (a < b ? -1 : Number(a > b))));
    }
  });

  it("page by page; a cursor is good for its own list alone (SECURITY 16)", async () => {
    const first = await get(`${users}?sort=name&limit=1`);
    const next = encodeURIComponent(first.body.next as string);
    expect((await get(`${users}?sort=name&limit=2&after=${next}`)).status).toBe(200);
    const foreign = stack.accounts.find((one) => one.roles.length === 0 && one.organisationId !== admin.id)!;
    for (const path of [
      `${users}?sort=-name&limit=1&after=${next}`,
      `${users}?sort=name&limit=1&status=all&after=${next}`,
      `${users}?sort=name&limit=1&search=a&after=${next}`,
      `${users}?sort=name&limit=1&after=${next}x`,
      `/v1/organisations/${foreign.organisationId}/users?sort=name&limit=1&after=${next}`,
    ]) {
      const answer = await get(path, path.includes(users) ? admin.token : manager);
      expect([...slug(answer), answer.body.errors[0].pointer]).toEqual([
        400,
        "invalid-request",
        "query:after",
      ]);
    }
  });

  it.each([
    ["search=", "search"],
    [`search=${"x".repeat(101)}`, "search"],
    ["status=deleted", "status"],
    ["sort=email", "sort"],
    ["limit=0", "limit"],
    ["limit=101", "limit"],
    ["unknown=1", "unknown"],
  ])("?%s is refused", async (query, field) => {
    const answer = await get(`${users}?${query}`);
    expect([...slug(answer), answer.body.errors[0].pointer]).toEqual([
      400,
      "invalid-request",
      `query:${field}`,
    ]);
  });

  it("as a file, of the same query, in Dutch or English (SECURITY 19)", async () => {
    const { username } = await made({
      memo: '=HYPERLINK("https://evil.example")',
      phone: "+31 30 555 01 23",
    });
    const file = (language: string) =>
      get(`${users}?search=${username}`, admin.token, { Accept: "text/csv", "Accept-Language": language });
    const answer = await file("nl");
    expect([answer.status, answer.headers.get("content-type")]).toEqual([
      200,
      "text/csv; charset=utf-8; header=present",
    ]);
    expect(answer.headers.get("content-disposition")).toBe('attachment; filename="gebruikers.csv"');
    const response = await fetch(`${stack.baseUrl}${users}?search=${username}`, {
      headers: { Authorization: `Bearer ${admin.token}`, Accept: "text/csv" },
    });
    const bytes = Buffer.from(await response.arrayBuffer());
    expect(bytes.subarray(0, 3)).toEqual(Buffer.from([0xef, 0xbb, 0xbf]));
    const [row, ...others] = readCsv<Record<string, string>>(bytes, { bom: true, columns: true });
    expect(others).toEqual([]);
    expect(row).toMatchObject({
      gebruikersnaam: username,
      voorletters: "F.",
      telefoonnummer: "'+31 30 555 01 23",
      memo: '\'=HYPERLINK("https://evil.example")',
      status: "invited",
    });
    const [inEnglish] = readCsv((await file("en")).body, { bom: true, columns: true }) as [object];
    expect(inEnglish).toMatchObject({ username, firstName: "Femke" });
    expect((await file("nl")).body).not.toMatch(/(^|[\r\n,"])[=+@-]/m);
    const refused = await get(`${users}?sort=email`, admin.token, { Accept: "text/csv" });
    expect(refused.headers.get("content-type")).toBe("application/problem+json");
  });
});

describe("editing a user", () => {
  it("needs the version that was seen", async () => {
    const { username, etag } = await made();
    const without = await patch(username, { memo: "x" });
    expect([...slug(without), without.body.title]).toEqual([
      428,
      "precondition-required",
      "De aanvraag mist If-Match",
    ]);
    expect(slug(await patch(username, { memo: "x" }, '"99"'))).toEqual([412, "precondition-failed"]);
    const changed = await patch(username, { memo: "Noord", infix: "de" }, etag);
    expect([changed.status, changed.body.memo, changed.body.infix]).toEqual([200, "Noord", "de"]);
    expect(changed.headers.get("etag")).toBe('"2"');
    expect(slug(await patch(username, { memo: "x" }, etag))).toEqual([412, "precondition-failed"]);
    const shown = await get(`${users}/${username}`);
    expect([shown.body.memo, shown.headers.get("etag")]).toEqual(["Noord", '"2"']);
  });

  it("changes nothing but a person's data (SECURITY 15)", async () => {
    const { username, etag } = await made();
    const answer = await patch(
      username,
      {
        username: "chosen",
        roles: ["organisation-admin"],
        status: "active",
        organisationId: "1",
        remark: "x",
      },
      etag,
    );
    expect(slug(answer)).toEqual([400, "invalid-request"]);
    const fields = (answer.body.errors as { pointer: string; code: string }[]).map(
      ({ pointer, code }) => `${pointer} ${code}`,
    );
    expect(fields.sort()).toEqual(
      ["organisationId", "remark", "roles", "status", "username"].map((field) => `/${field} unknown-field`),
    );
  });

  it("another address is told of it, and so is the one before; links from before are dead", async () => {
    const { username, email, etag } = await welcomed();
    const link = await stack.linkFor(username, email);
    const wanted = newPerson().email;
    const changed = await patch(username, { email: wanted }, etag);
    expect([changed.status, changed.body.mailStatus, changed.body.passwordLink.state]).toEqual([
      200,
      "unknown",
      "revoked",
    ]);
    const [toNew] = await stack.waitForMails(wanted, 1);
    const toOld = (await stack.waitForMails(email, 3)).at(-1)!;
    expect([toNew!.subject, toOld.subject]).toEqual(
      Array(2).fill("Uw e-mailadres voor Portero is gewijzigd"),
    );
    expect(toNew!.text).not.toContain(email);
    expect(toOld.text).not.toContain(wanted);
    expect(slug(await stack.call("GET", `/v1/password-links/${link}`))).toEqual([410, "link-expired"]);
    expect((await made({ email })).email).toBe(email);
    expect(slug(await post(users, newPerson({ email: wanted })))).toEqual([409, "email-in-use"]);
  });

  it("refuses an address that someone has, or outside the domains", async () => {
    const one = await made();
    const two = await made();
    expect(slug(await patch(one.username, { email: two.email.toUpperCase() }, one.etag))).toEqual([
      409,
      "email-in-use",
    ]);
    expect(slug(await patch(one.username, { email: "f@elsewhere.example" }, one.etag))).toEqual([
      422,
      "email-outside-domain",
    ]);
  });

  it("twenty at once with one ETag: one 200, nineteen 412", async () => {
    const { username, etag } = await made();
    const answers = await Promise.all(
      Array.from({ length: 20 }, (_, index) => patch(username, { memo: `memo ${index}` }, etag)),
    );
    const statuses = answers.map(({ status }) => status).sort((a, b) => a - b);
    expect(statuses).toEqual([200, ...Array<number>(19).fill(412)]);
  });
});

describe("deleting and recreating a user", () => {
  it("access ends at once; the reason shows; nothing leads back (SECURITY 13)", async () => {
    const { username, email } = await welcomed();
    const password = "Tulpenveld-42!";
    await stack.givePassword(username, email, password);
    const token = await stack.tokenOf({ username, password });
    expect((await get("/v1/me", token)).status).toBe(200);
    const deleted = await remove(username);
    expect([deleted.status, deleted.body.status, deleted.body.remark]).toEqual([
      200,
      "deleted",
      "Uit dienst",
    ]);
    expect(slug(await get("/v1/me", token))).toEqual([401, "not-authenticated"]);
    expect(slug(await stack.signIn({ username, password }))).toEqual([401, "invalid-credentials"]);
    expect(names(await get(`${users}?search=${username}`))).toEqual([]);
    const found = await get(`${users}?search=${username}&status=all`);
    expect(found.body.items).toMatchObject([{ username, status: "deleted", remark: "Uit dienst" }]);
    expect(slug(await patch(username, { memo: "x" }, "*"))).toEqual([409, "account-not-usable"]);
    expect(slug(await post(`${users}/${username}/password-link`))).toEqual([409, "account-not-usable"]);
    const again = await remove(username, admin.token, english);
    expect([...slug(again), again.body.title]).toEqual([
      409,
      "already-deleted",
      "This account has already been deleted",
    ]);
  });

  it("nobody deletes themself, and a reason is needed", async () => {
    const own = await remove(admin.username);
    expect([...slug(own), own.body.title]).toEqual([
      409,
      "own-account",
      "U kunt uw eigen account niet verwijderen",
    ]);
    const { username } = await made();
    for (const body of [{}, { reason: "" }, { reason: "x".repeat(501) }, { reason: "x", status: "active" }]) {
      expect(slug(await post(`${users}/${username}/deletion`, body))).toEqual([400, "invalid-request"]);
    }
    expect(slug(await remove(username, desk))).toEqual([403, "not-allowed"]);
  });

  it("recreating takes the old details, and gives another login name", async () => {
    const { username, email } = await welcomed({ infix: "van", memo: "Noord" });
    const refused = await post(users, { recreateFrom: username });
    expect(slug(refused)).toEqual([409, "still-usable"]);
    await remove(username);
    const recreated = await post(users, { recreateFrom: username, memo: null, phone: "030 555 01 99" });
    expect([recreated.status, recreated.body]).toMatchObject([
      201,
      {
        username: `${username}2`,
        email,
        infix: "van",
        memo: null,
        phone: "030 555 01 99",
        status: "invited",
      },
    ]);
    await stack.waitForMails(email, 2);
    expect(slug(await post(users, { recreateFrom: "nobodyatall" }))).toEqual([404, "not-found"]);
    const foreign = stack.accounts.find(({ organisationId }) => organisationId !== admin.id)!;
    expect(slug(await post(users, { recreateFrom: foreign.username }))).toEqual([404, "not-found"]);
  });

  it("two administrators who delete each other at once: one remains", async () => {
    const roles = async (username: string) => {
      const answer = await stack.call("PUT", `${users}/${username}/roles`, {
        token: manager,
        body: { roles: ["organisation-admin"] },
      });
      expect(answer.status).toBe(200);
    };
    const pair = [];
    for (let one = 0; one < 2; one += 1) {
      const { username, email } = await welcomed();
      await stack.givePassword(username, email, "Tulpenveld-42!");
      await roles(username);
      pair.push({ username, token: await stack.tokenOf({ username, password: "Tulpenveld-42!" }) });
    }
    const [one, two] = pair as [(typeof pair)[0], (typeof pair)[0]];
    const answers = await Promise.all([remove(two.username, one.token), remove(one.username, two.token)]);
    expect(answers.map(({ status }) => status).sort((a, b) => a - b)).toEqual([200, 401]);
    const left = await Promise.all(pair.map(({ username }) => get(`${users}/${username}`)));
    expect(left.map(({ body }) => body.status as string).sort()).toEqual(["active", "deleted"]);
  });
});

describe("a password link that someone else asks for", () => {
  it.each([
    ["the administrator", () => admin.token],
    ["the service desk", () => desk],
    ["the contract manager", () => manager],
  ])("%s can", async (_, token) => {
    const { username, email } = await welcomed();
    const answer = await post(`${users}/${username}/password-link`, undefined, token(), english);
    expect([answer.status, answer.body.message]).toEqual([
      202,
      "The mail with the link is on its way. Links that this user got before no longer work.",
    ]);
    const [, mail] = await stack.waitForMails(email, 2);
    expect(mail!.subject).toBe("Stel uw wachtwoord voor Portero in");
    const shown = await get(`${users}/${username}`);
    expect(shown.body.passwordLink).toEqual({ sentAt: expect.any(String) as string, state: "open" });
  });
});

describe("what is upcoming", () => {
  it("tells whose password ends in the coming days", async () => {
    const soon = stack.accounts.find(({ situation }) => situation === "password-expires-soon")!;
    const path = `/v1/organisations/${soon.organisationId}/upcoming`;
    const { status, body } = await get(`${path}?days=14`, manager);
    expect(status).toBe(200);
    const items = body.items as { username: string; on: string; what: string }[];
    expect(items).toContainEqual({
      username: soon.username,
      name: expect.any(String) as string,
      on: expect.stringMatching(/^\d{4}-\d\d-\d\d$/) as string,
      what: "password-expires",
    });
    const days = items.map(({ on }) => on);
    expect(days).toEqual(days.toSorted());
    expect((await get(`${path}?days=1`, manager)).body.items).not.toContainEqual(
      expect.objectContaining({ username: soon.username }),
    );
    for (const wrong of ["0", "367", "x", "1.5"]) {
      expect(slug(await get(`${path}?days=${wrong}`, manager))).toEqual([400, "invalid-request"]);
    }
  });
});

it("every route of users, every role: own, foreign, none (SECURITY 14)", async () => {
  const { username } = await made();
  const foreignAdmin = stack.accounts.find(
    (one) => one.roles.includes("organisation-admin") && one.organisationId !== admin.id,
  )!;
  const tokens = {
    admin: admin.token,
    plain: await stack.tokenOf(stack.account(null, admin.id)),
    foreign: await stack.tokenOf(foreignAdmin),
    desk,
    manager,
  };
  const reads = { admin: 200, plain: 403, foreign: 404, desk: 200, manager: 200 };
  const writes = { admin: 400, plain: 403, foreign: 404, desk: 403, manager: 400 };
  const cells: [string, string, Record<keyof typeof tokens, number>][] = [
    ["GET", users, reads],
    ["POST", users, writes],
    ["GET", `${users}/${username}`, reads],
    ["PATCH", `${users}/${username}`, writes],
    ["POST", `${users}/${username}/deletion`, writes],
    ["POST", `${users}/${username}/password-link`, { ...reads, admin: 202, desk: 202, manager: 202 }],
    ["GET", `/v1/organisations/${admin.id}/upcoming`, reads],
  ];
  for (const [method, path, expected] of cells) {
    const seen: Record<string, number> = {};
    for (const [role, token] of Object.entries(tokens)) {
      const body = method === "GET" ? {} : { body: { nonsense: true } };
      const headers = { "If-Match": "*" };
      seen[role] = (await stack.call(method, path, { token, headers, ...body })).status;
    }
    expect({ method, path, ...seen }).toEqual({ method, path, ...expected });
    expect((await stack.call(method, path)).status).toBe(401);
  }
});
