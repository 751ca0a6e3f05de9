import type { Instant } from "../time.ts";

/** An instant or a calendar day. As text, a day sorts before all instants of that day. */
export type Moment = string;

/**
 * The kinds of due entries, and the moment that each is sorted by. The settings at the time of the job decide how
 * long before or after that moment something is done.
 *
 * - `password-expiry`: the end of the password; the user was not warned yet.
 * - `password-warning`: the day of the next warning; `about` is the end of the password.
 * - `inactivity`: the moment since which the account is not known to have been used.
 * - `lapse`: the same, after the user was told that the account will lapse.
 * - `retention`: the moment that the account was deleted or lapsed.
 * - `unfinished`: the day that work was left which a job has to complete.
 */
export const dueKinds = [
  "password-expiry",
  "password-warning",
  "inactivity",
  "lapse",
  "retention",
  "unfinished",
] as const;
export type DueKind = (typeof dueKinds)[number];

/** An entry in the list of due work. A job moves or removes it when the work is done. */
export interface DueEntry {
  readonly kind: DueKind;
  readonly organisationId: string;
  /** Null for an entry of the organisation itself: a digest that was not mailed yet. */
  readonly username: string | null;
  readonly at: Moment;
  readonly about: Instant | null;
}

/** A due entry of a user. */
export type UserEntry = DueEntry & { readonly username: string };

export const concernsUser = (entry: DueEntry): entry is UserEntry => entry.username !== null;
