import { beforeEach, describe, expect, it } from "vitest";
import { DynamoPasswordRepository } from "../../../../shared/dynamodb/password-repository.ts";
import { organisation } from "../../../support/domain.ts";
import { damage } from "../../dynamodb/seed.ts";
import { fullUser, mailLine, World, type Account } from "./world.ts";

const endsAt = "2026-11-30T12:00:00.000Z";
const account = (username: string, parts: Partial<Account> = {}): Account => ({
  username,
  passwordChangedAt: "2026-08-30T11:00:00.000Z",
  passwordExpiresAt: endsAt,
  ...parts,
});
const organisations = [organisation(), organisation({ id: "3", status: "closed" })];
const warned = (username: string, daysLeft: number, expiresAt = endsAt) =>
  mailLine("password-expires", username, { expiresAt, daysLeft });

let world: World;
beforeEach(async () => {
  world = await World.create();
});

describe("warnings of a password's end", () => {
  it("go out 14, 7 and 1 days before it, each once", async () => {
    await world.seed(organisations, [account("fanna")]);
    for (let day = 10; day <= 30; day += 1) {
      await world.warn(`2026-11-${day}T05:00:00Z`);
      await world.warn(`2026-11-${day}T05:00:00Z`);
    }
    expect(await world.mails()).toEqual([1, 14, 7].map((days) => warned("fanna", days)).sort());
    expect(await world.dueList()).toEqual([expect.stringMatching(/^inactivity/)]);
  });

  it("say the days that are left if runs were missed, and missed warnings are not sent later", async () => {
    await world.seed(organisations, [account("fanna"), account("fbert")]);
    await world.warn("2026-11-10T05:00:00Z");
    expect(await world.warn("2026-11-27T05:00:00Z")).toEqual({
      job: "warn-password-expiry",
      from: "2026-11-10T05:00:00.000Z",
      to: "2026-11-27T05:00:00.000Z",
      due: 2,
      done: 2,
      skipped: 0,
      failed: 0,
      left: 0,
      reasons: {},
      kept: [],
    });
    expect(await world.mails()).toEqual([warned("fanna", 3), warned("fbert", 3)]);
  });

  it("are never about a password that has ended", async () => {
    await world.seed(organisations, [account("fanna")]);
    const result = await world.warn("2026-11-30T12:00:00Z");
    expect(result).toMatchObject({ due: 1, done: 0, skipped: 1, reasons: { "password-ended": 1 } });
    expect(await world.mails()).toEqual([]);
    expect(await world.warn("2026-12-01T05:00:00Z")).toMatchObject({ due: 0 });
  });

  it("are about today, on the last day before the password ends", async () => {
    await world.seed(organisations, [account("fanna")]);
    await world.warn("2026-11-30T05:00:00Z");
    expect(await world.mails()).toEqual([warned("fanna", 0)]);
  });

  it("start afresh with a new password, even one that ends on the same day", async () => {
    await world.seed(organisations, [account("fanna")]);
    await world.warn("2026-11-16T05:00:00Z");
    const renewed = "2026-11-30T12:00:01.000Z";
    const passwords = new DynamoPasswordRepository(world.tables);
    const claim = { user: fullUser(account("fanna")), linkId: null, at: "2026-11-16T08:00:00.000Z" };
    await passwords.claim(claim, claim.at);
    await passwords.recordAccepted({
      claim,
      expiresAt: renewed,
      keepSession: null,
      history: { salt: new Uint8Array([1]), hashes: [] },
      consequences: { mails: [], events: [] },
    });
    for (const day of [16, 23, 29]) await world.warn(`2026-11-${day}T05:00:00Z`);
    const again = [1, 14, 7].map((days) => warned("fanna", days, renewed));
    expect(await world.mails()).toEqual([warned("fanna", 14), ...again].sort());
  });

  it.each([
    ["is inactive", { status: "inactive" }, "inactive"],
    ["is deleted", { status: "deleted" }, "deleted"],
    ["bounced", { mailStatus: "bounced" }, "bounced"],
    ["complained", { mailStatus: "complained" }, "complained"],
    ["is of a closed organisation", { organisationId: "3" }, "organisation-closed"],
  ] as const)("leave out who %s", async (_, parts, reason) => {
    await world.seed(organisations, [account("fanna", parts), account("fbert")]);
    const result = await world.warn("2026-11-16T05:00:00Z");
    expect(result).toMatchObject({ due: 2, done: 1, skipped: 1, failed: 0, reasons: { [reason]: 1 } });
    expect(await world.mails()).toEqual([warned("fbert", 14)]);
    expect(await world.warn("2026-11-16T05:00:00Z")).toMatchObject({ due: 0 });
  });

  it("leave out deleted users, and users with a newer password than the list says", async () => {
    await world.seed(organisations, [account("fanna"), account("fbert")]);
    await damage(world.tables, "USER#fanna", { passwordExpiresAt: "2027-01-30T12:00:00.000Z" });
    await damage(world.tables, "DUE#password#fbert", {
      SK: "DUE#password#fbert2",
      dueSort: `${endsAt}#2#fbert2`,
    });
    const result = await world.warn("2026-11-16T05:00:00Z");
    expect(result).toMatchObject({ due: 3, done: 1, skipped: 2, reasons: { renewed: 1, gone: 1 } });
    expect(await world.warn("2026-11-16T05:00:00Z")).toMatchObject({ due: 0 });
  });

  it("are sent later to users who could not be mailed the last time", async () => {
    await world.seed(organisations, [account("fanna", { mailStatus: "bounced" })]);
    await world.warn("2026-11-16T05:00:00Z");
    await damage(world.tables, "USER#fanna", { mailStatus: "ok" });
    await world.warn("2026-11-23T05:00:00Z");
    expect(await world.mails()).toEqual([warned("fanna", 7)]);
  });

  it("do not wait for one that fails, which is tried again at the next run", async () => {
    await world.seed(organisations, [account("fanna", { mailStatus: "bounced" }), account("fbert")]);
    await damage(world.tables, "USER#fanna", { createdAt: "yesterday" });
    await world.warn("2026-11-10T05:00:00Z");
    const result = await world.warn("2026-11-16T05:00:00Z");
    expect(result).toMatchObject({ due: 2, done: 1, skipped: 0, failed: 1, reasons: { unexpected: 1 } });
    expect(world.measured).toEqual({ JobEntriesDue: 2, JobEntriesDone: 1, JobEntriesFailed: 1 });
    await damage(world.tables, "USER#fanna", { createdAt: endsAt, mailStatus: "ok" });
    const next = await world.warn("2026-11-17T05:00:00Z");
    expect(next).toMatchObject({ from: "2026-11-10T05:00:00.000Z", due: 1, done: 1, failed: 0 });
    expect(await world.mails()).toEqual([warned("fanna", 13), warned("fbert", 14)]);
  });

  it("stop in time, and go on with the next run", async () => {
    await world.seed(organisations, [account("fanna"), account("fbert"), account("fcees")]);
    world.time = 2;
    const first = await world.warn("2026-11-16T05:00:00Z");
    expect(first).toMatchObject({ due: 3, done: 2, left: 1 });
    world.time = Infinity;
    expect(await world.warn("2026-11-16T05:00:00Z")).toMatchObject({ due: 1, done: 1, left: 0 });
    expect(await world.mails()).toHaveLength(3);
  });

  it("are the same when two runs meet", async () => {
    const accounts = Array.from({ length: 12 }, (_, index) => account(`ftest${index + 2}`));
    await world.seed(organisations, accounts);
    const results = await Promise.all([1, 2].map(() => world.warn("2026-11-16T05:00:00Z")));
    expect(results.map(({ failed }) => failed)).toEqual([0, 0]);
    expect(results.reduce((sum, { done }) => sum + done, 0)).toBe(12);
    expect(await world.mails()).toHaveLength(12);
  });

  it("are the same when a run is killed after any of its writes and run again", async () => {
    const time = "2026-11-16T05:00:00Z";
    const accounts = [
      account("fanna"),
      account("fbert", { mailStatus: "bounced" }),
      account("fcees", { organisationId: "3" }),
      account("fdirk", { passwordExpiresAt: "2026-11-16T04:00:00.000Z" }),
      account("feric"),
    ];
    await world.seed(organisations, accounts);
    await world.warn(time);
    const [expected, total] = [await world.state(), world.writes];
    expect(total).toBeGreaterThanOrEqual(7);
    for (let write = 0; write <= total; write += 1) {
      const other = await World.create();
      await other.seed(organisations, accounts);
      other.killAfter = write;
      await other.warn(time).catch(() => null);
      other.killAfter = Infinity;
      await other.warn(time);
      expect(await other.state(), `killed after write ${write}`).toEqual(expected);
    }
  });

  it("need a time that can be read", async () => {
    await expect(world.warn("tomorrow")).rejects.toThrow();
  });
});
