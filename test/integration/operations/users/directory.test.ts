import fc from "fast-check";
import { beforeEach, describe, expect, it } from "vitest";
import type { Person } from "../../../../shared/domain/person.ts";
import { directoryEntry, userSorts, type UserQuery } from "../../../../shared/domain/user-search.ts";
import { parseEntry } from "../../../../shared/dynamodb/directory-entries.ts";
import { endingWrites } from "../../../../shared/dynamodb/ending-writes.ts";
import { userItems } from "../../../../shared/dynamodb/items.ts";
import { incidentKey, letterKey } from "../../../../shared/dynamodb/keys.ts";
import { DynamoRetentionRepository } from "../../../../shared/dynamodb/retention-repository.ts";
import { DynamoSessionRepository } from "../../../../shared/dynamodb/session-repository.ts";
import { commit } from "../../../../shared/dynamodb/write.ts";
import { person, user } from "../../../support/domain.ts";
import { createTables, putAll, type TestTables } from "../../../support/dynamodb.ts";
import { modelOf, type Listed } from "../../../support/user-model.ts";
import { damage, seed, sampleEvent } from "../../dynamodb/seed.ts";
import { Administration, administrator } from "./administration.ts";

const day = 86_400_000;

/** A model of the organisation, to compare the stored one with. */
interface Model {
  readonly people: Map<string, Listed>;
  now: number;
}

/** Two containers serve the same organisation; a user changed through one is seen through the other. */
interface Real {
  readonly containers: readonly Administration[];
}

type Command = fc.AsyncCommand<Model, Real>;

const someone = ({ people }: Model, index: number, usable: boolean) => {
  const names = [...people.values()].filter(
    ({ status, username }) =>
      username !== administrator.username && (!usable || status === "active" || status === "invited"),
  );
  return names.length === 0 ? undefined : names[index % names.length]!;
};

const persons = fc.record({
  initials: fc.constantFrom("A.", "Á.", "B."),
  infix: fc.constantFrom(null, "van", "van der"),
  lastName: fc.constantFrom("Çelik", "celik", "Jansen", "Ärm", "Zwaan"),
  mailbox: fc.stringMatching(/^[a-c]{1,3}$/),
});

const queries = fc.record({
  search: fc.option(fc.constantFrom("celik", "an", "a", "VAN D", "zorg", "2", "é", "nobody"), { nil: null }),
  status: fc.constantFrom("current" as const, "all" as const),
  sort: fc.constantFrom(...userSorts),
});

function nameOf({ initials, infix, lastName }: Pick<Person, "initials" | "infix" | "lastName">): string {
  return [initials, ...(infix === null ? [] : [infix]), lastName].join(" ");
}

class Create implements Command {
  readonly #person;
  readonly #container: number;

  constructor(person: { initials: string; infix: string | null; lastName: string }, container: number) {
    this.#person = person;
    this.#container = container;
  }

  check = () => true;

