import { globSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { dueKinds } from "../../../shared/domain/jobs/due.ts";
import { parseLoginName } from "../../../shared/domain/login-name.ts";
import * as keys from "../../../shared/dynamodb/keys.ts";

const root = fileURLToPath(new URL("../../../", import.meta.url));

describe("keys", () => {
  it("are built in keys.ts alone", () => {
    const files = globSync("{shared,functions,infra}/**/*.{ts,tsx}", { cwd: root });
    const others = files.filter((file) => !file.endsWith("dynamodb/keys.ts"));
    expect(others.length).toBeGreaterThan(20);
    const writesKeys = others.filter((file) =>
      /["'`][A-Z]{3,}#/.test(readFileSync(`${root}${file}`, "utf8")),
    );
    expect(writesKeys).toEqual([]);
  });

  it("sort as text in the order of their numbers", () => {
    const number = fc.integer({ min: 1, max: 999_999 });
    fc.assert(
      fc.property(number, number, (one, other) => {
        const [a, b] = [one, other].map((n) => keys.loginNameKey({ stem: "ftest", number: n }).SK);
        expect(Math.sign(one - other)).toBe(a! < b! ? -1 : a! > b! ? 1 : 0);
      }),
    );
  });

  it("are the same for e-mail addresses that differ in capitals alone", () => {
    expect(keys.emailKey("F.Test@Zorg.Example")).toEqual(keys.emailKey("f.test@zorg.example"));
  });

  it("tell users of different organisations and kinds of items apart", () => {
    const user = { organisationId: "2", username: "ftest" };
    const all = [
      ...[keys.userKey(user), keys.userKey({ ...user, organisationId: "3" }), keys.passwordHistoryKey(user)],
      ...[keys.organisationKey("2"), keys.loginNameKey(parseLoginName("ftest")!), keys.mailKey("ftest")],
      ...[keys.emailKey("ftest"), keys.agbCodeKey("ftest"), keys.passwordLinkKey("ftest")],
      ...[keys.userLinkLimitKey(parseLoginName("ftest")!), keys.otherNameLinkLimitKey("ftest")],
      ...[keys.sourceLinkLimitKey("ftest"), keys.organisationCounterKey],
      ...(["password-expiry", "inactivity", "retention", "unfinished"] as const).map((kind) =>
        keys.dueKey(kind, user),
      ),
      ...[keys.administratorsKey("2"), keys.jobKey("ftest")],
    ];
    expect(new Set(all.map(({ PK, SK }) => `${PK} ${SK}`)).size).toBe(all.length);
  });

  it("give the mail's id for outbox items only", () => {
    expect(keys.mailIdOf(keys.mailKey("id").PK)).toBe("id");
    expect(keys.mailIdOf(keys.organisationKey("id").PK)).toBeNull();
  });

  it("give the due entry back from its index keys", () => {
    const at = "2026-11-22T23:30:00.000Z";
    const username = fc.option(fc.stringMatching(/^[a-z]{1,20}[1-9]?$/));
    const about = fc.option(fc.constant("2027-02-28T12:00:00.000Z"));
    fc.assert(
      fc.property(fc.constantFrom(...dueKinds), username, about, (kind, name, more) => {
        const entry = { kind, organisationId: "2", username: name, at, about: more };
        const item = keys.dueAttributes(entry);
        const shards = Array.from({ length: keys.dueShards(kind) }, (_, shard) => shard);
        expect(shards.map((shard) => keys.duePartition(kind, shard))).toContain(item.duePartition);
        expect(keys.dueEntry(item)).toEqual(entry);
      }),
    );
  });

  it("keep a user in one due list at a time for kinds that follow each other", () => {
    const user = { organisationId: "2", username: "ftest" };
    expect(keys.dueKey("password-warning", user)).toEqual(keys.dueKey("password-expiry", user));
    expect(keys.dueKey("lapse", user)).toEqual(keys.dueKey("inactivity", user));
  });
});
