import type { Instant } from "../time.ts";

export const jobNames = ["warn-password-expiry", "deactivate-inactive"] as const;
export type JobName = (typeof jobNames)[number];

/** What a run of a job did. */
export interface JobResult {
  readonly job: JobName;
  /**
   * Until when the runs before it had done everything; for the first one, the earliest moment that anything
   * it found counts from.
   */
  readonly from: Instant;
  /** The time of the event: everything that had fallen due by then was looked at. */
  readonly to: Instant;
  readonly due: number;
  readonly done: number;
  readonly skipped: number;
  readonly failed: number;
  /** What there was no time for; the next run does it. */
  readonly left: number;
  /** How many were skipped or failed, by the reason's code. */
  readonly reasons: Readonly<Record<string, number>>;
}

/** What became of one entry; a failure is thrown. */
export type Outcome = "done" | { readonly skipped: string };

export const skipped = (reason: string): Outcome => ({ skipped: reason });
