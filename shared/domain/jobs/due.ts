import type { Instant } from "../time.ts";

/** An instant, or the calendar day that it would begin with: both in the order of time as text. */
export type Moment = string;

/**
 * What users fall due for, and the moment that an entry of each kind stands under. Settings decide how long
 * after it (or before it) something is done, as they are on the day itself.
 *
 * - `password-expiry`: when the password ends; nobody has been warned yet.
 * - `password-warning`: the day of the next warning; `about` is when the password ends.
 * - `inactivity`: since when the account is not known to have been used.
 * - `lapse`: the same, of an account whose user has been told that it will lapse.
 * - `retention`: when the account was deleted or lapsed.
 * - `unfinished`: the day on which something was left that has to be brought to its end.
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

/** One place in the list of what falls due; put elsewhere or taken off when it has been dealt with. */
export interface DueEntry {
  readonly kind: DueKind;
  readonly organisationId: string;
  /** Null for what concerns the organisation: a digest that has not been mailed. */
  readonly username: string | null;
  readonly at: Moment;
  readonly about: Instant | null;
}

/** An entry that concerns a user. */
export type UserEntry = DueEntry & { readonly username: string };

export const concernsUser = (entry: DueEntry): entry is UserEntry => entry.username !== null;
