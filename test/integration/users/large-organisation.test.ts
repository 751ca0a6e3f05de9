import { BatchWriteCommand } from "@aws-sdk/lib-dynamodb";
import { beforeAll, describe, expect, test } from "vitest";
import { displayedName } from "../../../shared/domain/person.ts";
import type { UserQuery } from "../../../shared/domain/user-search.ts";
import type { User } from "../../../shared/domain/user.ts";
import { storedEntry } from "../../../shared/dynamodb/directory-entries.ts";
import { storedUser } from "../../../shared/dynamodb/items.ts";
import { changedIndex, userKey } from "../../../shared/dynamodb/keys.ts";
import { person, user } from "../../support/domain.ts";
import { createTables, type TestTables } from "../../support/dynamodb.ts";
import { modelOf } from "../../support/user-model.ts";
import { Administration, administrator } from "./administration.ts";

const size = 10_000;

const firstNames = ["Femke", "Zoë", "Jan", "Mohammed", "Çağla", "Anneke", "Wim", "Sjoerd"];
const infixes = [null, null, null, "van", "de", "van der"];
const lastNames = ["Jansen", "Bakker", "Çelik", "Visser", "Özdemir", "Smit", "Dijkstra", "Hoekstra-Postma"];
const pick = <T>(values: readonly T[], index: number): T => values[index % values.length]!;

/** People as an organisation has them: most have signed in, some are gone. */
function somebody(index: number): User {
  const letters = Array.from(String(index), (digit) => "abcdefghij"[Number(digit)]!).join("");
  const firstName = pick(firstNames, index);
  const lastName = pick(lastNames, index * 7);
  const gone = index % 20 === 0;
  const minutes = (index * 7919) % 200_000;
  return user({
    ...person({
      initials: `${firstName[0]!}.`,
      firstName,
      infix: pick(infixes, index * 5),
      lastName,
      email: `${letters}.${lastName.toLowerCase().replaceAll(/[^a-z]/g, "")}@zorggroepnoord.example`,
      phone: "030 555 01 23",
    }),
    username: `medewerker${letters}`,
    status: gone ? "deleted" : "active",
    remark: gone ? pick(["Uit dienst", "Andere baan", "Élders"], index) : null,
    lastLoginAt: index % 10 === 0 ? null : new Date(Date.UTC(2026, 5, 1) + minutes * 60_000).toISOString(),
    sessions: {
      ["a".repeat(64)]: {
        kind: "api",
        startedAt: "2026-11-22T08:00:00.000Z",
        expiresAt: "2026-11-22T16:00:00.000Z",
        tokens: ["b".repeat(64)],
      },
    },
  });
}

