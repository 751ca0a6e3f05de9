import type { AuditEvent } from "../audit.ts";
import type { OutboxMail } from "../mail.ts";
import type { CalendarDay, Instant } from "../time.ts";
import type { User } from "../user.ts";
import type { DueEntry, DueKind, Moment, UserEntry } from "./due.ts";

// Every method that reads or writes throws temporarily-unavailable when the store stays busy after retries.

/** The list of due entries. */
export interface DueList {
  /** All entries of a kind from before a moment, oldest first. The index may lag a moment behind. */
  before(kind: DueKind, moment: Moment): Promise<DueEntry[]>;
  /**
   * Moves a user's entry to another place, or removes it.
   * @returns false if another run, or a new entry, changed it since it was read
   */
  replace(entry: UserEntry, next: UserEntry | null): Promise<boolean>;
}

/** The result of a reminder, which is queued only if the account and the organisation still match the entry. */
export type Reminder =
  | { readonly result: "sent" | "no-longer-due" | "sent-before" | "organisation-closed" }
  /** The account no longer matches the entry, or cannot be mailed. `user` is the account as stored now. */
  | { readonly result: "not-to-be-sent"; readonly user: User | null };

interface ReminderOf {
  readonly entry: UserEntry;
  /** The entry's new place; null removes it. */
  readonly next: UserEntry | null;
  readonly mail: OutboxMail;
}

/** Queues mails that announce an event, in one transaction with the change of their due entry. */
export interface ReminderRepository {
  /** Warns an active user whose password ends at `expiresAt`. */
  warn(reminder: ReminderOf & { readonly expiresAt: Instant }): Promise<Reminder>;
  /** Tells a usable account's user, who has not signed in after `since`, that the account will lapse. */
  giveNotice(reminder: ReminderOf & { readonly since: Instant }): Promise<Reminder>;
}

export interface Lapse {
  readonly entry: UserEntry;
  /** The account as `begin` returned it. */
  readonly user: User;
  readonly on: CalendarDay;
  readonly remark: string;
  readonly endedAt: Instant;
  readonly event: AuditEvent;
  /** The id of the organisation's digest, used if this lapse starts one. */
  readonly digestId: string;
  /** True to list the user in the digest; false, once it lists enough, to count them only. */
  readonly named: boolean;
  /** The contract manager who must still be one when this contract manager lapses; null for other accounts. */
  readonly successor: User | null;
  /** The mail to contract managers if the organisation has no active administrator left. */
  readonly mails: readonly OutboxMail[];
}

export interface LapseRepository {
  /**
   * The first step: ends the sessions of an account that was last used before a moment. The update returns the
   * account, which saves a read.
   */
  begin(
    entry: UserEntry,
    unusedBefore: Instant,
  ): Promise<{ readonly lapses: boolean; readonly user: User | null }>;
  /**
   * The second step, in one transaction: status `inactive` with its remark and audit event, sessions and password
   * link ended, e-mail address released, due entry removed, one for retention added, a place in the organisation's
   * digest, and removal from its list of administrators.
   * @returns "changed" if the account changed since `begin` read it, or its successor no longer holds the role
   */
  lapse(lapse: Lapse): Promise<"done" | "no-longer-due" | "changed" | "digest-sealed">;
}

/** Lapsed accounts that the organisation's administrators have to be told of, in one mail. */
export interface LapseDigest {
  readonly id: string;
  readonly organisationId: string;
  /** The first of them, in the order in which they lapsed. */
  readonly usernames: readonly string[];
  /** The total number, including those that are not listed. */
  readonly count: number;
  readonly administrators: readonly string[];
}

/** The administrators of organisations, and the digests that they get. */
export interface AdministratorRepository {
  /** All administrators of an organisation except one user, and those of them who are active. */
  othersThan(organisationId: string, username: string): Promise<{ all: string[]; active: string[] }>;
  /** Seals an organisation's digest, so that its content no longer changes; null if there is none. */
  sealDigest(organisationId: string, at: Instant): Promise<LapseDigest | null>;
  /** Queues the mails of a sealed digest that are not queued yet, and clears the digest. */
  mailDigest(digest: LapseDigest, mails: readonly OutboxMail[]): Promise<void>;
}

export interface RetentionRepository {
  /**
   * In one transaction: erases the personal data and password history of an ended account, with an audit event,
   * and removes its due entry.
   * @returns the account if it has not ended
   */
  erase(
    entry: UserEntry,
    remark: string,
    event: AuditEvent,
  ): Promise<"done" | "no-longer-due" | { readonly user: User | null }>;
}

export interface JobRepository {
  /**
   * Records that a job ran as of `until`; `complete` is true if everything due by then was done.
   * @returns the moment up to which earlier runs had done everything; null if there is none
   */
  note(job: string, until: Instant, complete: boolean): Promise<Instant | null>;
}
