import { describe, expect, it } from "vitest";
import * as z from "zod/mini";
import { DomainError, tooManyAttempts } from "../../../shared/domain/errors.ts";
import { createApi } from "../../../shared/http/api.ts";
import { defineRoutes } from "../../../shared/operations/kit/route.ts";
import type { Caller } from "../../../shared/operations/kit/operation.ts";
import { organisationId, pageQuery } from "../../../shared/operations/kit/schemas.ts";
import { newUser } from "../../../shared/operations/users/schemas.ts";
import { organisation, user } from "../../support/domain.ts";
import { gatewayEvent, lambdaContext } from "../../support/gateway-event.ts";

const success = { status: 200, schema: z.object({ echoed: z.unknown() }), description: "Echoes" } as const;
const routes = defineRoutes({
  open: {
    method: "POST",
    path: "/v1/open",
    who: "anyone",
    summary: "",
    tag: "",
    body: newUser,
    success,
    problems: [],
  },
  guarded: {
    method: "GET",
    path: "/v1/organisations/{id}/things",
    who: ["own-administrators", "service-desk"],
    summary: "",
    tag: "",
    params: z.strictObject({ id: organisationId }),
    query: z.strictObject(pageQuery),
    success,
    problems: [],
  },
});

const caller = (roles: Caller["user"]["roles"], of = "2"): Caller => ({
  user: user({ roles, organisationId: of }),
  organisation: organisation({ id: of }),
  sessionId: "session",
});

const shown = { organisationId: "2", detail: { what: "things" } };

interface Answer {
  statusCode: number;
  headers: Record<string, string>;
  body: {
    type?: string;
    errors?: { pointer: string; code: string; detail: string }[];
    [key: string]: unknown;
  };
}

async function call(
  event: Parameters<typeof gatewayEvent>[0],
  { who = null, fail }: { who?: Caller | null; fail?: Error } = {},
): Promise<Answer> {
  const echo = (request: object) =>
    fail
      ? Promise.reject(fail)
      : Promise.resolve({ body: { echoed: request }, dataAccess: shown, audited: true as const });
  const operations = { open: echo, guarded: echo };
  const authenticate = () =>
    who ? Promise.resolve(who) : Promise.reject(new DomainError("not-authenticated"));
  const api = createApi(routes, operations, { authenticate, version: "1.2.3" });
  const answer = await api(gatewayEvent(event), lambdaContext);
  return { ...answer, body: JSON.parse(answer.body) as Answer["body"] } as Answer;
}

const post = (body: string | Uint8Array, headers?: Record<string, string>) =>
  call({ method: "POST", path: "/v1/open", body, ...(headers && { headers }) });
const person = { initials: "F.", firstName: "Femke", lastName: "Test", email: "f.test@zorg.example" };
const withPart = (part: object) => post(JSON.stringify({ ...person, ...part }));
const faults = (answer: Answer) => answer.body.errors?.map(({ pointer, code }) => `${pointer} ${code}`);

describe("every answer of the API (DESIGN §4)", () => {
  it("carries version and security headers", async () => {
    const answer = await post(JSON.stringify(person));
    expect(answer.statusCode).toBe(200);
    expect(answer.headers).toMatchObject({
      "API-Version": "1.2.3",
      "Cache-Control": "no-store",
      "X-Content-Type-Options": "nosniff",
    });
  });

  it("absent fields are null, text is trimmed and composed", async () => {
    const typed = { lastName: "  Jose\u0301 ", infix: "", memo: "een\r\ntwee", email: ` ${person.email}\n` };
    const answer = await withPart(typed);
    expect((answer.body["echoed"] as { body: object }).body).toEqual({
      ...person,
      lastName: "José",
      infix: null,
      phone: null,
      fax: null,
      memo: "een\ntwee",
    });
  });

  it("a refusal is a problem in Dutch, or in English where preferred", async () => {
    const dutch = await post("{}");
    expect(dutch.headers).toMatchObject({
      "Content-Type": "application/problem+json",
      "Content-Language": "nl",
    });
    expect(dutch.body).toMatchObject({
      type: "urn:portero:problem:invalid-request",
      title: "De aanvraag klopt niet",
      status: 400,
      instance: "urn:uuid:00000000-0000-4000-8000-000000000000",
    });
    const english = await post("{}", {
      "Content-Type": "application/json",
      "Accept-Language": "en-GB,nl;q=0.5",
    });
    expect(english.body).toMatchObject({ title: "The request is not valid" });
  });
});

