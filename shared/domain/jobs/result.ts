import type { Instant } from "../time.ts";

export const jobNames = ["warn-password-expiry", "deactivate-inactive"] as const;
export type JobName = (typeof jobNames)[number];

/** The result of a job's run. */
export interface JobResult {
  readonly job: JobName;
  /**
   * The moment up to which earlier runs had done everything. For the first run it is the earliest moment among
   * the entries that were due.
   */
  readonly from: Instant;
  /** The event's time: the run looked at everything that was due by then. */
  readonly to: Instant;
  readonly due: number;
  readonly done: number;
  readonly skipped: number;
  readonly failed: number;
  /** Entries that there was no time for; the next run handles them. */
  readonly left: number;
  /** Numbers of skipped and failed entries, per reason code. */
  readonly reasons: Readonly<Record<string, number>>;
  /** Login names of accounts that should have ended, and stay because nobody can do their work. */
  readonly kept: readonly string[];
  /** What a run would do; there in the result of a dry run alone. */
  readonly planned?: readonly PlannedEntry[];
}

/** An entry of a dry run. */
export interface PlannedEntry {
  /** The kind of due entry, such as `lapse`. */
  readonly what: string;
  readonly organisationId: string;
  readonly username: string | null;
  /** `done` if the run would carry it out, or the reason why not. */
  readonly outcome: string;
}

/** The result of one entry; failures are thrown. */
export type Outcome = "done" | { readonly skipped: string; readonly kept?: true };

export const skipped = (reason: string): Outcome => ({ skipped: reason });

/** The account stays, against the rule that made its entry due. */
export const kept = (reason: string): Outcome => ({ skipped: reason, kept: true });
