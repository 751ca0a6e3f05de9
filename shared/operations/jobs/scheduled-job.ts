import type { Context } from "aws-lambda";
import type { JobRepository } from "../../domain/jobs/ports.ts";
import type { JobName, JobResult } from "../../domain/jobs/result.ts";
import type { Measure } from "../../domain/measurements.ts";
import { instant } from "../../domain/time.ts";
import { logger } from "../../runtime/logging.ts";
import { scheduledTime } from "./scheduled-event.ts";
import { Run } from "./run.ts";

/** What a run keeps for finishing in order before Lambda ends it. */
const reserveMilliseconds = 60_000;

export interface ScheduledJob {
  readonly name: JobName;
  readonly jobs: JobRepository;
  readonly measure: Measure;
  /** Deals with all that is due; failures of single entries are the run's to count. */
  readonly work: (run: Run) => Promise<void>;
}

export type JobHandler = (
  event: unknown,
  context: Pick<Context, "getRemainingTimeInMillis">,
) => Promise<JobResult>;

/**
 * A job as Lambda calls it. It throws where it could find out nothing at all, so that it is tried again;
 * entries that failed are in its result, and measured for an alarm.
 */
export function scheduledJob({ name, jobs, measure, work }: ScheduledJob): JobHandler {
  return async (event, context) => {
    const now = scheduledTime(event);
    const to = instant(now);
    const run = new Run(now, () => context.getRemainingTimeInMillis() > reserveMilliseconds);
    await work(run);
    const before = await jobs.note(name, to, run.failed === 0 && run.left === 0);
    const since = before ?? (run.earliest === null ? to : instant(new Date(run.earliest)));
    const result = {
      ...{ job: name, from: since < to ? since : to, to },
      ...run.counts(),
      reasons: run.reasons,
    };
    measure("JobEntriesDue", run.due);
    measure("JobEntriesDone", run.done);
    measure("JobEntriesFailed", run.failed);
    logger.info("job done", { result });
    return result;
  };
}