describe("bad input is named by field and never a server error", () => {
  it("everything missing is reported at once", async () => {
    const answer = await post("{}");
    expect(faults(answer)).toEqual([
      "/initials required",
      "/firstName required",
      "/lastName required",
      "/email required",
    ]);
    expect(answer.body.errors?.every((error) => error.detail.length > 0)).toBe(true);
  });

  it.each<[string, object, string]>([
    ["an unknown field", { username: "chosen" }, "/username unknown-field"],
    ["a wrong type", { initials: 3 }, "/initials wrong-type"],
    ["null where text must be", { firstName: null }, "/firstName wrong-type"],
    ["10,000 characters", { lastName: "x".repeat(10_000) }, "/lastName too-long"],
    ["only spaces", { lastName: "   " }, "/lastName required"],
    ["a NUL byte", { lastName: "Te\u0000st" }, "/lastName characters"],
    ["a line break in a name", { lastName: "Test\r\nBcc: x@y.example" }, "/lastName characters"],
    ["half an emoji", { lastName: "Test\ud83d" }, "/lastName characters"],
    ["an emoji", { firstName: "Femke 😀" }, "/firstName characters"],
    ["text from right to left", { lastName: "مرحبا" }, "/lastName script"],
    ["a control that turns text around", { lastName: "tseT\u202e" }, "/lastName characters"],
    ["no letter", { initials: "123" }, "/initials letters"],
    ["no e-mail address", { email: "f.test@" }, "/email email"],
    ["a space in an e-mail address", { email: "f. test@zorg.example" }, "/email email"],
    ["an empty e-mail address", { email: " " }, "/email required"],
    ["two e-mail addresses", { email: "a@b.example,c@d.example" }, "/email email"],
    ["a tab in a phone number", { phone: "06\t123" }, "/phone characters"],
    ["a direction control in a memo", { memo: "x\u2066y" }, "/memo characters"],
  ])("%s", async (_, part, fault) => {
    const answer = await withPart(part);
    expect(answer.statusCode).toBe(400);
    expect(answer.body.type).toBe("urn:portero:problem:invalid-request");
    expect(faults(answer)).toEqual([fault]);
  });

  it.each(["{", "", "[1", "\u0000", '{"a":1}}'])("malformed JSON %j", async (body) => {
    const answer = await post(body);
    expect([answer.statusCode, faults(answer)]).toEqual([400, [" json"]]);
  });

  it("bytes that are not UTF-8, so that nothing is taken that was not sent (SECURITY 28)", async () => {
    const sent = Buffer.from(JSON.stringify({ ...person, firstName: "Gr\xfcn" }), "latin1");
    const answer = await post(sent);
    expect([answer.statusCode, answer.body.type]).toEqual([400, "urn:portero:problem:invalid-request"]);
  });

  it.each([true, false])("the body is the same for the operation, sent as base64: %s", async (base64) => {
    const body = JSON.stringify({ ...person, firstName: "Zoë 𝄞" });
    const answer = await call({ method: "POST", path: "/v1/open", body, base64 });
    expect(answer.body["echoed"]).toMatchObject({ body: { firstName: "Zoë 𝄞" } });
  });

  it.each(["[]", "null", "3", '"text"'])("JSON that is no object: %s", async (body) => {
    const answer = await post(body);
    expect([answer.statusCode, faults(answer)]).toEqual([400, [" wrong-type"]]);
  });

  it("__proto__ as a field", async () => {
    expect((await post('{"__proto__": {"roles": ["contract-manager"]}}')).statusCode).toBe(400);
  });

  it("another content type", async () => {
    const answer = await post("initials=F", { "Content-Type": "application/x-www-form-urlencoded" });
    expect([answer.statusCode, faults(answer)]).toEqual([415, ["header:Content-Type content-type"]]);
  });

  it("more than 64 KB is refused before it is parsed, and less is judged by its fields", async () => {
    const answer = await withPart({ memo: "x".repeat(70_000) });
    expect([answer.statusCode, answer.body.type]).toEqual([413, "urn:portero:problem:payload-too-large"]);
    expect(faults(await withPart({ memo: "x".repeat(60_000) }))).toEqual(["/memo too-long"]);
  });

  it.each(["null", "[]", '"x"', "5", "true"])("%s in the place of an object", async (body) => {
    const answer = await post(body);
    expect([answer.statusCode, faults(answer)]).toEqual([400, [" wrong-type"]]);
  });

  it("bytes that are not UTF-8, as the gateway passes them on (SECURITY 28)", async () => {
    const bytes = Buffer.concat([Buffer.from('{"lastName":"Gr'), Buffer.from([0xfc]), Buffer.from('n"}')]);
    const answer = await post(bytes);
    expect(answer.statusCode).toBe(400);
  });

  it.each(["\ud800", "\ufffd"])("%j, which stands for what was lost", async (part) => {
    expect(faults(await withPart({ lastName: `Gr${part}n` }))).toEqual(["/lastName characters"]);
  });

  it("nesting beyond twenty", async () => {
    const nested = (depth: number) => `{"memo":${"[".repeat(depth - 1)}${"]".repeat(depth - 1)}}`;
    expect(faults(await post(nested(21)))).toEqual([" nesting"]);
    expect(faults(await post(nested(20)))).not.toEqual([" nesting"]);
    expect(faults(await post(JSON.stringify({ memo: "[".repeat(500) })))).not.toEqual([" nesting"]);
  });

  it("however many faults there are, at most fifty are named, in less than 64 KB (SECURITY 27)", async () => {
    const keys = Array.from({ length: 6000 }, (_, index) => [`k${index}`, 1] as const);
    const answer = await post(JSON.stringify(Object.fromEntries(keys)));
    expect(faults(answer)).toHaveLength(50);
    expect(Buffer.byteLength(JSON.stringify(answer.body))).toBeLessThan(64 * 1024);
  });

  it("the value itself is not echoed", async () => {
    const answer = await withPart({ email: "canary-value" });
    expect(JSON.stringify(answer)).not.toContain("canary-value");
  });
});

