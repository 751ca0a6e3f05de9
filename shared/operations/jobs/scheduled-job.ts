import type { Context } from "aws-lambda";
import type { JobRepository } from "../../domain/jobs/ports.ts";
import type { JobName, JobResult } from "../../domain/jobs/result.ts";
import type { Measure } from "../../domain/measurements.ts";
import { instant } from "../../domain/time.ts";
import { logger } from "../../runtime/logging.ts";
import { isDryRun, scheduledTime } from "./scheduled-event.ts";
import { Run } from "./run.ts";

/** A run takes no new entries in its last minute, so that it can finish in order before Lambda ends it. */
const reserveMilliseconds = 60_000;

export interface ScheduledJob {
  readonly name: JobName;
  readonly jobs: JobRepository;
  readonly measure: Measure;
  /** Handles all entries that are due, and lets the run count those that fail. */
  readonly work: (run: Run) => Promise<void>;
  /** The same work on tables that no write reaches. */
  readonly dryWork: (run: Run) => Promise<void>;
}

export type JobHandler = (
  event: unknown,
  context: Pick<Context, "getRemainingTimeInMillis">,
) => Promise<JobResult>;

/**
 * A job as Lambda calls it. Entries that fail are counted in its result and measured for an alarm; any other failure
 * is thrown, so that Lambda tries the job again.
 */
export function scheduledJob({ name, jobs, measure, work, dryWork }: ScheduledJob): JobHandler {
  return async (event, context) => {
    const now = scheduledTime(event);
    const to = instant(now);
    const isDry = isDryRun(event);
    const run = new Run(now, () => context.getRemainingTimeInMillis() > reserveMilliseconds, isDry);
    await (isDry ? dryWork(run) : work(run));
    const { reasons, kept, planned } = run;
    if (planned) return { job: name, from: to, to, ...run.counts(), reasons, kept, planned };
    const before = await jobs.note(name, to, run.failed === 0 && run.left === 0);
    const since = before ?? (run.earliest === null ? to : instant(new Date(run.earliest)));
    const result = {
      job: name,
      from: since < to ? since : to,
      to,
      ...run.counts(),
      reasons: run.reasons,
      kept: run.kept,
    };
    measure("JobEntriesDue", run.due);
    measure("JobEntriesDone", run.done);
    measure("JobEntriesFailed", run.failed);
    if (run.kept.length > 0) measure("JobAccountsKept", run.kept.length);
    logger.info("job done", { result });
    return result;
  };
}
