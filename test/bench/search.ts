import type { User } from "../../shared/domain/user.ts";
import { storedEntry } from "../../shared/dynamodb/directory-entries.ts";
import { storedUser } from "../../shared/dynamodb/items.ts";
import { changedIndex, userKey } from "../../shared/dynamodb/keys.ts";
import { Administration, administrator } from "../integration/operations/users/administration.ts";
import { person, user } from "../support/domain.ts";
import type { TestTables } from "../support/dynamodb.ts";
import { filledTables, type FilledTables } from "../support/filled-tables.ts";
import { median, percentile } from "./statistics.ts";

const firstNames = ["Femke", "Zoë", "Jan", "Mohammed", "Çağla", "Anneke", "Wim", "Sjoerd"];
const infixes = [null, null, null, "van", "de", "van der"];
const lastNames = ["Jansen", "Bakker", "Çelik", "Visser", "Özdemir", "Smit", "Dijkstra", "Hoekstra-Postma"];
const pick = <T>(values: readonly T[], index: number): T => values[index % values.length]!;

/** People as an organisation has them: most have signed in, some are gone. */
export function somebody(index: number): User {
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

/** Organisation 2 with so many users, its administrator among them; written an hour ago. */
export async function largeOrganisation(size: number): Promise<FilledTables & { readonly people: User[] }> {
  const people = Array.from({ length: size - 1 }, (_, index) => somebody(index));
  const anHourAgo = Date.now() - 3_600_000;
  const items = people.flatMap((one) => [
    { ...userKey(one), ...storedUser(one) },
    { ...storedEntry(one), [changedIndex.sortKey]: anHourAgo },
  ]);
  const filled = await filledTables(items);
  await new Administration(filled.tables).begin();
  return { ...filled, people };
}

/** Calls, read units and milliseconds of one request for a list. */
export interface ListFigures {
  readonly calls: readonly string[];
  readonly units: number;
  readonly milliseconds: number;
  readonly total: number;
}

/** Asks for a list, the caller check being no part of it. */
export async function measuredList(container: Administration, query: object): Promise<ListFigures> {
  const { tables } = container;
  tables.forget();
  const began = performance.now();
  const { body } = await container.request("listUsers", { query });
  const milliseconds = performance.now() - began;
  const { requests, readUnits } = tables;
  return { calls: [...requests], units: readUnits, milliseconds, total: body.total as number };
}

/** The lists that are measured, by what they are called in the table. */
export const lists = {
  "search for a name": { search: "celik" },
  "search for a login name": { search: "medewerkerbc" },
  "search that finds nobody": { search: "nobody at all" },
  "first page": {},
  "by name": { sort: "name" },
  "by last sign-in": { sort: "-lastLoginAt" },
} as const;
export type ListName = keyof typeof lists;

export interface ListTimes {
  readonly calls: number;
  readonly units: number;
  readonly p50: number;
  readonly p95: number;
  readonly total: number;
}

/**
 * Every list so many times in a container that knows the organisation, each with its caller check.
 * @param between done between two requests: what this is compared with
 */
export async function measureLists(
  tables: TestTables,
  times: number,
  between: () => Promise<unknown> = () => Promise.resolve(),
): Promise<Record<ListName, ListTimes>> {
  const container = new Administration(tables);
  await container.request("listUsers", { query: { limit: 1 } });
  const measured: [string, ListTimes][] = [];
  for (const [name, query] of Object.entries(lists)) {
    await measuredList(container, query);
    const all: ListFigures[] = [];
    for (let time = 0; time < times; time += 1) {
      all.push(await withCallerCheck(container, query));
      await between();
    }
    const milliseconds = all.map((one) => one.milliseconds);
    const { calls, units, total } = all.at(-1)!;
    const [p50, p95] = [median(milliseconds), percentile(milliseconds, 95)];
    measured.push([name, { calls: calls.length, units, p50, p95, total }]);
  }
  return Object.fromEntries(measured) as Record<ListName, ListTimes>;
}

async function withCallerCheck(container: Administration, query: object): Promise<ListFigures> {
  const { tables, users } = container;
  tables.forget();
  const began = performance.now();
  await users.findMember(administrator.organisationId, administrator.username);
  const checked = { calls: [...tables.requests], units: tables.readUnits, at: performance.now() };
  const list = await measuredList(container, query);
  return {
    ...list,
    calls: [...checked.calls, ...list.calls],
    units: checked.units + list.units,
    milliseconds: checked.at - began + list.milliseconds,
  };
}