describe("who may call what (DESIGN §4, SECURITY 14)", () => {
  const things = (id: string) => ({ method: "GET", path: `/v1/organisations/${id}/things`, params: { id } });
  it.each<[string, Caller | null, string, number]>([
    ["nobody", null, "2", 401],
    ["its administrator", caller(["organisation-admin"]), "2", 200],
    ["a user of it without a role", caller([]), "2", 403],
    ["an administrator of another organisation", caller(["organisation-admin"], "3"), "2", 404],
    ["a user of another organisation", caller([], "3"), "2", 404],
    ["the service desk", caller(["service-desk"], "1"), "2", 200],
    ["a contract manager, where only the service desk may", caller(["contract-manager"], "1"), "2", 403],
    ["an operator's role outside the operator", caller(["service-desk"], "3"), "2", 404],
    ["an identifier that can be none", caller(["service-desk"], "1"), "x%00", 404],
  ])("%s", async (_, who, id, status) => {
    expect((await call(things(id), { who })).statusCode).toBe(status);
  });

  it("a wrong query parameter is named", async () => {
    const answer = await call(
      { ...things("2"), query: { limit: "0", colour: "red" } },
      { who: caller(["organisation-admin"]) },
    );
    expect(faults(answer)).toEqual(["query:limit too-small", "query:colour unknown-field"]);
  });

  it("a query parameter that is given twice is named, and so is any on a route without a query", async () => {
    const who = caller(["organisation-admin"]);
    const twice = await call({ ...things("2"), query: { limit: ["1", "2"] } }, { who });
    expect([twice.statusCode, faults(twice)]).toEqual([400, ["query:limit repeated"]]);
    const body = JSON.stringify(person);
    const unknown = await call({ method: "POST", path: "/v1/open", body, query: { dryRun: "true" } });
    expect([unknown.statusCode, faults(unknown)]).toEqual([400, ["query:dryRun unknown-field"]]);
  });

  it("a path with a slash at its end is not found (NL API Design Rules, no trailing slash)", async () => {
    const who = caller(["organisation-admin"]);
    const answer = await call({ ...things("2"), path: "/v1/organisations/2/things/" }, { who });
    expect([answer.statusCode, answer.body.type]).toEqual([404, "urn:portero:problem:not-found"]);
    const body = JSON.stringify(person);
    expect((await call({ method: "POST", path: "/v1/open/", body })).statusCode).toBe(404);
  });

  it("an unknown route is a problem, too", async () => {
    expect((await call({ method: "GET", path: "/v1/other" })).body.type).toBe(
      "urn:portero:problem:not-found",
    );
  });
});

describe("failures of operations", () => {
  const failing = (fail: Error) =>
    call({ method: "POST", path: "/v1/open", body: JSON.stringify(person) }, { fail });

  it("a domain error becomes its problem", async () => {
    const answer = await failing(
      new DomainError("email-in-use", { errors: [{ pointer: "/administrator/email", code: "in-use" }] }),
    );
    expect([answer.statusCode, faults(answer)]).toEqual([409, ["/administrator/email in-use"]]);
  });

  it("too many attempts say when to try again", async () => {
    const answer = await failing(tooManyAttempts(89.2));
    expect([answer.statusCode, answer.headers["Retry-After"]]).toEqual([429, "90"]);
  });

  it("anything unforeseen is a bare 500 (SECURITY 25)", async () => {
    const answer = await failing(new Error("table Portero-XYZ is gone"));
    expect(answer.statusCode).toBe(500);
    expect(JSON.stringify(answer)).not.toContain("Portero-XYZ");
  });
});
