import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { fold } from "../../../shared/domain/fold.ts";
import { displayedName } from "../../../shared/domain/person.ts";
import {
  directoryEntry,
  SearchableUsers,
  userSorts,
  type DirectoryEntry,
  type UserQuery,
} from "../../../shared/domain/user-search.ts";
import { user } from "../../support/domain.ts";
import { modelOf, users, type Listed } from "../../support/user-model.ts";

const everyone: UserQuery = { search: null, status: "all", sort: "username" };
const entry = (parts: Partial<DirectoryEntry>): DirectoryEntry => ({
  ...directoryEntry(user({ username: "ftest" })),
  ...parts,
});
const finds = (search: string, parts: Partial<DirectoryEntry>) =>
  new SearchableUsers([entry(parts)]).find({ ...everyone, search }).length === 1;

describe("search (DESIGN §4)", () => {
  it.each([
    ["celik", { lastName: "Çelik" }],
    ["ÇELIK", { lastName: "celik" }],
    ["strauss", { lastName: "Strauß" }],
    ["ijssel", { lastName: "Ĳssel" }],
    ["Ĳssel", { lastName: "IJssel" }],
    ["zoe", { email: "zoë@zorg.example" }],
    ["lukasz", { initials: "Łukasz" }],
    ["van der", { infix: "van der" }],
    ["j. van", { initials: "J.", infix: "van" }],
    ["r ber", { infix: "van der", lastName: "Berg" }],
    ["@zorg.ex", { email: "femke@zorg.example" }],
    ["test2", { username: "ftest2" }],
    ["οδυσσευς", { lastName: "ΟΔΥΣΣΕΥΣ" }],
    ["δυσς", { lastName: "ΟΔΥΣΣΕΥΣ" }],
    ["ı", { lastName: "Işık" }],
    ["anneke meer", { firstName: "Anneke", infix: "van der", lastName: "Meer" }],
    ["Anneke van der Meer", { firstName: "Anneke", infix: "van der", lastName: "Meer" }],
    ["anneke", { firstName: "Anneke", infix: null, lastName: "Meer" }],
    ["van\u200b der berg", { infix: "van der", lastName: "Berg" }],
    ["vander", { infix: "van\u200bder" }],
    ["o'brien", { lastName: "O’Brien" }],
    ["o’brien", { lastName: "O'Brien" }],
    ["brien", { lastName: "Bri\u200ben" }],
  ])("%j finds %j", (search, parts) => {
    expect(finds(search, parts)).toBe(true);
  });

  it.each([
    ["anna", { email: "x@zorg.example" }],
    ["meer anneke", { firstName: "Anneke", lastName: "Meer" }],
    ["testx", { username: "ftest", lastName: "x" }],
    ["celiks", { lastName: "Çelik" }],
  ])("%j does not find %j", (search, parts) => {
    expect(finds(search, parts)).toBe(false);
  });

  it("does not look at the memo", () => {
    const index = new SearchableUsers([directoryEntry(user({ memo: "zwaantje" }))]);
    expect(index.find({ ...everyone, search: "zwaantje" })).toEqual([]);
  });

  it("any part of a value finds it, in any capitals and with any accents", () => {
    const value = fc.constantFrom("Çelik", "van 't Hof", "Ĳsbrand", "Strauß-Øre", "Šukys", "İnönü", "Łódź");
    fc.assert(
      fc.property(
        value,
        fc.nat(),
        fc.nat(),
        fc.constantFrom("NFC", "NFD"),
        fc.boolean(),
        (text, from, size, form, up) => {
          const letters = Array.from(text);
          const start = from % letters.length;
          const part = letters.slice(start, start + 1 + (size % letters.length)).join("");
          const typed = (up ? part.toUpperCase() : part).normalize(form);
          return finds(typed, { lastName: text }) && fold(text).includes(fold(typed));
        },
      ),
    );
  });
});

describe("folding", () => {
  it("folding twice is folding once", () => {
    fc.assert(
      fc.property(fc.string({ unit: "grapheme" }), (text) => {
        expect(fold(fold(text))).toBe(fold(text));
      }),
    );
  });

  it("plain text takes the same way as any other", () => {
    fc.assert(
      fc.property(fc.string({ unit: "grapheme-ascii" }), (text) => {
        expect(fold(text)).toBe(fold(`${text}é`).slice(0, -1));
      }),
    );
  });
});

