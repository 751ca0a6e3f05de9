import { beforeEach, describe, expect, it } from "vitest";
import { AdmissionRefused } from "../../../shared/domain/ports/identity-provider.ts";
import type { Session, User } from "../../../shared/domain/user.ts";
import {
  DynamoSessionRepository,
  mostSessions,
  mostTokens,
} from "../../../shared/dynamodb/session-repository.ts";
import { DynamoUserRepository } from "../../../shared/dynamodb/user-repository.ts";
import { organisation, user } from "../../support/domain.ts";
import { createTables, type TestTables } from "../../support/dynamodb.ts";
import { consequences, damage, inParallel, refusalsOf, seed, sampleEvent } from "./seed.ts";

let tables: TestTables;
let sessions: DynamoSessionRepository;

const minute = (number: number) => `2026-11-22T12:${String(number).padStart(2, "0")}:00.000Z`;
const session = (startedAt = minute(0), parts: Partial<Session> = {}): Session => ({
  kind: "api",
  startedAt,
  expiresAt: "2026-11-22T20:00:00.000Z",
  tokens: ["token"],
  ...parts,
});
const stored = async (): Promise<User> => (await new DynamoUserRepository(tables).find("2", "ftest"))!;
const sessionIds = async () => Object.keys((await stored()).sessions).sort();
const several = (count: number) =>
  Object.fromEntries(Array.from({ length: count }, (_, index) => [`s${index}`, session(minute(index))]));

async function account(parts: Partial<User> = {}): Promise<User> {
  const one = user(parts);
  await seed(tables, { organisations: [organisation()], users: [one] });
  tables.forget();
  return one;
}

beforeEach(async () => {
  tables = await createTables();
  sessions = new DynamoSessionRepository(tables);
});

describe("noteSeen", () => {
  it("records the last page request, and nothing else", async () => {
    const one = await account({ sessions: { web: session(minute(0), { kind: "web", tokens: [] }) } });
    expect(await sessions.noteSeen(one, "web", minute(7))).toBe(true);
    const expected = { ...one.sessions["web"], lastSeenAt: minute(7) };
    expect(await stored()).toEqual({ ...one, sessions: { web: expected } });
  });

  it("does not bring back a session that has ended", async () => {
    const one = await account();
    expect(await sessions.noteSeen(one, "gone", minute(7))).toBe(false);
    expect(await sessionIds()).toEqual([]);
  });
});

describe("recordAdmission", () => {
  it("records the sign-in and its audit event, in one transaction", async () => {
    await sessions.recordAdmission(await account(), minute(5), sampleEvent());
    expect(tables.requests).toEqual(["TransactWriteItems"]);
    expect(await stored()).toEqual(user({ lastLoginAt: minute(5) }));
    expect(await tables.auditEvents()).toHaveLength(1);
  });

  it.each(["inactive", "deleted"] as const)("refuses an account that is %s by now", async (status) => {
    const before = await account();
    await damage(tables, "USER#ftest", { status });
    await expect(sessions.recordAdmission(before, minute(5), sampleEvent())).rejects.toThrow(
      AdmissionRefused,
    );
    expect(await tables.auditEvents()).toEqual([]);
  });
});

describe("open", () => {
  it("stores session, last sign-in and audit event in one round trip", async () => {
    await sessions.open(await account(), "s1", session(minute(5)), sampleEvent());
    expect(tables.requests).toEqual(["TransactWriteItems"]);
    expect(await stored()).toEqual(user({ lastLoginAt: minute(5), sessions: { s1: session(minute(5)) } }));
    expect(await tables.auditEvents()).toHaveLength(1);
  });

  it("drops the sessions that have ended", async () => {
    const before = await account({
      sessions: { ended: session(minute(0), { expiresAt: minute(10) }), living: session(minute(1)) },
    });
    await sessions.open(before, "new", session(minute(10)), sampleEvent());
    expect(await sessionIds()).toEqual(["living", "new"]);
  });

  it("drops the oldest at the limit, in one round trip", async () => {
    const before = await account({ sessions: several(mostSessions) });
    await sessions.open(before, "new", session(minute(59)), sampleEvent());
    expect(tables.requests).toEqual(["TransactWriteItems"]);
    const ids = await sessionIds();
    expect(ids).toHaveLength(mostSessions);
    expect(ids).toContain("new");
    expect(ids).not.toContain("s0");
  });

  it("loses no parallel session while there is room", async () => {
    const before = await account();
    const opened = await inParallel(mostSessions, (index) =>
      sessions.open(before, `p${index}`, session(minute(index)), sampleEvent()),
    );
    expect(refusalsOf(opened)).toEqual([]);
    expect(await sessionIds()).toHaveLength(mostSessions);
  });

  it("keeps to the limit, also in parallel", async () => {
    const before = await account({ sessions: several(mostSessions - 2) });
    const opened = await inParallel(12, (index) =>
      sessions.open(before, `p${index}`, session(minute(30 + index)), sampleEvent()),
    );
    expect(refusalsOf(opened)).toEqual([]);
    const ids = await sessionIds();
    expect(ids).toHaveLength(mostSessions);
    expect(ids.filter((id) => id.startsWith("p"))).toHaveLength(12);
  });

  it("refuses an account that ended meanwhile", async () => {
    const before = await account();
    await damage(tables, "USER#ftest", { status: "deleted" });
    await expect(sessions.open(before, "s1", session(), sampleEvent())).rejects.toThrow("not-authenticated");
    expect(await tables.auditEvents()).toEqual([]);
  });

  it("refuses a sign-in whose password was changed meanwhile", async () => {
    const before = await account();
    await damage(tables, "USER#ftest", { passwordChangedAt: minute(1) });
    await expect(sessions.open(before, "s1", session(), sampleEvent())).rejects.toThrow("not-authenticated");
    expect(await sessionIds()).toEqual([]);
  });
});

