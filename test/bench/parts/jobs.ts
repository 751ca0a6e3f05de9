import { budgets } from "../budgets.ts";
import { jobs as names, measureJobs, type Job, type JobFigures } from "../jobs.ts";
import type { Part } from "../report.ts";

const sizes = [10_000, 100_000] as const;
const dueCounts = [50, 3_000] as const;

/** The reads, time and memory of jobs, by the number of users who are due and who are not. */
export const jobs: Part = {
  title: "scheduled jobs, by the emulator's consumed capacity",
  run: async ({ figure, progress }) => {
    const found = new Map<string, JobFigures>();
    for (const notDue of sizes) {
      for (const due of dueCounts) {
        progress(`${due} due among ${notDue}`);
        const measured = await measureJobs({ notDue, due }, { apart: true });
        for (const job of names) found.set(key(job, due, notDue), measured[job]);
      }
    }
    const of = (job: Job, due: number, notDue: number) => found.get(key(job, due, notDue))!;
    for (const job of names) {
      for (const due of dueCounts) {
        const budget = due === 50 ? budgets.jobs.unitsEachOf50 : budgets.jobs.unitsEachOf3000;
        for (const notDue of sizes) {
          const { result, readUnits, milliseconds, megabytes } = of(job, due, notDue);
          const among = `${job}, ${due} due among ${notDue.toLocaleString("en")}`;
          if (result.done !== due) throw new Error(`${among}: ${JSON.stringify(result)}`);
          figure({ what: among, value: readUnits / due, unit: "read units each", budget });
          figure({ what: `${among}, time`, value: milliseconds / 1000, unit: "s", kind: "time" });
          figure({ what: `${among}, memory`, value: megabytes ?? NaN, unit: "MB", kind: "time" });
        }
        const [few, many] = sizes.map((notDue) => of(job, due, notDue).readUnits) as [number, number];
        const what = `${job}, ${due} due, reads among ten times as many`;
        figure({ what, value: many / few, unit: "×", budget: budgets.jobs.growth });
      }
    }
    const scans = [...found.values()].flatMap(({ requests }) => requests.filter((name) => name === "Scan"));
    figure({ what: "Scans, of all runs", value: scans.length, unit: "calls", budget: 0 });
  },
};

const key = (job: Job, due: number, notDue: number) => `${job} ${due} ${notDue}`;