describe("sorting (DESIGN §4)", () => {
  const order = (sort: UserQuery["sort"], entries: Partial<DirectoryEntry>[]) =>
    new SearchableUsers(
      entries.map((parts, index) => entry({ username: `u${"abcdef"[index] ?? ""}`, ...parts })),
    ).find({ ...everyone, sort });

  it("puts empty values last in both directions", () => {
    const remarks = [{ remark: null }, { remark: "Uit dienst" }, { remark: "" }, { remark: "Ander werk" }];
    expect(order("remark", remarks)).toEqual(["ud", "ub", "ua", "uc"]);
    expect(order("-remark", remarks)).toEqual(["ub", "ud", "ua", "uc"]);
    const logins = [
      { lastLoginAt: null },
      { lastLoginAt: "2026-02-01T00:00:00.000Z" },
      { lastLoginAt: "2026-01-01T00:00:00.000Z" },
    ];
    expect(order("lastLoginAt", logins)).toEqual(["uc", "ub", "ua"]);
    expect(order("-lastLoginAt", logins)).toEqual(["ub", "uc", "ua"]);
  });

  it("sorts names as Dutch does, and those that are alike by login name", () => {
    const names = ["Zwart", "Ärm", "Arm", "çelik", "Celik", "Dijk"].map((lastName) => ({
      initials: "A.",
      lastName,
    }));
    expect(order("name", names)).toEqual(["uc", "ub", "ue", "ud", "uf", "ua"]);
    expect(order("name", [names[2]!, names[2]!])).toEqual(["ua", "ub"]);
    expect(order("-name", [names[2]!, names[2]!])).toEqual(["ua", "ub"]);
  });

  it("shows an account whose data are erased under its login name", () => {
    const erased = { initials: "", infix: null, lastName: "", username: "bjansen" };
    expect(order("name", [{ initials: "A." }, erased, { initials: "C." }])).toEqual(["ua", "bjansen", "uc"]);
  });
});

describe("against a plain model", () => {
  const queries = fc.record({
    search: fc.option(fc.constantFrom("celik", "an", "a", "zorg", "van", "2", "É"), { nil: null }),
    status: fc.constantFrom("current" as const, "all" as const),
    sort: fc.constantFrom(...userSorts),
  });

  const listed = (entries: readonly DirectoryEntry[]): Listed[] =>
    entries.map((one) => ({ ...one, name: displayedName(one) }));

  it("pages of any size hold the same people in the same order, each once", () => {
    fc.assert(
      fc.property(users, queries, fc.integer({ min: 1, max: 12 }), (people, query, limit) => {
        const entries = people.map(directoryEntry);
        const index = new SearchableUsers(entries);
        const expected = modelOf(listed(entries), query);
        expect(index.find(query)).toEqual(expected);
        const seen: string[] = [];
        let after = null;
        do {
          const page = index.page(query, limit, after);
          expect(page.total).toBe(expected.length);
          seen.push(...page.usernames);
          after = page.next;
        } while (after);
        expect(seen).toEqual(expected);
      }),
    );
  });

  it("cached sort orders include later changes", () => {
    fc.assert(
      fc.property(users, users, queries, (before, changed, query) => {
        const index = new SearchableUsers(before.map(directoryEntry));
        index.find(query);
        index.update(changed.map(directoryEntry));
        const now = new Map([...before, ...changed].map((one) => [one.username, directoryEntry(one)]));
        expect(index.find(query)).toEqual(modelOf(listed([...now.values()]), query));
      }),
    );
  });

  it("changes between pages lose and repeat nobody who was not changed", () => {
    fc.assert(
      fc.property(
        users,
        fc.array(users, { maxLength: 5 }),
        queries,
        fc.integer({ min: 1, max: 5 }),
        (people, meanwhile, query, limit) => {
          const index = new SearchableUsers(people.map(directoryEntry));
          const before = index.find(query);
          const touched = new Set<string>();
          const seen: string[] = [];
          let after = null;
          do {
            const page = index.page(query, limit, after);
            seen.push(...page.usernames);
            after = page.next;
            const changed = meanwhile.shift() ?? [];
            for (const { username } of changed) touched.add(username);
            index.update(changed.map(directoryEntry));
          } while (after);
          const untouched = (names: readonly string[]) => names.filter((name) => !touched.has(name));
          expect(untouched(seen)).toEqual(untouched(before));
        },
      ),
      { numRuns: 500 },
    );
  });

  it("a cursor holds no more of a long remark than fits into an address", () => {
    const remark = "日".repeat(500);
    const index = new SearchableUsers([entry({ username: "ua", remark }), entry({ username: "ub", remark })]);
    const query = { ...everyone, sort: "remark" } as const;
    const first = index.page(query, 1, null);
    expect(Buffer.byteLength(first.next?.value ?? "")).toBeLessThan(600);
    expect(index.page(query, 1, first.next).usernames).toEqual(["ub"]);
  });

  it("the next page continues correctly when the last user of a page signed in meanwhile", () => {
    const at = (day: number) => `2026-01-0${day}T00:00:00.000Z`;
    const entries = [1, 2, 3, 4].map((day) =>
      entry({ username: `u${"abcd"[day - 1] ?? ""}`, lastLoginAt: at(day) }),
    );
    const index = new SearchableUsers(entries);
    const query = { ...everyone, sort: "-lastLoginAt" } as const;
    const first = index.page(query, 2, null);
    expect(first.usernames).toEqual(["ud", "uc"]);
    index.update([entry({ username: "uc", lastLoginAt: at(9) })]);
    expect(index.page(query, 2, first.next).usernames).toEqual(["ub", "ua"]);
  });
});
