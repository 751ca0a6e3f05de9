import { beforeAll, describe, expect, it } from "vitest";
import { jobs, measureJobs, type JobFigures } from "../../../bench/jobs.ts";
import { budgets } from "../../../bench/budgets.ts";

/*
 * The budgets of DESIGN §7 for reads of the jobs, by the emulator's consumed capacity. Their cost must follow the
 * number of entries that are due, not the number of users.
 */

type Sizes = Record<"few" | "fewAmongMany" | "many", Awaited<ReturnType<typeof measureJobs>>>;
let measurements: Promise<Sizes> | undefined;

/** Once for both jobs. */
function everything(): Promise<Sizes> {
  measurements ??= (async () => ({
    few: await measureJobs({ notDue: 1_000, due: 50 }, { apart: false }),
    fewAmongMany: await measureJobs({ notDue: 10_000, due: 50 }, { apart: false }),
    many: await measureJobs({ notDue: 7_000, due: 3_000 }, { apart: false }),
  }))();
  return measurements;
}

describe.each(jobs)("reads of the job to %s", (job) => {
  let few: JobFigures;
  let fewAmongMany: JobFigures;
  let many: JobFigures;
  beforeAll(async () => {
    const all = await everything();
    [few, fewAmongMany, many] = [all.few[job], all.fewAmongMany[job], all.many[job]];
  });

  it("deal with everyone who is due", () => {
    for (const { result } of [few, fewAmongMany])
      expect(result).toMatchObject({ due: 50, done: 50, failed: 0 });
    expect(many.result).toMatchObject({ due: 3_000, done: 3_000, failed: 0 });
  });

  it("are at most 0.1 units for each of 50 who are due", () => {
    expect(few.readUnits).toBeGreaterThan(0);
    expect(fewAmongMany.readUnits / 50).toBeLessThanOrEqual(budgets.jobs.unitsEachOf50);
  });

  it("are at most 0.02 units for each of 3,000 who are due", () => {
    expect(many.readUnits / 3_000).toBeLessThanOrEqual(budgets.jobs.unitsEachOf3000);
  });

  it("grow by less than 5 % when users who are not due grow tenfold", () => {
    expect(fewAmongMany.readUnits / few.readUnits).toBeLessThan(budgets.jobs.growth);
  });

  it("use no Scan", () => {
    const requests = [few, fewAmongMany, many].flatMap((one) => one.requests);
    expect(new Set(requests.filter((name) => /Scan|Get/.test(name)))).toEqual(new Set());
  });
});
