import fc from "fast-check";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import type { CountedAttempt, SignInLock } from "../../../shared/domain/ports/sessions.ts";
import { DynamoSignInGuard } from "../../../shared/dynamodb/sign-in-guard.ts";
import { createTables, type TestTables } from "../../support/dynamodb.ts";
import { DynamoSessionRepository } from "../../../shared/dynamodb/session-repository.ts";
import { user } from "../../support/domain.ts";
import { damage, inParallel, sampleEvent, seed } from "./seed.ts";

describe("failed sign-ins (DESIGN §2, SECURITY 12)", () => {
  let tables: TestTables;
  let guard: DynamoSignInGuard;
  beforeEach(async () => {
    tables = await createTables();
    guard = new DynamoSignInGuard({ ...tables, settings: { failedSignInsBeforeLock: 5, lockMinutes: 15 } });
  });
  afterEach(() => tables.forget());

  const start = Date.parse("2026-11-22T12:00:00.000Z");
  const after = (minutes: number) => new Date(start + minutes * 60_000);
  const begin = (minutes: number, username = "ftest", device: string | null = null) =>
    guard.begin({ username, device }, after(minutes));
  async function counted(
    minutes: number,
    username?: string,
    device?: string | null,
  ): Promise<CountedAttempt> {
    const attempt = await begin(minutes, username, device);
    if (isLock(attempt)) throw new Error("locked");
    return attempt;
  }
  async function failAt(minutes: number, username?: string, device?: string | null): Promise<void> {
    await guard.fail(await counted(minutes, username, device), after(minutes));
  }
  async function failTimes(times: number, minutes: number, device?: string | null): Promise<void> {
    for (let time = 0; time < times; time += 1) await failAt(minutes, "ftest", device);
  }
  /** The seconds for which an attempt is refused; null if it is counted. */
  const refusal = async (minutes: number, username?: string, device?: string | null) => {
    const attempt = await begin(minutes, username, device);
    return isLock(attempt) ? (attempt.lockedUntil - after(minutes).getTime()) / 1000 : null;
  };

  it.each(["ftest", "what can be no login name"])(
    "the fifth in 15 minutes locks %j for 15",
    async (username) => {
      for (const minutes of [0, 3, 6, 9, 12]) await failAt(minutes, username);
      expect(await refusal(12, username)).toBe(900);
      expect(await refusal(26, username)).toBe(60);
      expect(await refusal(27, username)).toBeNull();
      expect(await refusal(27, "another")).toBeNull();
    },
  );

  it("attempts during a lock do not extend it, and counting restarts after it", async () => {
    await failTimes(5, 0);
    for (let minutes = 1; minutes < 15; minutes += 1)
      expect(await refusal(minutes)).toBe((15 - minutes) * 60);
    await failTimes(4, 16);
    expect(await refusal(16)).toBeNull();
  });

  it("failures further apart never lock, and do not pile up", async () => {
    for (let time = 0; time < 60; time += 1) await failAt(time * 4);
    const [item] = await tables.items("LIMIT#sign-in");
    expect((item?.["attempts"] as Set<string>).size).toBeLessThan(30);
  });

  it("a right password forgets the failures", async () => {
    await failTimes(4, 0);
    await guard.clear({ username: "ftest", device: null });
    await failTimes(4, 1);
  });

  describe("where the user is", () => {
    const account = user({ username: "ftest" });
    const signIn = async () => {
      await seed(tables, { users: [account] });
      const session = {
        kind: "api",
        startedAt: after(0).toISOString(),
        expiresAt: after(480).toISOString(),
      } as const;
      await new DynamoSessionRepository(tables).open(account, "s", { ...session, tokens: [] }, sampleEvent());
    };

    it("is remembered from a sign-in on, through failures and locks, for longer than a password lasts", async () => {
      expect((await counted(0)).organisationId).toBeNull();
      await signIn();
      await failTimes(5, 1);
      expect(await begin(2)).toMatchObject({
        organisationId: "2",
        lockedUntil: expect.any(Number) as unknown,
      });
      expect((await counted(17)).organisationId).toBe("2");
      const [item] = await tables.items("LIMIT#sign-in");
      const days = (Number(item?.["expireAt"]) - start / 1000) / 86_400;
      expect(Math.round(days)).toBe(100);
    });

    it("is remembered of nobody else", async () => {
      await signIn();
      expect((await counted(0, "another")).organisationId).toBeNull();
      expect((await counted(0, "ftest", "browser")).organisationId).toBeNull();
    });
  });

  it("a right password in parallel prevents the lock as well", async () => {
    const attempts = [];
    for (let time = 0; time < 5; time += 1) attempts.push(await counted(0));
    await guard.clear({ username: "ftest", device: null });
    for (const attempt of attempts) await guard.fail(attempt, after(0));
    expect(await refusal(0)).toBeNull();
  });

  it("five of fifty parallel attempts are checked", async () => {
    const tries = await inParallel(50, () => begin(0));
    const through = tries.flatMap((one) =>
      one.status === "fulfilled" && !isLock(one.value) ? [one.value] : [],
    );
    expect(through).toHaveLength(5);
    expect(through.filter(({ last }) => last)).toHaveLength(1);
    expect(await refusal(15)).toBeNull();
  });

  it("an attempt costs one round trip, and so does one during a lock", async () => {
    const requests = async () => {
      tables.forget();
      await begin(0);
      return tables.requests.length;
    };
    expect(await requests()).toBe(1);
    await failTimes(4, 0);
    expect(await requests()).toBe(1);
  });

  describe("an attempt that nobody looked at", () => {
    it("is taken off alone: of 50 guesses of which every fifth is throttled, five are looked at", async () => {
      let lookedAt = 0;
      for (let time = 1; time <= 50; time += 1) {
        const attempt = await begin(0);
        if (isLock(attempt)) continue;
        if (time % 5 === 0) await guard.takeBack(attempt);
        else {
          lookedAt += 1;
          await guard.fail(attempt, after(0));
        }
      }
      expect(lookedAt).toBe(5);
    });

    it("is taken off for good, also when fifty are at once", async () => {
      await failTimes(3, 0);
      for (let time = 0; time < 50; time += 1) await guard.takeBack(await counted(0));
      const attempts = [await counted(0), await counted(0)];
      await inParallel(20, (index) => guard.takeBack(attempts[index % 2]!));
      await failTimes(2, 0);
      expect(await refusal(0)).toBe(900);
    });

    it("does not bring back a count that was cleared", async () => {
      const attempt = await counted(0);
      await guard.clear(attempt);
      await guard.takeBack(attempt);
      expect(await tables.items("LIMIT#")).toEqual([]);
    });
  });

  it("whatever happens in whatever order, five wrong passwords at most are looked at in 15 minutes", async () => {
    const act = fc.constantFrom("begin", "fail", "take-back", "wait");
    let run = 0;
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.tuple(act, fc.nat(9), fc.nat(20)), { minLength: 20, maxLength: 60 }),
        async (acts) => {
          const username = `name${String.fromCharCode(97 + (run % 26))}${(run += 1) + 1}`;
          let minutes = 0;
          const open: { attempt: CountedAttempt; begun: number }[] = [];
          const failed: number[] = [];
          for (const [what, which, wait] of acts) {
            if (what === "wait") minutes += wait / 4;
            if (what === "begin") {
              const attempt = await begin(minutes, username);
              if (!isLock(attempt)) open.push({ attempt, begun: minutes });
            }
            const [one] =
              what === "fail" || what === "take-back" ? open.splice(which % (open.length || 1), 1) : [];
            if (!one) continue;
            if (what === "take-back") await guard.takeBack(one.attempt);
            else {
              failed.push(one.begun);
              await guard.fail(one.attempt, after(minutes));
            }
          }
          for (const from of failed) {
            const within = failed.filter((time) => time >= from && time < from + 15);
            expect(within.length).toBeLessThanOrEqual(5);
          }
        },
      ),
      { numRuns: 25 },
    );
  });

  describe("a browser that its owner signed in with before", () => {
    it("has a count of its own, in both directions", async () => {
      await failTimes(5, 0);
      expect(await refusal(0)).toBe(900);
      await failTimes(4, 0, "browser");
      expect(await refusal(0, "ftest", "another browser")).toBeNull();
      await failAt(0, "ftest", "browser");
      expect(await refusal(0, "ftest", "browser")).toBe(900);
      await failTimes(4, 16);
    });

    it("forgets its own failures, and leaves those of strangers", async () => {
      await failTimes(5, 0);
      await failTimes(4, 0, "browser");
      await guard.clear({ username: "ftest", device: "browser" });
      await failTimes(4, 0, "browser");
      expect(await refusal(0)).toBe(900);
    });
  });

  describe("attempts during a lock", () => {
    const refused = () => sampleEvent({ action: "session.refused" });
    async function lock(minutes: number): Promise<SignInLock> {
      const attempt = await begin(minutes);
      if (!isLock(attempt)) throw new Error("not locked");
      return attempt;
    }

    it("leave one audit event in all, also when they are at once, and the next lock leaves another", async () => {
      await failTimes(5, 0);
      await inParallel(20, async () => guard.recordRefusal(await lock(1), refused()));
      expect(await tables.auditEvents()).toHaveLength(1);
      expect(await lock(2)).toMatchObject({ recorded: true });
      await failTimes(5, 15);
      expect(await lock(15)).toMatchObject({ recorded: false });
      for (let time = 0; time < 3; time += 1) await guard.recordRefusal(await lock(16), refused());
      expect(await tables.auditEvents()).toHaveLength(2);
    });

    it("leave none for a lock that has ended meanwhile", async () => {
      await failTimes(5, 0);
      const ended = await lock(1);
      await guard.clear(ended);
      await guard.recordRefusal(ended, refused());
      expect(await tables.auditEvents()).toEqual([]);
      expect(await tables.items("LIMIT#")).toEqual([]);
    });
  });

  it("the count of the version before does not stand in the way of ours", async () => {
    await failAt(0);
    const [item] = await tables.items("LIMIT#sign-in");
    await damage(tables, String(item?.["PK"]), { failures: [start, start], attempts: undefined });
    await failTimes(4, 0);
    expect(await refusal(0)).toBeNull();
  });
});

const isLock = (attempt: CountedAttempt | SignInLock): attempt is SignInLock => "lockedUntil" in attempt;
