import { beforeAll, beforeEach, describe, expect, it } from "vitest";
import { organisation } from "../../../support/domain.ts";
import { createTables, type TestTables } from "../../../support/dynamodb.ts";
import { seed } from "../../dynamodb/seed.ts";
import { dyingTables, throttledTables } from "../../../support/dying-tables.ts";
import { fileOf, finishLeftovers, now, sendFile, stateOf } from "./import-api.ts";

/** Three parts: the journal, three reservations, the acceptance, three creations, the end. */
const csv = fileOf(40);
const writes = 9;
const later = new Date(now.getTime() + 10 * 60_000);

async function freshTables(): Promise<TestTables> {
  const tables = await createTables();
  await seed(tables, { organisations: [organisation()] });
  return tables;
}

let whole: Record<string, unknown>;
beforeAll(async () => {
  const tables = await freshTables();
  expect((await sendFile(tables, csv, { key: "k" })).status).toBe(200);
  whole = await stateOf(tables);
});

const nothing = { users: [], entries: 0, due: 0, emails: [], names: [], mails: [], traces: [], journal: [] };

const deaths = Array.from({ length: writes }, (_, write) => write).flatMap((write) =>
  (["is lost", "arrives"] as const).map((last) => ({ write, last })),
);

describe("a run that dies at its n-th write", () => {
  let tables: TestTables;
  beforeEach(async () => {
    tables = await freshTables();
  });

  it.each(deaths)("$write ($last), repeated with its key: same end, same answer", async ({ write, last }) => {
    const broken = await sendFile(dyingTables(tables, write, last), csv, { key: "k" });
    expect(broken.status).toBe(500);
    const repeated = await sendFile(tables, csv, { key: "k", at: later });
    expect(repeated).toMatchObject({ status: 200, body: { dryRun: false, created: 40 } });
    expect(await stateOf(tables)).toEqual(whole);
    expect(await sendFile(tables, csv, { key: "k", at: later })).toEqual(repeated);
    expect(await stateOf(tables)).toEqual(whole);
  });

  it.each(deaths)("$write ($last), not repeated: all of it or nothing", async ({ write, last }) => {
    await sendFile(dyingTables(tables, write, last), csv);
    await finishLeftovers(tables, later);
    const state = await stateOf(tables);
    const accepted = write > 4 || (write === 4 && last === "arrives");
    expect(state).toEqual(accepted ? whole : nothing);
    expect(await finishLeftovers(tables, later)).toEqual({ completed: 0, undone: 0 });
  });

  it("and dies again while it is repeated, several times: same end", async () => {
    for (let round = 0; round < 20; round += 1) {
      await sendFile(dyingTables(tables, round % 4, round % 2 ? "arrives" : "is lost"), csv, { key: "k" });
    }
    expect((await sendFile(tables, csv, { key: "k" })).body.created).toBe(40);
    expect(await stateOf(tables)).toEqual(whole);
  });

  it("if the job is killed too, the next one finishes", async () => {
    await sendFile(dyingTables(tables, 6, "is lost"), csv);
    await expect(finishLeftovers(dyingTables(tables, 1, "arrives"), later)).rejects.toThrow();
    expect(await finishLeftovers(tables, later)).toEqual({ completed: 1, undone: 0 });
    expect(await stateOf(tables)).toEqual(whole);
  });

  it("the job leaves imports alone that may still be running", async () => {
    await sendFile(dyingTables(tables, 3, "is lost"), csv);
    const before = await tables.items();
    expect(await finishLeftovers(tables, new Date(now.getTime() + 60_000))).toEqual({
      completed: 0,
      undone: 0,
    });
    expect(await tables.items()).toEqual(before);
  });
});

describe("a run whose writes are throttled", () => {
  it.each([
    [0, "temporarily-unavailable"],
    [2, "temporarily-unavailable"],
    [5, "import-unfinished"],
    [8, "import-unfinished"],
  ])("from its %i. on says whether anything came of it: %s", async (write, slug) => {
    const tables = await freshTables();
    const answer = await sendFile(throttledTables(tables, write), csv, { key: "k" });
    expect(answer).toMatchObject({ status: 503, body: { type: `urn:portero:problem:${slug}` } });
    await finishLeftovers(tables, later);
    expect(await stateOf(tables)).toEqual(slug === "import-unfinished" ? whole : nothing);
  });
});

describe("one key", () => {
  let tables: TestTables;
  beforeEach(async () => {
    tables = await freshTables();
  });

  it("twice at once: both answer alike, and it is done once", async () => {
    const answers = await Promise.all([1, 2, 3].map(() => sendFile(tables, csv, { key: "k" })));
    expect(answers[0]).toMatchObject({ status: 200, body: { created: 40 } });
    for (const answer of answers) expect(answer).toEqual(answers[0]);
    expect(await stateOf(tables)).toEqual(whole);
  });

  it("with another file: 422, and the first stays as it was", async () => {
    await sendFile(tables, csv, { key: "k" });
    const other = await sendFile(tables, fileOf(2, "other.example"), { key: "k" });
    expect([other.status, other.body.type]).toEqual([422, "urn:portero:problem:idempotency-key-reused"]);
    expect(await stateOf(tables)).toEqual(whole);
  });

  it("of a file that was refused can be used for the corrected file", async () => {
    expect((await sendFile(tables, `${csv}F.,,,,,,,\n`, { key: "k" })).status).toBe(422);
    expect((await sendFile(tables, csv, { key: "k" })).status).toBe(200);
    const { traces, ...rest } = await stateOf(tables);
    const { traces: wanted, ...others } = whole;
    expect(rest).toEqual(others);
    // The refused file left its own audit event.
    expect((traces as string[]).filter((trace) => trace !== "user-import.tried ")).toEqual(wanted);
  });

  it("is forgotten after a day", async () => {
    await sendFile(tables, csv, { key: "k" });
    const nextDay = new Date(now.getTime() + 24 * 3_600_000 + 1000);
    const other = await sendFile(tables, fileOf(2, "other.example"), { key: "k", at: nextDay });
    expect([other.status, other.body.created]).toEqual([200, 2]);
  });
});
