import type { AuditEvent } from "../audit.ts";
import type { HourlyCount } from "../hourly-limit.ts";
import type { OutboxMail } from "../mail.ts";
import type { Instant } from "../time.ts";

/** Items that are committed in the same transaction as a change: its mails and its audit events. */
export interface Consequences {
  readonly mails: readonly OutboxMail[];
  readonly events: readonly AuditEvent[];
  /** The change's part of a limit per hour; over the limit it is refused with `too-many-attempts`. */
  readonly counted?: HourlyCount;
  /** The answer for a client that repeats the request with the same idempotency key. */
  readonly kept?: KeptAnswer;
}

/** The stored answer to a request with an idempotency key; only its sender can read it (shared/http/idempotency.ts). */
export interface KeptAnswer {
  /** A hash of the caller, the route and the idempotency key. */
  readonly id: string;
  /** A hash of the request's content, to tell a repeat from another request with the same key. */
  readonly fingerprint: string;
  readonly sealed: Uint8Array;
  readonly keptAt: Instant;
  readonly expiresAt: Instant;
}

export interface KeptAnswers {
  /** @returns null for an expired answer as well */
  find(id: string, now: Instant): Promise<KeptAnswer | null>;
}

/** A request with this idempotency key was answered before, either this request or another one. */
export class AlreadyAnswered extends Error {}
