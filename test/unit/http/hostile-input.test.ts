import fc from "fast-check";
import { beforeAll, describe, expect, it } from "vitest";
import type * as z from "zod/mini";
import { createApi } from "../../../shared/http/api.ts";
import { readUsersFile } from "../../../shared/operations/imports/read-users-file.ts";
import type { Operation } from "../../../shared/operations/kit/operation.ts";
import type { Route } from "../../../shared/operations/kit/route.ts";
import { mostErrors } from "../../../shared/domain/errors.ts";
import { allRoutes } from "../../support/all-routes.ts";
import { organisation, user } from "../../support/domain.ts";
import { gatewayEvent, lambdaContext } from "../../support/gateway-event.ts";
import { mostForRefusal, processorTime } from "../../support/processor-time.ts";

const routes = await allRoutes();
const withBody = [...routes].filter(([, { body }]) => body !== undefined);
const largestAnswer = 64 * 1024;

const roles = ["organisation-admin", "contract-manager", "service-desk"] as const;
const caller = {
  user: user({ roles: [...roles], organisationId: "1" }),
  organisation: organisation({ id: "1" }),
  sessionId: "session",
};
const reached: Operation<Route> = () => Promise.reject(new Error("A hostile input reached the operation"));
const operations = Object.fromEntries([...routes.keys()].map((name) => [name, reached]));
const api = createApi(Object.fromEntries(routes), operations as never, {
  authenticate: () => Promise.resolve(caller),
  version: "1.0.0",
  recordRefusedAct: () => Promise.resolve(),
});

const idOf = (name: string) =>
  name === "id" ? "1" : name.endsWith("Id") ? "00000000-0000-4000-8000-000000000000" : "ftest";
const contentType = ({ text }: Route) => text?.type ?? "application/json";

async function send(
  route: Route,
  { body, query = {}, headers = {} }: { body?: string | Uint8Array; query?: object; headers?: object },
) {
  const names = [...route.path.matchAll(/\{(\w+)\}/g)].map(([, name = ""]) => name);
  const params = Object.fromEntries(names.map((name) => [name, idOf(name)]));
  const event = gatewayEvent({
    method: route.method,
    path: route.path.replaceAll(/\{(\w+)\}/g, (_, name: string) => idOf(name)),
    resource: route.path,
    params,
    query: query as Record<string, string>,
    headers: { "content-type": contentType(route), "if-match": "*", ...headers },
    body: body ?? null,
  });
  const answer = await api(event, lambdaContext);
  const { errors = [] } = JSON.parse(answer.body || "{}") as { errors?: { pointer: string; code: string }[] };
  return { status: answer.statusCode, bytes: Buffer.byteLength(answer.body), errors };
}

let mostTime = 0;
beforeAll(async () => {
  mostTime = await mostForRefusal();
});

/** Sends it, and checks what holds of every refusal. */
async function refused(route: Route, request: Parameters<typeof send>[1]) {
  let answer: Awaited<ReturnType<typeof send>> | undefined;
  const time = await processorTime(async () => (answer = await send(route, request)));
  if (!answer) throw new Error("no answer");
  expect(answer.bytes).toBeLessThanOrEqual(largestAnswer);
  expect(answer.errors.length).toBeLessThanOrEqual(mostErrors);
  expect(time).toBeLessThan(mostTime);
  return answer;
}

/** Every place in a body that takes a text, as the keys that lead to it. */
function placesIn(schema: unknown, path: readonly string[] = []): string[][] {
  if (typeof schema !== "object" || schema === null || !("_zod" in schema)) return [];
  const { def } = (schema as z.ZodMiniType)._zod as unknown as { def: Record<string, unknown> };
  if (def["type"] === "object")
    return Object.entries(def["shape"] as object).flatMap(([name, part]) => placesIn(part, [...path, name]));
  const inner = def["innerType"] ?? def["in"];
  if (inner !== undefined) return placesIn(inner, path);
  return [[...path]];
}

const bodyWith = (path: readonly string[], value: unknown): unknown =>
  path.reduceRight<unknown>((inner, name) => ({ [name]: inner }), value);

