import { beforeAll, describe, expect, it } from "vitest";
import type { JobResult } from "../../../shared/domain/jobs/result.ts";
import { organisation } from "../../support/domain.ts";
import { startDynamoDb } from "../../support/dynamodb.ts";
import { World, type Account } from "./world.ts";

/*
 * What the jobs read, by the emulator's consumed capacity: the budgets of DESIGN §7. Jobs cost what is due, not
 * what exists.
 */

const time = "2026-11-22T05:00:00Z";
const organisationIds = Array.from({ length: 10 }, (_, index) => String(index + 2));

/** Of each hundred users of the due ones: warned of their password's end, told of their lapse, or lapsing. */
function accounts(notDue: number, due: number): Account[] {
  const of = (index: number) => organisationIds[index % organisationIds.length]!;
  const resting = Array.from({ length: notDue }, (_, index) => ({
    ...{ username: `fresting${index + 2}`, organisationId: of(index) },
    ...{ createdAt: "2026-09-22T10:00:00.000Z", passwordExpiresAt: "2026-12-22T10:00:00.000Z" },
  }));
  const busy = Array.from({ length: due }, (_, index) => ({
    ...{ username: `fdue${index + 2}`, organisationId: of(index) },
    ...{ createdAt: "2026-05-20T10:00:00.000Z", passwordExpiresAt: "2026-12-06T10:00:00.000Z" },
  }));
  const administrators = organisationIds.map((organisationId) => ({
    ...{ username: `boss${organisationId}`, organisationId, roles: ["organisation-admin"] as const },
    ...{ createdAt: "2026-09-22T10:00:00.000Z", passwordExpiresAt: "2026-12-22T10:00:00.000Z" },
  }));
  return [...resting, ...busy, ...administrators];
}

interface Measured {
  readonly result: JobResult;
  readonly readUnits: number;
  readonly requests: readonly string[];
}

async function measured(world: World, run: () => Promise<JobResult>): Promise<Measured> {
  world.tables.forget();
  world.readUnits = 0;
  const result = await run();
  return { result, readUnits: world.readUnits, requests: [...world.tables.requests] };
}

async function measureBoth(
  endpoint: string,
  notDue: number,
  due: number,
): Promise<{ warn: Measured; deactivate: Measured }> {
  const world = await World.create(endpoint);
  const organisations = organisationIds.map((id) => organisation({ id, agbCode: null }));
  await world.seed(organisations, accounts(notDue, due));
  const warn = await measured(world, () => world.warn(time));
  const deactivate = await measured(world, () => world.deactivate(time));
  for (const { result } of [warn, deactivate]) expect(result).toMatchObject({ due, done: due, failed: 0 });
  return { warn, deactivate };
}

describe.each(["warn", "deactivate"] as const)("reads of the job to %s", (job) => {
  let few: Measured;
  let fewAmongMany: Measured;
  let many: Measured;
  beforeAll(async () => {
    const all = await everything();
    [few, fewAmongMany, many] = [all.few[job], all.fewAmongMany[job], all.many[job]];
  });

  it("are at most 0.1 units for each of 50 who are due", () => {
    expect(few.readUnits).toBeGreaterThan(0);
    expect(fewAmongMany.readUnits / 50).toBeLessThanOrEqual(0.1);
  });

  it("are at most 0.02 units for each of 3,000 who are due", () => {
    expect(many.readUnits / 3_000).toBeLessThanOrEqual(0.02);
  });

  it("grow by less than 5 % when users who are not due grow tenfold", () => {
    expect(fewAmongMany.readUnits / few.readUnits).toBeLessThan(1.05);
  });

  it("know no Scan", () => {
    const requests = [few, fewAmongMany, many].flatMap((one) => one.requests);
    expect(new Set(requests.filter((name) => /Scan|Get/.test(name)))).toEqual(new Set());
  });
});

type All = Record<"few" | "fewAmongMany" | "many", Awaited<ReturnType<typeof measureBoth>>>;
let measurements: Promise<All> | undefined;

/** Once for both jobs, and on a DynamoDB of its own: writing that many users takes a while. */
async function everything(): Promise<All> {
  measurements ??= (async () => {
    const { endpoint, stop } = await startDynamoDb();
    const few = await measureBoth(endpoint, 1_000, 50);
    const fewAmongMany = await measureBoth(endpoint, 10_000, 50);
    const many = await measureBoth(endpoint, 7_000, 3_000);
    await stop();
    return { few, fewAmongMany, many };
  })();
  return measurements;
}
