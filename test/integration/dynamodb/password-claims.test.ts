import { beforeEach, describe, expect, it } from "vitest";
import type { PasswordLink, User } from "../../../shared/domain/user.ts";
import { DynamoPasswordRepository } from "../../../shared/dynamodb/password-repository.ts";
import { DynamoUserRepository } from "../../../shared/dynamodb/user-repository.ts";
import { organisation, user } from "../../support/domain.ts";
import { createTables, type TestTables } from "../../support/dynamodb.ts";
import { damage, inParallel, refusalsOf, seed } from "./seed.ts";

let tables: TestTables;
let passwords: DynamoPasswordRepository;

const at = (minutes: number) => new Date(Date.UTC(2026, 10, 22, 12, minutes)).toISOString();
const open: PasswordLink = {
  id: "link-1",
  requestedAt: at(0),
  sentAt: at(1),
  expiresAt: at(480),
  state: "open",
};
const link = async () => (await new DynamoUserRepository(tables).find("2", "ftest"))?.passwordLink;
const held = async () =>
  (await tables.items("ORG#2")).find(({ SK }) => SK === "USER#ftest")?.["passwordClaim"];

async function given(passwordLink: PasswordLink | null, parts: Partial<User> = {}): Promise<void> {
  await seed(tables, { organisations: [organisation()], users: [user({ passwordLink, ...parts })] });
  tables.forget();
}

/** Claims with a link at a minute past twelve; claims of the minute before that are not stale yet. */
const claim = (minutes = 10, linkId: string | null = "link-1") =>
  passwords.claim({ user: user(), linkId, at: at(minutes) }, at(minutes - 1));

beforeEach(async () => {
  tables = await createTables();
  passwords = new DynamoPasswordRepository(tables);
});

describe("claim", () => {
  it("claims an account with an open link, in one round trip, and leaves the link open", async () => {
    await given(open);
    await claim();
    expect(tables.requests).toHaveLength(1);
    expect(await held()).toEqual({ linkId: "link-1", at: at(10) });
    expect(await link()).toEqual(open);
  });

  it("accepts one of twenty parallel claims with the same link; for the others it is used", async () => {
    await given(open);
    expect(refusalsOf(await inParallel(20, () => claim()))).toEqual(Array(19).fill("link-expired"));
  });

  it("accepts one of twenty parallel claims with the password; the others can be repeated", async () => {
    await given(null);
    const results = await inParallel(20, () => claim(10, null));
    expect(refusalsOf(results)).toEqual(Array(19).fill("temporarily-unavailable"));
  });

  it("makes a newer link wait for the one that is being used", async () => {
    await given(open);
    await claim();
    await damage(tables, "USER#ftest", { passwordLink: { ...open, id: "link-2" } });
    await expect(claim(10, "link-2")).rejects.toThrow("temporarily-unavailable");
    expect(await held()).toEqual({ linkId: "link-1", at: at(10) });
  });

  it("replaces a claim that was never finished, but no claim that still may be", async () => {
    await given(open);
    await claim(8);
    await expect(claim(9)).rejects.toThrow("link-expired");
    await claim(10);
    expect(await held()).toEqual({ linkId: "link-1", at: at(10) });
  });

  it.each([
    ["a newer link", { ...open, id: "link-2" }],
    ["used the link", { ...open, state: "used" as const }],
    ["a revoked link", { ...open, state: "revoked" as const }],
    ["a link that was never sent", { ...open, sentAt: null, expiresAt: null }],
    ["a link that expires at this moment", { ...open, expiresAt: at(10) }],
    ["no link", null],
  ])("is refused where the user has %s", async (_, passwordLink) => {
    await given(passwordLink);
    await expect(claim(10)).rejects.toThrow("link-expired");
    expect(await link()).toEqual(passwordLink);
    expect(await held()).toBeUndefined();
  });

  it.each(["inactive", "deleted"] as const)("is refused for an account that is %s", async (status) => {
    await given(open);
    await damage(tables, "USER#ftest", { status });
    await expect(claim()).rejects.toThrow("link-expired");
    await expect(claim(10, null)).rejects.toThrow("not-authenticated");
  });

  it("is refused if the password changed since the new one was judged", async () => {
    await given(open, { passwordChangedAt: at(5) });
    await expect(claim()).rejects.toThrow("temporarily-unavailable");
    await expect(claim(10, null)).rejects.toThrow("temporarily-unavailable");
    expect(await held()).toBeUndefined();
  });

  it("is refused for an unknown user, and creates none", async () => {
    await expect(claim()).rejects.toThrow("link-expired");
    await expect(claim(10, null)).rejects.toThrow("not-authenticated");
    expect(await tables.items()).toEqual([]);
  });
});

describe("release", () => {
  it("releases a claim, so that the account can be claimed again", async () => {
    await given(open);
    await claim();
    tables.forget();
    await passwords.release({ user: user(), linkId: "link-1", at: at(10) });
    expect(tables.requests).toEqual(["UpdateItem"]);
    expect([await held(), await link()]).toEqual([undefined, open]);
    await claim();
  });

  it.each([
    ["a later one", { linkId: "link-1", at: at(11) }],
    ["another link's", { linkId: "link-2", at: at(10) }],
    ["one without a link", { linkId: null, at: at(10) }],
  ])("leaves other claims: %s", async (_, other) => {
    await given(open);
    await damage(tables, "USER#ftest", { passwordClaim: other });
    await passwords.release({ user: user(), linkId: "link-1", at: at(10) });
    expect(await held()).toEqual(other);
  });
});