describe("any JSON value where an object is wanted, on every route with a body (DESIGN §4)", () => {
  const values = [
    "null",
    "[]",
    '"x"',
    "5",
    "true",
    "",
    "{",
    "\u0000",
    "[".repeat(30_000),
    '{"a":'.repeat(30),
  ];
  it.each(withBody)("%s answers 400", async (_, route) => {
    for (const body of values) expect([body, (await refused(route, { body })).status]).toEqual([body, 400]);
  });
});

describe("input costs what it weighs (SECURITY 27)", () => {
  it.each(withBody)(
    "%s names at most fifty of many unknown fields, and reads no more than 64 KB",
    async (_, route) => {
      const keys = (count: number) =>
        JSON.stringify(Object.fromEntries(Array.from({ length: count }, (__, n) => [n, 1])));
      expect((await refused(route, { body: keys(400_000) })).status).toBe(413);
      expect((await refused(route, { body: keys(5000) })).status).toBe(400);
      expect((await refused(route, { body: `{"${"\\u0001".repeat(10_000)}":1}` })).status).toBe(400);
    },
  );

  const hostile = (most: number) =>
    fc.oneof(
      fc.constantFrom("\u0301", "\u0316\u0301", "\u{1D165}", "\u3099").map((mark) => `a${mark.repeat(most)}`),
      fc.constantFrom("x", " ", "\u200b", "\ufdfa", "-a", "a.").map((part) => `${part.repeat(most)}!`),
      fc.constant(`${"a".repeat(most)}@zorg.example`),
      fc.constant(Array.from({ length: most / 4 }, () => "x")),
      fc.constant({ deep: Object.fromEntries(Array.from({ length: most / 8 }, (_, n) => [n, n])) }),
    );

  it.each(withBody)("%s refuses long and combining text in each field at once", async (_, route) => {
    const place = fc.constantFrom(...placesIn(route.body));
    await fc.assert(
      fc.asyncProperty(place, hostile(15_000), async (path, value) => {
        const { status } = await refused(route, { body: JSON.stringify(bodyWith(path, value)) });
        expect([400, 413]).toContain(status);
      }),
      { numRuns: 25 },
    );
  });

  it.each([...routes])(
    "%s refuses thousands of query parameters, and ones that are not UTF-8",
    async (_, route) => {
      const many = Object.fromEntries(Array.from({ length: 5000 }, (__, n) => [`a${n}`, ""]));
      expect((await refused(route, { query: many })).status).toBe(400);
      expect((await refused(route, { query: { search: "Gr\uFFFDn" } })).status).toBe(400);
    },
  );

  it.each(["cookie", "accept", "accept-language", "authorization", "idempotency-key", "if-match"])(
    "a header %s of 10 KB is read at once",
    async (name) => {
      const route = routes.get("createUser");
      if (!route) throw new Error("no such route");
      for (const part of ["a,", ";", " ", "=", "a;q=0.5,", '"'])
        await refused(route, { body: "null", headers: { [name]: part.repeat(10_000 / part.length) } });
    },
  );
});

describe("a file cannot be made to take more than its limits (SECURITY 38)", () => {
  const head = "voorletters;voornaam;achternaam;email\n";
  const size = 1_000_000;
  it.each([
    ["a million separators", ";".repeat(size)],
    ["a million separators on a line", head + ";".repeat(size)],
    ["separators between letters", "a;".repeat(size / 2)],
    ["the name of a column again and again", "email;".repeat(size / 6)],
    ["one cell", head + "x".repeat(size)],
    ["one cell in quotation marks", `${head}"${"x\n".repeat(size / 2)}`],
    ["quotation marks", head + '"'.repeat(size)],
    ["a million lines", "\n".repeat(size)],
    ["half a million short lines", head + "a\n".repeat(size / 2)],
    ["lines of separators", head + ";;;\n".repeat(size / 4)],
    ["wide lines", head + `${"a;".repeat(500)}\n`.repeat(size / 1001)],
  ])("%s", async (_, text) => {
    let faults: readonly unknown[] = [];
    const time = await processorTime(() => (faults = readUsersFile(text).faults));
    expect(faults.length).toBeGreaterThan(0);
    expect(faults.length).toBeLessThanOrEqual(20);
    expect(time).toBeLessThan(mostTime);
  });
});
