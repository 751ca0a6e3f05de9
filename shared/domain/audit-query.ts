import type { AuditEvent } from "./audit.ts";
import { addDays, startOfDay } from "./jobs/days.ts";
import { instant, type Instant } from "./time.ts";

/** Which events of an organisation's trail are asked for; null: whatever it is. */
export interface AuditQuery {
  readonly organisationId: string;
  readonly from: Instant | null;
  /** Only what was before this moment. */
  readonly before: Instant | null;
  /** The login name of who did it. */
  readonly actor: string | null;
  /** Whom or what it was about: a login name, or the id of something else. */
  readonly subject: string | null;
}

export interface AuditPage {
  /** May be fewer than asked for, or none, where whoever looked for them went far enough for one request. */
  readonly events: readonly AuditEvent[];
  /** Where the next page begins; null on the last. */
  readonly next: string | null;
}

export interface AuditReader {
  /** Events from the newest to the oldest, from where a page before ended. */
  page(query: AuditQuery, page: { limit: number; after: string | null }): Promise<AuditPage>;
  /** Of the newest events of the period, as many as one request may look at. */
  count(query: AuditQuery): Promise<number>;
}

const isDay = (moment: string) => !moment.includes("T");

/** The first moment of a period that begins on a day, or at a moment. */
export function beginning(moment: string): Instant {
  return isDay(moment) ? startOfDay(moment) : instant(new Date(moment));
}

/** The first moment after a period that a day is the last of, or that ends at a moment. */
export function ending(moment: string): Instant {
  return isDay(moment) ? startOfDay(addDays(moment, 1)) : instant(new Date(moment));
}
