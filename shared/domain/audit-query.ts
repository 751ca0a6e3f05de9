import type { AuditEvent } from "./audit.ts";
import { addDays, startOfDay } from "./jobs/days.ts";
import { instant, type Instant } from "./time.ts";

/** A search in an organisation's audit trail. Null fields match everything. */
export interface AuditQuery {
  readonly organisationId: string;
  readonly from: Instant | null;
  /** Excludes events at or after this moment. */
  readonly before: Instant | null;
  /** The login name of the actor. */
  readonly actor: string | null;
  /** The subject: a login name, or the id of something else. */
  readonly subject: string | null;
}

export interface AuditPage {
  /** Can be fewer than the limit, or none, because one request reads a limited number of events. */
  readonly events: readonly AuditEvent[];
  /** The cursor of the next page; null on the last page. */
  readonly next: string | null;
}

export interface AuditReader {
  /** Events from newest to oldest, starting after the cursor of the previous page. */
  page(query: AuditQuery, page: { limit: number; after: string | null }): Promise<AuditPage>;
  /** The number of matches among the newest events; one request reads a limited number of events. */
  count(query: AuditQuery): Promise<number>;
}

const isDay = (moment: string) => !moment.includes("T");

/** The first moment of a period that begins on a calendar day or at an instant. */
export function beginning(moment: string): Instant {
  return isDay(moment) ? startOfDay(moment) : instant(new Date(moment));
}

/** The first moment after a period that includes a calendar day, or that ends at an instant. */
export function ending(moment: string): Instant {
  return isDay(moment) ? startOfDay(addDays(moment, 1)) : instant(new Date(moment));
}
