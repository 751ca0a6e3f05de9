import { beforeEach, describe, expect, it } from "vitest";
import { LinkExpired } from "../../../shared/domain/errors.ts";
import type { PasswordLink } from "../../../shared/domain/user.ts";
import { DynamoPasswordLinkRepository } from "../../../shared/dynamodb/password-link-repository.ts";
import { DynamoUserRepository } from "../../../shared/dynamodb/user-repository.ts";
import { organisation, user } from "../../support/domain.ts";
import { createTables, type TestTables } from "../../support/dynamodb.ts";
import { damage, inParallel, refusalsOf, seed } from "./seed.ts";

let tables: TestTables;
let links: DynamoPasswordLinkRepository;

const at = (minutes: number) => new Date(Date.UTC(2026, 10, 22, 12, minutes)).toISOString();
const reference = { organisationId: "2", username: "ftest", linkId: "link-1" };
const fresh: PasswordLink = {
  ...{ id: "link-1", requestedAt: at(0), state: "open" },
  ...{ sentAt: null, expiresAt: null, claimedAt: null },
};
const sent: PasswordLink = { ...fresh, sentAt: at(1), expiresAt: at(480) };

async function given(passwordLink: PasswordLink | null): Promise<void> {
  await seed(tables, { organisations: [organisation()], users: [user({ passwordLink })] });
  tables.forget();
}
const link = async () => (await new DynamoUserRepository(tables).find("2", "ftest"))?.passwordLink;

beforeEach(async () => {
  tables = await createTables();
  const settings = { linksPerUserPerHour: 5, linksPerSourcePerHour: 20 };
  links = new DynamoPasswordLinkRepository({ ...tables, settings });
});

describe("mint and find", () => {
  it("make a link usable and lead from its secret's hash to its user, in one round trip each", async () => {
    await given(fresh);
    expect(await links.mint(reference, "hash", at(1), at(480))).toBe(true);
    expect(await links.find("hash")).toEqual(reference);
    expect(tables.requests).toEqual(["TransactWriteItems", "GetItem"]);
    expect(await link()).toEqual(sent);
  });

  it("keep when a link was sent first, and let it be valid from its latest sending", async () => {
    await given(fresh);
    await links.mint(reference, "hash-1", at(1), at(480));
    await links.mint(reference, "hash-2", at(3), at(483));
    expect(await link()).toEqual({ ...sent, expiresAt: at(483) });
    expect(await links.find("hash-1")).toEqual(await links.find("hash-2"));
  });

  it("let DynamoDB remove the secret's hash a day after the link expired", async () => {
    await given(fresh);
    await links.mint(reference, "hash", at(1), at(480));
    expect((await tables.items("LINK"))[0]?.["expireAt"]).toBe(Date.parse(at(480)) / 1000 + 24 * 60 * 60);
  });

  it.each([
    ["a newer link", { ...fresh, id: "link-2" }],
    ["a link that was used", { ...fresh, state: "used" as const }],
    ["no link", null],
  ])("store nothing where the user has %s", async (_, passwordLink) => {
    await given(passwordLink);
    expect(await links.mint(reference, "hash", at(1), at(480))).toBe(false);
    expect(await links.find("hash")).toBeNull();
    expect(await link()).toEqual(passwordLink);
  });

  it("store nothing for an account that has come to its end", async () => {
    await given(fresh);
    await damage(tables, "USER#ftest", { status: "inactive" });
    expect(await links.mint(reference, "hash", at(1), at(480))).toBe(false);
  });

  it("call a stored link that does not parse a fault", async () => {
    await given(fresh);
    await links.mint(reference, "hash", at(1), at(480));
    await damage(tables, "LINK", { username: 7 });
    await expect(links.find("hash")).rejects.toThrow("A stored password link does not parse: username");
  });
});

describe("claim", () => {
  const claim = (minutes = 10, staleBefore = minutes - 1) =>
    links.claim(reference, at(minutes), at(staleBefore));

  it("takes hold of an open link in one round trip", async () => {
    await given(sent);
    await claim();
    expect(tables.requests).toHaveLength(1);
    expect(await link()).toEqual({ ...sent, state: "claimed", claimedAt: at(10) });
  });

  it("lets one of twenty at once through", async () => {
    await given(sent);
    expect(refusalsOf(await inParallel(20, () => claim()))).toEqual(Array(19).fill(LinkExpired));
  });

  it("takes over a claim that never finished, and no claim that may yet", async () => {
    await given({ ...sent, state: "claimed", claimedAt: at(8) });
    await expect(claim(9, 8)).rejects.toThrow(LinkExpired);
    await claim(10, 9);
    expect(await link()).toMatchObject({ state: "claimed", claimedAt: at(10) });
  });

  it.each([
    ["a newer link", { ...sent, id: "link-2" }],
    ["used the link", { ...sent, state: "used" as const }],
    ["a revoked link", { ...sent, state: "revoked" as const }],
    ["a link that was never sent", fresh],
    ["a link that expires at this moment", { ...sent, expiresAt: at(10) }],
    ["no link", null],
  ])("is refused where the user has %s", async (_, passwordLink) => {
    await given(passwordLink);
    await expect(claim(10)).rejects.toThrow(LinkExpired);
    expect(await link()).toEqual(passwordLink);
  });

  it.each(["inactive", "deleted"] as const)("is refused for an account that is %s", async (status) => {
    await given(sent);
    await damage(tables, "USER#ftest", { status });
    await expect(claim()).rejects.toThrow(LinkExpired);
  });

  it("is refused for a user who is not there, and makes none", async () => {
    await expect(claim()).rejects.toThrow(LinkExpired);
    expect(await tables.items()).toEqual([]);
  });
});

describe("release", () => {
  it("gives a claim back, so that the link can be claimed again", async () => {
    await given(sent);
    await links.claim(reference, at(10), at(9));
    tables.forget();
    await links.release(reference, at(10));
    expect(tables.requests).toEqual(["UpdateItem"]);
    expect(await link()).toEqual(sent);
    await links.claim(reference, at(10), at(9));
  });

  it("leaves alone what is not its own claim", async () => {
    const others: PasswordLink[] = [
      { ...sent, state: "claimed", claimedAt: at(11) },
      { ...sent, state: "used", claimedAt: at(10) },
      { ...sent, id: "link-2", state: "claimed", claimedAt: at(10) },
    ];
    for (const other of others) {
      await given(other);
      await links.release(reference, at(10));
      expect(await link()).toEqual(other);
    }
  });
});
