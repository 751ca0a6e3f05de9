import { beforeEach, describe, expect, it } from "vitest";
import type { PasswordLink } from "../../../shared/domain/user.ts";
import { DynamoPasswordLinkRepository } from "../../../shared/dynamodb/password-link-repository.ts";
import { DynamoUserRepository } from "../../../shared/dynamodb/user-repository.ts";
import { organisation, user } from "../../support/domain.ts";
import { createTables, type TestTables } from "../../support/dynamodb.ts";
import { damage, seed } from "./seed.ts";

let tables: TestTables;
let links: DynamoPasswordLinkRepository;

const at = (minutes: number) => new Date(Date.UTC(2026, 10, 22, 12, minutes)).toISOString();
const reference = { organisationId: "2", username: "ftest", linkId: "link-1" };
const fresh: PasswordLink = {
  id: "link-1",
  requestedAt: at(0),
  state: "open",
  sentAt: null,
  expiresAt: null,
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
  it("make a link usable and find its user by the secret's hash, in one round trip each", async () => {
    await given(fresh);
    expect(await links.mint(reference, "hash", at(1), at(480))).toBe(true);
    expect(await links.find("hash")).toEqual(reference);
    expect(tables.requests).toEqual(["TransactWriteItems", "GetItem"]);
    expect(await link()).toEqual(sent);
  });

  it("keep the first sending, and restart the validity at each sending", async () => {
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

  it("store nothing for an ended account", async () => {
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
