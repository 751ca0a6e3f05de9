import { isDomainError } from "../../domain/errors.ts";
import type { DueEntry } from "../../domain/jobs/due.ts";
import type { Outcome, PlannedEntry } from "../../domain/jobs/result.ts";
import { describeError, logger } from "../../runtime/logging.ts";

/** A long run logs its progress after this many entries. */
const progressEvery = 500;

/** One run of a job: its clock, its time limit, and the outcome of each entry that was due. */
export class Run {
  /** The event's time: the job's only clock. */
  readonly now: Date;
  readonly reasons: Record<string, number> = {};
  /** Login names of accounts that were due to end and stay. */
  readonly kept: string[] = [];
  /** Each entry with its outcome, in a dry run; null in a run that acts. */
  readonly planned: PlannedEntry[] | null;
  due = 0;
  done = 0;
  skipped = 0;
  failed = 0;
  left = 0;
  /** The earliest moment at which an entry of this run was due. */
  earliest: string | null = null;
  readonly #hasTime: () => boolean;

  /** @param hasTime false when there is no time for more; the next run does what is left */
  constructor(now: Date, hasTime: () => boolean, isDry = false) {
    this.now = now;
    this.#hasTime = hasTime;
    this.planned = isDry ? [] : null;
  }

  /** Handles entries one after another; one that fails does not stop the others. */
  async each<E extends DueEntry>(
    entries: readonly E[],
    handle: (entry: E) => Promise<Outcome>,
  ): Promise<void> {
    for (const entry of entries) {
      this.due += 1;
      if (this.earliest === null || entry.at < this.earliest) this.earliest = entry.at;
      if (this.#hasTime()) await this.#one(entry, handle);
      else this.left += 1;
      if (this.due % progressEvery === 0) logger.info("job under way", { ...this.counts() });
    }
  }

  /** Counts a failure outside the due list, such as a digest that could not be mailed. */
  fail(error: unknown, organisationId: string): void {
    this.due += 1;
    this.#failed(error, { organisationId });
  }

  counts() {
    const { due, done, skipped, failed, left } = this;
    return { due, done, skipped, failed, left };
  }

  async #one<E extends DueEntry>(entry: E, handle: (entry: E) => Promise<Outcome>): Promise<void> {
    const { kind, organisationId, username } = entry;
    try {
      const outcome = await handle(entry);
      const said = outcome === "done" ? outcome : outcome.skipped;
      this.planned?.push({ what: kind, organisationId, username, outcome: said });
      if (outcome === "done") this.done += 1;
      else {
        this.skipped += 1;
        this.#count(outcome.skipped);
        if (outcome.kept) this.#keep(username);
      }
    } catch (error) {
      this.#failed(error, { kind, organisationId, username });
    }
  }

  #keep(username: string | null): void {
    logger.warn("the account stays although it is due to end", { username });
    if (username !== null) this.kept.push(username);
  }

  #failed(error: unknown, about: Record<string, unknown>): void {
    this.failed += 1;
    this.#count(isDomainError(error) ? error.code : "unexpected");
    logger.error("not done; the next run tries again", { ...about, ...describeError(error) });
  }

  #count(reason: string): void {
    this.reasons[reason] = (this.reasons[reason] ?? 0) + 1;
  }
}