describe("an organisation of 10,000 users (DESIGN §7, Budgets)", () => {
  let tables: TestTables;
  const people = Array.from({ length: size - 1 }, (_, index) => somebody(index));

  beforeAll(async () => {
    tables = await createTables(undefined, { stream: false });
    await new Administration(tables).begin();
    const anHourAgo = Date.now() - 3_600_000;
    const items = people.flatMap((one) => [
      { ...userKey(one), ...storedUser(one) },
      { ...storedEntry(one), [changedIndex.sortKey]: anHourAgo },
    ]);
    for (let from = 0; from < items.length; from += 25) {
      const RequestItems = {
        [tables.tableName]: items.slice(from, from + 25).map((Item) => ({ PutRequest: { Item } })),
      };
      await tables.client.send(new BatchWriteCommand({ RequestItems }));
    }
  });

  const model = (query: UserQuery, all: readonly User[] = [administrator, ...people]) =>
    modelOf(
      all.map((one) => ({ ...one, name: displayedName(one) })),
      query,
    );

  /** Calls, read units and milliseconds of one request. */
  async function measured(container: Administration, query: object) {
    tables.forget();
    const began = performance.now();
    const { body } = await container.request("listUsers", { query });
    return {
      calls: [...tables.requests],
      units: tables.readUnits,
      milliseconds: performance.now() - began,
      total: body.total as number,
    };
  }

  const p50 = (values: readonly number[]) => values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)]!;

  async function report(what: string, container: Administration, query: object, times = 41) {
    const results = [];
    for (let time = 0; time < times; time += 1) results.push(await measured(container, query));
    const milliseconds = p50(results.map((one) => one.milliseconds));
    const { calls, units, total } = results.at(-1)!;
    console.log(
      `${what}: ${calls.length} calls (${calls.join(", ")}), ${units} read units, p50 ${milliseconds.toFixed(1)} ms, ${total} found`,
    );
    return results;
  }

  test("entries are lean", () => {
    const bytes = (value: unknown) =>
      Buffer.byteLength(typeof value === "number" ? "x".repeat(8) : String(value));
    const sizes = people.map((one) =>
      Object.entries({ ...storedEntry(one), c: 1 }).reduce(
        (sum, [name, value]) => sum + name.length + bytes(value),
        0,
      ),
    );
    const average = sizes.reduce((sum, one) => sum + one, 0) / size;
    console.log(`an entry takes ${average.toFixed(0)} bytes`);
    expect(average).toBeLessThan(150);
  });

  test("a container's first search: at most 3 calls, and 0.05 read units a user", async () => {
    for (const query of [{ search: "celik", limit: 100 }, {}]) {
      const first = await measured(new Administration(tables), query);
      console.log(
        `first of a container: ${first.calls.join(", ")}; ${first.units} read units; ${first.milliseconds.toFixed(0)} ms`,
      );
      const directory = first.calls.filter((call) => call === "Query" || call === "BatchGetItem");
      expect(directory.length).toBeLessThanOrEqual(3);
      expect(first.units).toBeLessThanOrEqual(0.05 * size);
    }
  });

  test("every search after it: 2 calls, and as many read units as the page has users", async () => {
    const container = new Administration(tables);
    await container.request("listUsers", { query: { limit: 1 } });
    const rows = [
      ...(await report("search for a name", container, { search: "celik" })),
      ...(await report("search for a login name", container, { search: "medewerkerabcd" })),
      ...(await report("search that finds nobody", container, { search: "nobody at all" })),
      ...(await report("first page", container, {})),
      ...(await report("first page by name", container, { sort: "name" })),
      ...(await report("first page by last sign-in", container, { sort: "-lastLoginAt" })),
    ];
    for (const { calls, units } of rows) {
      expect(calls.length).toBeLessThanOrEqual(2);
      expect(units).toBeLessThanOrEqual(25 + 2);
    }
  });

  test.each([
    { search: "celik", status: "all", sort: "name" },
    { search: "van der", status: "current", sort: "-lastLoginAt" },
    { search: null, status: "all", sort: "-remark" },
    { search: "@zorggroepnoord.example", status: "current", sort: "-name" },
  ] as const)("finds what a plain model finds: %j", async (query) => {
    const { items, totals } = await new Administration(tables).pages(query, 100);
    const expected = model(query);
    expect(items.map(({ username }) => username)).toEqual(expected);
    expect(new Set(totals)).toEqual(new Set([expected.length]));
  });

  test("whoever writes sees it at once, also in another container", async () => {
    const containers = [new Administration(tables), new Administration(tables)];
    for (const one of containers) await one.request("listUsers");
    const body = person({ initials: "Q.", lastName: "Zeldzaam", email: "q@zorggroepnoord.example" });
    const { body: created } = await containers[0]!.request("createUser", { body });
    const find = async (search: string) => {
      const found = await Promise.all(
        containers.map((one) => one.request("listUsers", { query: { search, status: "all" } })),
      );
      return found.map(({ body: page }) => page.total as number);
    };
    expect(await find("q. zeldzaam")).toEqual([1, 1]);
    await containers[1]!.request("editUser", { username: created.username, body: { lastName: "Uniek" } });
    expect(await find("q. zeldzaam")).toEqual([0, 0]);
    expect(await find("q. uniek")).toEqual([1, 1]);
  });

  test("a file of all of them", async () => {
    const container = new Administration(tables);
    tables.forget();
    const began = performance.now();
    const { body } = await container.request("listUsers", { query: { status: "all" }, wantsCsv: true });
    const bytes = Buffer.byteLength(JSON.stringify(body.csv));
    console.log(
      `CSV of everyone: ${tables.requests.length} calls, ${tables.readUnits} read units, ${bytes} bytes, ${(performance.now() - began).toFixed(0)} ms`,
    );
    expect((body.csv as string).split("\r\n").length).toBeGreaterThan(size);
    expect(bytes).toBeLessThan(6_000_000);
  });

  test("what is upcoming", async () => {
    const container = new Administration(tables);
    await container.request("listUsers");
    tables.forget();
    const began = performance.now();
    const { body } = await container.request("listUpcoming", { query: { days: 30 } });
    console.log(
      `upcoming: ${tables.requests.length} calls, ${tables.readUnits} read units, ${body.items.length as number} items, ${(performance.now() - began).toFixed(0)} ms`,
    );
    expect(tables.requests.length).toBeLessThanOrEqual(1);
  });
});
