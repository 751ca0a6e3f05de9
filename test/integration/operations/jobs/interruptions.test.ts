import { describe, expect, it } from "vitest";
import { dueItem } from "../../../../shared/dynamodb/keys.ts";
import type { StoredItem } from "../../../../shared/dynamodb/read.ts";
import { organisation } from "../../../support/domain.ts";
import { World, type Account } from "./world.ts";

/*
 * A run of deactivate-inactive can be interrupted anywhere: another run must bring everything to the same end.
 */

const time = "2026-11-22T05:00:00Z";
const lapsing = "2026-05-20T10:00:00.000Z";
const toldToday = "2026-06-06T10:00:00.000Z";
const recently = "2026-11-20T09:00:00.000Z";
const organisations = [organisation({ id: "1" }), organisation(), organisation({ id: "3" })];
const administrator = { roles: ["organisation-admin"] } as const;
const account = (username: string, createdAt: string, parts: Partial<Account> = {}): Account => ({
  username,
  createdAt,
  passwordExpiresAt: null,
  ...parts,
});
const openLink = {
  id: "link",
  requestedAt: recently,
  sentAt: recently,
  expiresAt: null,
  state: "open",
} as const;

const accounts: Account[] = [
  account("manager", recently, { organisationId: "1", roles: ["contract-manager"] }),
  account("admin", recently, administrator),
  account("boss", lapsing, { ...administrator, passwordExpiresAt: "2026-12-22T10:00:00.000Z" }),
  account("fanna", lapsing, { passwordLink: openLink }),
  account("fbert", lapsing, { status: "invited" }),
  account("only", lapsing, { ...administrator, organisationId: "3" }),
  account("fcees", lapsing, { organisationId: "3", lastLoginAt: recently }),
  account("fdirk", toldToday),
  account("feric", toldToday, { mailStatus: "bounced" }),
  account("ffons", lapsing, { lastLoginAt: toldToday }),
];
const deletedAt = "2024-11-20T05:00:00.000Z";

async function freshWorld(): Promise<World> {
  const world = await World.create();
  await world.seed(organisations, [...accounts, account("fgijs", "2024-01-01T10:00:00.000Z")]);
  const ended = { ...(await world.user("fgijs")), status: "deleted", remark: "Uit dienst" };
  const entry = (await world.tables.items("ORG#2")).find(({ SK }) => SK === "DUE#inactivity#fgijs");
  await world.put([
    ...[ended, { ...entry, duePartition: "none" }],
    dueItem("retention", { organisationId: "2", username: "fgijs" }, deletedAt),
  ]);
  world.writes = 0;
  return world;
}

async function undisturbed(): Promise<{ world: World; state: StoredItem[]; writes: number }> {
  const world = await freshWorld();
  const result = await world.deactivate(time);
  expect(result).toMatchObject({ due: 9, done: 7, skipped: 2, failed: 0, left: 0 });
  expect(result.reasons).toEqual({ bounced: 1, "signed-in-since": 1 });
  return { world, state: await world.state(), writes: world.writes };
}

describe("deactivate-inactive", () => {
  it("ends in one state whichever of its writes it was killed after", async () => {
    const { state, writes, world } = await undisturbed();
    const mails = await world.mails();
    expect(mails).toHaveLength(4);
    expect(writes).toBeGreaterThan(20);
    for (let write = 0; write <= writes; write += 1) {
      const other = await freshWorld();
      other.killAfter = write;
      await other.deactivate(time).catch(() => null);
      other.killAfter = Infinity;
      const result = await other.deactivate(time);
      expect([result.failed, result.left], `killed after write ${write}`).toEqual([0, 0]);
      expect(await other.state(), `killed after write ${write}`).toEqual(state);
      expect(await other.mails()).toEqual(mails);
    }
  });

  it("changes nothing when it runs twice", async () => {
    const { world, state } = await undisturbed();
    const again = await world.deactivate(time);
    expect(again).toMatchObject({ from: "2026-11-22T05:00:00.000Z", due: 0, done: 0, skipped: 0, failed: 0 });
    expect(await world.state()).toEqual(state);
  });

  it("as of an earlier day changes nothing, and does not make later runs look back further", async () => {
    const { world, state } = await undisturbed();
    expect(await world.deactivate("2026-10-01T05:00:00Z")).toMatchObject({ due: 0 });
    expect(await world.state()).toEqual(state);
    expect((await world.deactivate("2026-11-23T05:00:00Z")).from).toBe("2026-11-22T05:00:00.000Z");
  });

  it("does everything once when two runs meet", async () => {
    const { state, world: alone } = await undisturbed();
    const withoutDigests = (items: StoredItem[]) =>
      items.filter(({ template }) => template !== "accounts-lapsed");
    for (let attempt = 0; attempt < 5; attempt += 1) {
      const world = await freshWorld();
      const results = await Promise.all([world.deactivate(time), world.deactivate(time)]);
      expect(results.map(({ failed }) => failed)).toEqual([0, 0]);
      expect(withoutDigests(await world.state())).toEqual(withoutDigests(state));
      expect(await named(world)).toEqual(await named(alone));
    }
  });
});

/** One line for each mailed administrator and lapsed account, because two runs may need two mails for the same. */
async function named(world: World): Promise<string[]> {
  const digests = (await world.tables.items("MAIL#")).filter(
    ({ template }) => template === "accounts-lapsed",
  );
  return digests
    .flatMap(({ username, data }) =>
      (data as { usernames: string[] }).usernames.map((lapsed) => `${String(username)}: ${lapsed}`),
    )
    .sort();
}
