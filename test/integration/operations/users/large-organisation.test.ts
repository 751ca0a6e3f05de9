import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { displayedName } from "../../../../shared/domain/person.ts";
import type { UserQuery } from "../../../../shared/domain/user-search.ts";
import type { User } from "../../../../shared/domain/user.ts";
import { storedEntry } from "../../../../shared/dynamodb/directory-entries.ts";
import { budgets } from "../../../bench/budgets.ts";
import { largeOrganisation, measuredList, measureLists } from "../../../bench/search.ts";
import { person } from "../../../support/domain.ts";
import type { TestTables } from "../../../support/dynamodb.ts";
import { modelOf } from "../../../support/user-model.ts";
import { Administration, administrator } from "./administration.ts";

const size = 10_000;

describe("an organisation of 10,000 users (DESIGN §7, Budgets)", () => {
  let tables: TestTables;
  let stop: () => Promise<void>;
  let people: readonly User[];

  beforeAll(async () => {
    ({ tables, people, stop } = await largeOrganisation(size));
  });
  afterAll(() => stop());

  const model = (query: UserQuery) =>
    modelOf(
      [administrator, ...people].map((one) => ({ ...one, name: displayedName(one) })),
      query,
    );

  it("entries are lean", () => {
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

  it("a container's first search: at most 4 calls, and 0.05 read units a user", async () => {
    for (const query of [{ search: "celik", limit: 100 }, {}]) {
      const first = await measuredList(new Administration(tables), query);
      console.log(
        `first of a container: ${first.calls.join(", ")}; ${first.units} read units; ${first.milliseconds.toFixed(0)} ms`,
      );
      const directory = first.calls.filter((call) => call === "Query" || call === "BatchGetItem");
      expect(directory.length).toBeLessThanOrEqual(budgets.search.firstCalls);
      expect(first.units).toBeLessThanOrEqual(budgets.search.unitsPerUser * size);
    }
  });

  it("every search after it: 2 calls besides the caller check, and as many read units as the page has users", async () => {
    const measured = await measureLists(tables, 5);
    for (const [name, { calls, units, p50, total }] of Object.entries(measured)) {
      console.log(`${name}: ${calls} calls, ${units} read units, p50 ${p50.toFixed(1)} ms, ${total} found`);
      expect(calls).toBeLessThanOrEqual(budgets.search.calls);
      expect(units).toBeLessThanOrEqual(25 + 2 + 2);
    }
  });

  it.each([
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

  it("a write is seen at once, also in another container", async () => {
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

  it("a file of all of them", async () => {
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

  it("what is upcoming", async () => {
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