describe("addToken", () => {
  const add = (owner: User, hash: string, minutes = 0, sessionId = "s1") =>
    sessions.addToken(owner, sessionId, { hash, expiresAt: minute(minutes + 15) }, new Date(minute(minutes)));

  it("notes another token in one round trip", async () => {
    await add(await account({ sessions: { s1: session() } }), "second");
    expect(tables.requests).toEqual(["UpdateItem"]);
    expect((await stored()).sessions["s1"]?.tokens).toEqual(["token", "second"]);
  });

  it("drops tokens that have expired, and none that a client may still use", async () => {
    const tokens = ["first", ...Array.from({ length: mostTokens - 1 }, (_, index) => `t${index}`)];
    const tokenEnds = Object.fromEntries(tokens.slice(1).map((token, index) => [token, minute(index + 1)]));
    const before = await account({ sessions: { s1: session(minute(0), { tokens, tokenEnds }) } });
    const refused: unknown = await add(before, "new", 0).catch((error: unknown) => error);
    expect(refused).toMatchObject({ code: "too-many-attempts", retryAfterSeconds: 60 });
    expect((await stored()).sessions["s1"]?.tokens).toEqual(tokens);
    await add(before, "new", 3);
    const { tokens: kept, tokenEnds: ends } = (await stored()).sessions["s1"] ?? {};
    expect(kept).toEqual(["first", ...tokens.slice(3), "new"]);
    expect(Object.keys(ends ?? {})).toEqual(expect.arrayContaining([...tokens.slice(3), "new"]));
    expect(Object.keys(ends ?? {})).toHaveLength(mostTokens - 2);
  });

  it("keeps six tokens of one session, and reads a session from before their ends were stored", async () => {
    const old = session(minute(0), { tokens: ["a", "b", "c", "d", "e"] });
    await add(await account({ sessions: { s1: old } }), "f");
    expect((await stored()).sessions["s1"]?.tokens).toEqual(["a", "b", "c", "d", "e", "f"]);
  });

  it("loses no token that is added in parallel", async () => {
    const before = await account({ sessions: { s1: session() } });
    const added = await inParallel(mostTokens - 1, (index) => add(before, `p${index}`));
    expect(refusalsOf(added)).toEqual([]);
    const expected = Array.from({ length: mostTokens - 1 }, (_, index) => `p${index}`);
    expect([...((await stored()).sessions["s1"]?.tokens ?? [])].sort()).toEqual(
      [...expected, "token"].sort(),
    );
  });

  it("adds a token once, even if its answer was lost and it is added again", async () => {
    const before = await account({ sessions: { s1: session() } });
    await add(before, "second");
    await add(before, "second");
    expect((await stored()).sessions["s1"]?.tokens).toEqual(["token", "second"]);
  });

  it("refuses a session that has ended, and one that never was", async () => {
    const before = await account({ sessions: { s1: session() } });
    await damage(tables, "USER#ftest", { sessions: {} });
    await expect(add(before, "second")).rejects.toThrow("not-authenticated");
    await expect(add(before, "second", 0, "s2")).rejects.toThrow("not-authenticated");
    expect(await sessionIds()).toEqual([]);
  });
});

describe("end", () => {
  it("ends one session, with its audit event, in one round trip", async () => {
    await sessions.end(await account({ sessions: several(2) }), "s0", { mails: [], events: [sampleEvent()] });
    expect(tables.requests).toEqual(["TransactWriteItems"]);
    expect(await sessionIds()).toEqual(["s1"]);
    expect(await tables.auditEvents()).toHaveLength(1);
  });

  it("stores one audit event per end, also for parallel requests", async () => {
    const before = await account({ sessions: several(2) });
    const ended = await inParallel(5, () => sessions.end(before, "s0", consequences()));
    expect(refusalsOf(ended)).toEqual([]);
    expect(await tables.auditEvents()).toHaveLength(1);
  });
});
