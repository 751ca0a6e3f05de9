import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { isDomainError } from "../../../shared/domain/errors.ts";
import { DynamoSignInGuard } from "../../../shared/dynamodb/sign-in-guard.ts";
import { createTables, type TestTables } from "../../support/dynamodb.ts";

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
  async function failAt(minutes: number, username = "ftest"): Promise<void> {
    await guard.fail(await guard.begin(username, after(minutes)), after(minutes));
  }
  const refusal = async (minutes: number, username = "ftest") => {
    const error: unknown = await guard.begin(username, after(minutes)).then(
      () => null,
      (thrown: unknown) => thrown,
    );
    return isDomainError(error, "too-many-attempts") ? error.retryAfterSeconds : error;
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
    for (let time = 0; time < 5; time += 1) await failAt(0);
    for (let minutes = 1; minutes < 15; minutes += 1)
      expect(await refusal(minutes)).toBe((15 - minutes) * 60);
    for (let time = 0; time < 4; time += 1) await failAt(16);
    expect(await refusal(16)).toBeNull();
  });

  it("failures further apart never lock", async () => {
    for (let time = 0; time < 30; time += 1) await failAt(time * 4);
  });

  it("a right password forgets the failures", async () => {
    for (let time = 0; time < 4; time += 1) await failAt(0);
    await guard.clear("ftest");
    for (let time = 0; time < 4; time += 1) await failAt(1);
  });

  it("a right password in parallel prevents the lock as well", async () => {
    const attempts = [];
    for (let time = 0; time < 5; time += 1) attempts.push(await guard.begin("ftest", after(0)));
    await guard.clear("ftest");
    for (const attempt of attempts) await guard.fail(attempt, after(0));
    expect(await refusal(0)).toBeNull();
  });

  it("five of fifty parallel attempts are checked", async () => {
    const tries = await Promise.allSettled(Array.from({ length: 50 }, () => guard.begin("ftest", after(0))));
    const through = tries.filter((one) => one.status === "fulfilled");
    expect(through).toHaveLength(5);
    expect(through.filter((one) => one.value.last)).toHaveLength(1);
    expect(await refusal(15)).toBeNull();
  });

  it("an attempt costs one round trip", async () => {
    const before = tables.requests.length;
    await guard.begin("ftest", after(0));
    expect(tables.requests.length - before).toBe(1);
  });
});