  async run({ people }: Model, { containers }: Real): Promise<void> {
    const body = person({ ...this.#person, email: `p${people.size}@zorg.example` });
    const { body: created } = await containers[this.#container]!.request("createUser", { body });
    const { username, status, remark, lastLoginAt } = created;
    people.set(username, { username, name: nameOf(body), email: body.email, status, remark, lastLoginAt });
  }

  toString = () => `create ${JSON.stringify(this.#person)} in ${this.#container}`;
}

class Edit implements Command {
  readonly #index: number;
  readonly #person;
  readonly #container: number;

  constructor(
    index: number,
    person: { initials: string; infix: string | null; lastName: string; mailbox: string },
    container: number,
  ) {
    this.#index = index;
    this.#person = person;
    this.#container = container;
  }

  check = (model: Readonly<Model>) => someone(model, this.#index, true) !== undefined;

  async run(model: Model, { containers }: Real): Promise<void> {
    const before = someone(model, this.#index, true)!;
    const { mailbox, ...names } = this.#person;
    const email = `${mailbox}.${before.username}@care.example`;
    await containers[this.#container]!.request("editUser", {
      username: before.username,
      body: { ...names, email },
    });
    model.people.set(before.username, { ...before, name: nameOf(names), email });
  }

  toString = () => `edit ${this.#index} to ${JSON.stringify(this.#person)} in ${this.#container}`;
}

class Delete implements Command {
  readonly #index: number;
  readonly #reason: string;
  readonly #container: number;

  constructor(index: number, reason: string, container: number) {
    this.#index = index;
    this.#reason = reason;
    this.#container = container;
  }

  check = (model: Readonly<Model>) => someone(model, this.#index, true) !== undefined;

  async run(model: Model, { containers }: Real): Promise<void> {
    const before = someone(model, this.#index, true)!;
    const { username } = before;
    await containers[this.#container]!.request("deleteUser", { username, body: { reason: this.#reason } });
    model.people.set(username, { ...before, status: "deleted", remark: this.#reason });
  }

  toString = () => `delete ${this.#index} (${this.#reason}) in ${this.#container}`;
}

class SignIn implements Command {
  readonly #index: number;

  constructor(index: number) {
    this.#index = index;
  }

  check = (model: Readonly<Model>) => someone(model, this.#index, true) !== undefined;

  async run(model: Model, { containers: [first] }: Real): Promise<void> {
    const before = someone(model, this.#index, true)!;
    model.now += day;
    const at = new Date(model.now);
    if (before.status === "invited") await first!.activate(before.username, at);
    await first!.signIn(before.username, at);
    model.people.set(before.username, { ...before, status: "active", lastLoginAt: at.toISOString() });
  }

  toString = () => `sign in ${this.#index}`;
}

class List implements Command {
  readonly #query: UserQuery;
  readonly #limit: number;
  readonly #container: number;

  constructor(query: UserQuery, limit: number, container: number) {
    this.#query = query;
    this.#limit = limit;
    this.#container = container;
  }

  check = () => true;

  async run({ people }: Model, { containers }: Real): Promise<void> {
    const expected = modelOf([...people.values()], this.#query);
    const { items, totals } = await containers[this.#container]!.pages(this.#query, this.#limit);
    expect(items.map((one) => one.username)).toEqual(expected);
    expect(totals).toEqual(totals.map(() => expected.length));
    for (const shown of items) {
      const { username, name, email, status, remark, lastLoginAt } = shown;
      expect({ username, name, email, status, remark, lastLoginAt }).toEqual(people.get(username));
    }
  }

  toString = () => `list ${JSON.stringify(this.#query)} by ${this.#limit} in ${this.#container}`;
}

/** Checks that data that is stored twice is the same in both places. */
async function entriesShowTheirUsers(tables: TestTables): Promise<void> {
  const items = await tables.items("ORG#2");
  const entries = items.map(parseEntry).filter((entry) => entry !== null);
  const people = items
    .filter(({ SK }) => String(SK).startsWith("USER#"))
    .map((item) => userItems.parse(item));
  expect(entries).toEqual(people.map(directoryEntry));
}

const container = fc.nat({ max: 1 });
const commands = fc.commands(
  [
    fc
      .tuple(persons, container)
      .map(([{ initials, infix, lastName }, where]) => new Create({ initials, infix, lastName }, where)),
    fc.tuple(fc.nat(), persons, container).map(([whom, as, where]) => new Edit(whom, as, where)),
    fc
      .tuple(fc.nat(), fc.constantFrom("Uit dienst", "uit dienst", "Élders"), container)
      .map(([whom, why, where]) => new Delete(whom, why, where)),
    fc.nat().map((whom) => new SignIn(whom)),
    fc
      .tuple(queries, fc.integer({ min: 1, max: 100 }), container)
      .map(([query, limit, where]) => new List(query, limit, where)),
  ],
  { maxCommands: 40, size: "max" },
);

describe("a list agrees with a plain model after any sequence of changes", () => {
  it.each([
    ["organisations that are read as a whole", 200],
    ["organisations whose entries are remembered", 0],
  ])("%s", async (_, mostReadWhole) => {
    await fc.assert(
      fc.asyncProperty(commands, async (story) => {
        const tables = await createTables();
        const containers = [0, 1].map(() => new Administration(tables, { mostReadWhole }));
        await containers[0]!.begin();
        const { username, email, status, remark, lastLoginAt } = administrator;
        const first = { username, name: "A. Beheer", email, status, remark, lastLoginAt };
        const begin = () => ({
          model: { people: new Map([[username, first]]), now: Date.UTC(2026, 10, 22, 12) },
          real: { containers },
        });
        await fc.asyncModelRun(begin, story);
        await entriesShowTheirUsers(tables);
      }),
      { numRuns: 40, endOnFailure: true },
    );
  });
});

describe("a list", () => {
  let tables: TestTables;
  let here: Administration;

  beforeEach(async () => {
    tables = await createTables();
    here = new Administration(tables);
    await here.begin();
  });

  const letters = (index: number) => `${"abcdefghij"[Math.floor(index / 10)]!}${"abcdefghij"[index % 10]!}`;
  const people = (count: number) =>
    Array.from({ length: count }, (_, index) =>
      user({ username: `u${letters(index)}`, email: `${letters(index)}@zorg.example` }),
    );

  it("is made of entries that show their users, at each step of an account's life", async () => {
    const remembering = new Administration(tables, { mostReadWhole: 0 });
    await remembering.request("listUsers");
    const upcoming = async () =>
      (await remembering.request("listUpcoming", { query: { days: 366 } })).body.items;
    await here.request("createUser", { body: person({ infix: "van" }) });
    await entriesShowTheirUsers(tables);
    await here.activate("ftest");
    await entriesShowTheirUsers(tables);
    expect(await upcoming()).toContainEqual(
      expect.objectContaining({ username: "ftest", on: "2027-02-22", what: "password-expires" }),
    );
    await here.signIn("ftest", here.now);
    await entriesShowTheirUsers(tables);
    const sessions = new DynamoSessionRepository(tables);
    await sessions.recordAdmission(
      (await here.users.find("2", "ftest"))!,
      "2026-11-23T12:00:00.000Z",
      sampleEvent(),
    );
    await entriesShowTheirUsers(tables);
    const user = (await here.users.find("2", "ftest"))!;
    const endedAt = "2027-06-01T12:00:00.000Z";
    const ending = { user, status: "inactive" as const, remark: "unused", endedAt, on: "2027-06-01" };
    await commit(
      tables,
      endingWrites(tables, ending, () => new Error("changed")),
    );
    await entriesShowTheirUsers(tables);
    expect(await upcoming()).not.toContainEqual(expect.objectContaining({ username: "ftest" }));
    const place = {
      kind: "retention" as const,
      organisationId: "2",
      username: "ftest",
      at: endedAt,
      about: null,
    };
    await new DynamoRetentionRepository(tables).erase(place, "erased", sampleEvent());
    await entriesShowTheirUsers(tables);
    const { items } = await remembering.pages({ search: null, status: "all", sort: "name" }, 10);
    expect(items).toMatchObject([{ name: "A. Beheer" }, { name: "ftest", remark: "erased" }]);
  });

  it("takes one round trip more than the caller check, and for CIZ another one for the audit event", async () => {
    await seed(tables, { users: people(20) });
    tables.forget();
    await here.request("listUsers", { query: { search: "zorg", sort: "name" } });
    expect(tables.requests).toEqual(["Query"]);
    tables.forget();
    const desk = user({ organisationId: "1", username: "desk", roles: ["service-desk"] });
    await here.request("listUsers", { caller: desk });
    expect(tables.requests).toEqual(["Query", "TransactWriteItems"]);
  });

  it("reads the page's users beside what has changed, and once more if that moved the page", async () => {
    const remembering = new Administration(tables, { mostReadWhole: 0 });
    const list = async () => {
      tables.forget();
      const { body } = await remembering.request("listUsers", { query: { sort: "name", limit: 3 } });
      return (body.items as { username: string }[]).map(({ username }) => username);
    };
    await seed(tables, { users: people(5) });
    expect(await list()).toEqual(["abeheer", "uaa", "uab"]);
    expect(await list()).toEqual(["abeheer", "uaa", "uab"]);
    expect(tables.requests.toSorted()).toEqual(["BatchGetItem", "Query"]);
    const etag = (await here.request("getUser", { username: "uaa" })).headers["ETag"] ?? "";
    await here.request("editUser", { username: "uaa", body: { lastName: "Zwart" }, ifMatch: etag });
    expect(await list()).toEqual(["abeheer", "uab", "uac"]);
    expect(tables.requests.toSorted()).toEqual(["BatchGetItem", "BatchGetItem", "Query"]);
    expect(await list()).toEqual(["abeheer", "uab", "uac"]);
    expect(tables.requests).toHaveLength(2);
  });

  it("misses nobody and doubles nobody, by pages of 1 to 100", async () => {
    await seed(tables, { users: people(37) });
    const expected = ["abeheer", ...people(37).map(({ username }) => username)];
    for (let limit = 1; limit <= 100; limit += 1) {
      const { items } = await here.pages({ search: null, status: "all", sort: "username" }, limit);
      expect(items.map(({ username }) => username)).toEqual(expected);
    }
  });

  it("shows no user of another organisation, and is not found for one that does not exist", async () => {
    await seed(tables, { users: [user({ organisationId: "3", username: "zoe" })] });
    expect((await here.request("listUsers")).body.items).toHaveLength(1);
    await expect(here.request("listUsers", { id: "9" })).rejects.toThrow("not-found");
    await expect(here.request("listUpcoming", { id: "9" })).rejects.toThrow("not-found");
    await expect(here.request("listUsers", { id: "9", wantsCsv: true })).rejects.toThrow("not-found");
  });

  it("reads on where DynamoDB stops at a megabyte", async () => {
    const memo = "x".repeat(300_000);
    await seed(tables, { users: people(12).map((one) => ({ ...one, memo })) });
    tables.forget();
    const { body } = await here.request("listUsers", { query: { limit: 3, sort: "-username" } });
    expect(body).toMatchObject({ total: 13, items: [{ username: "ubb" }, { username: "uba" }, {}] });
    expect(tables.requests).toEqual(["Query", "Query", "BatchGetItem", "GetItem", "PutItem"]);
    expect((await here.request("listUsers", { wantsCsv: true })).body.csv.split("\r\n")).toHaveLength(15);
  });

  it.each([
    ["of a small organisation", 200],
    ["of a large one, whose entries are read", 0],
  ])("%s reads no incidents and letters", async (_, mostReadWhole) => {
    await seed(tables, { users: people(30) });
    const units = async () => {
      const container = new Administration(tables, { mostReadWhole });
      tables.forget();
      await container.request("listUsers", { query: { sort: "name" } });
      return tables.readUnits;
    };
    // The first list makes the cursors' secret.
    await units();
    const before = await units();
    const pdf = new Uint8Array(390_000);
    const letters = ["a", "b", "c"].map((id) => ({ ...letterKey("2", id, "closing"), pdf }));
    const incidents = ["a", "b"].map((id) => ({ ...incidentKey("2", id), description: "x".repeat(8000) }));
    await putAll(tables, [...letters, ...incidents]);
    expect(await units()).toBe(before);
    expect(before).toBeLessThan(60);
  });

  it("answers a stored user or entry that does not parse with a bare 500 that names no value", async () => {
    await here.request("createUser", { body: person({ memo: "canary" }) });
    await damage(tables, "USER#ftest", { status: "canary" });
    await expect(here.request("listUsers")).rejects.toThrow("A stored user does not parse: status");
    await damage(tables, "USER#ftest", { status: "active" });
    const remembering = new Administration(tables, { mostReadWhole: 0 });
    await remembering.request("listUsers");
    await damage(tables, "ENTRY#ftest", { d: "canary" });
    await expect(remembering.request("listUsers")).rejects.toThrow("A stored directory entry does not parse");
  });

  describe("cursors (SECURITY 16)", () => {
    const query = { limit: 1, sort: "name", search: "zorg" };
    let next: string;

    beforeEach(async () => {
      await seed(tables, { users: people(3) });
      next = (await here.request("listUsers", { query })).body.next as string;
    });

    const goOn = (parts: object, caller = administrator, id = "2") =>
      here.request("listUsers", { id, caller, query: { ...query, after: next, ...parts } });

    it("go on, whatever the size of the next page", async () => {
      expect((await goOn({ limit: 2 })).body.items).toHaveLength(2);
    });

    it.each([{ sort: "-name" }, { search: "zor" }, { status: "all" }, { search: undefined }])(
      "are refused for another query: %j",
      async (parts) => {
        await expect(goOn(parts)).rejects.toThrow("invalid-request");
      },
    );

    it("are refused for another organisation", async () => {
      await seed(tables, { users: [user({ organisationId: "3", username: "zoe" })] });
      await expect(goOn({}, administrator, "3")).rejects.toThrow("invalid-request");
    });

    it.each(["", "x", "dWFh", "dWFh.AAAA"])("are refused when they are none: %j", async (after) => {
      await expect(goOn({ after })).rejects.toThrow("invalid-request");
    });

    it("are refused when anything in them was changed", async () => {
      const [position, code] = next.split(".");
      const other = Buffer.from("uab").toString("base64url");
      await expect(goOn({ after: `${other}.${code}` })).rejects.toThrow("invalid-request");
      await expect(goOn({ after: `${position}.` })).rejects.toThrow("invalid-request");
      await expect(goOn({ after: `${next}A` })).rejects.toThrow("invalid-request");
    });

    it("are good in every container", async () => {
      const other = new Administration(tables);
      const { body } = await other.request("listUsers", { query: { ...query, after: next } });
      expect(body.items).toHaveLength(1);
    });
  });
});
