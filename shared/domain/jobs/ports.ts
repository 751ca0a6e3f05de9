import type { AuditEvent } from "../audit.ts";
import type { OutboxMail } from "../mail.ts";
import type { CalendarDay, Instant } from "../time.ts";
import type { User } from "../user.ts";
import type { DueEntry, DueKind, Moment, UserEntry } from "./due.ts";

// Every method that reads or writes throws TemporarilyUnavailable when the store stays busy after retries.

/** The list of what falls due. */
export interface DueList {
  /** All entries of a kind from before a moment, the oldest first. The list may lag a moment behind. */
  before(kind: DueKind, moment: Moment): Promise<DueEntry[]>;
  /**
   * Puts a user's entry in another place, or takes it off.
   * @returns false if it is no longer where it was found, because another run was quicker or it was put anew
   */
  replace(entry: UserEntry, next: UserEntry | null): Promise<boolean>;
}

/** What became of a mail that goes out only as long as everything is as the entry says. */
export type Reminder =
  | { readonly result: "sent" | "no-longer-due" | "sent-before" | "organisation-closed" }
  /** The account is not, or no longer, one to send it to. */
  | { readonly result: "not-to-be-sent"; readonly user: User | null };

interface ReminderOf {
  readonly entry: UserEntry;
  /** Where the entry goes with the mail; null: off the list. */
  readonly next: UserEntry | null;
  readonly mail: OutboxMail;
}

/** Mails that tell users what is about to happen, put in the outbox in one transaction with their entry. */
export interface ReminderRepository {
  /** To an active user whose password ends at `expiresAt`. */
  warn(reminder: ReminderOf & { readonly expiresAt: Instant }): Promise<Reminder>;
  /** To a user, invited or active, who has not signed in after `since`. */
  giveNotice(reminder: ReminderOf & { readonly since: Instant }): Promise<Reminder>;
}

export interface Lapse {
  readonly entry: UserEntry;
  /** As `begin` found it. */
  readonly user: User;
  readonly on: CalendarDay;
  readonly remark: string;
  readonly endedAt: Instant;
  readonly event: AuditEvent;
  /** The id of the organisation's digest, if this begins one. */
  readonly digestId: string;
  /** Whether the digest names it; one that names enough only counts. */
  readonly named: boolean;
  /** To contract managers, if no administrator remains. */
  readonly mails: readonly OutboxMail[];
}

export interface LapseRepository {
  /**
   * The first step: ends the sessions of an account that has not been used since a moment, and tells how it
   * stands, which costs no read.
   */
  begin(
    entry: UserEntry,
    unusedBefore: Instant,
  ): Promise<{ readonly lapses: boolean; readonly user: User | null }>;
  /**
   * In one transaction: `inactive` with remark and trace, sessions and password link ended, e-mail address
   * free, entry off the list, on the list for retention and for the identity provider to be told, in the
   * organisation's digest, and no longer among its administrators.
   * @returns "changed" if the account is no longer as `begin` found it
   */
  lapse(lapse: Lapse): Promise<"done" | "no-longer-due" | "changed" | "digest-sealed">;
}

/** Accounts that have lapsed and of which an organisation's administrators have not been told. */
export interface LapseDigest {
  readonly id: string;
  readonly organisationId: string;
  /** The first of them, in the order in which they lapsed. */
  readonly usernames: readonly string[];
  /** How many there are in all. */
  readonly count: number;
  readonly administrators: readonly string[];
}

/** Who administer organisations. */
export interface AdministratorRepository {
  /** Everyone but one who administers an organisation, and who of them is active. */
  othersThan(organisationId: string, username: string): Promise<{ all: string[]; active: string[] }>;
  /** Closes an organisation's digest, so that what it says no longer changes; null if there is none. */
  sealDigest(organisationId: string, at: Instant): Promise<LapseDigest | null>;
  /** Puts the mails of a sealed digest in the outbox, unless they are there, and clears it. */
  mailDigest(digest: LapseDigest, mails: readonly OutboxMail[]): Promise<void>;
}

export interface RetentionRepository {
  /**
   * In one transaction: personal data and former passwords of an account that has ended are gone, with a
   * trace, and its entry is off the list.
   * @returns the account's state if it has not ended
   */
  erase(
    entry: UserEntry,
    remark: string,
    event: AuditEvent,
  ): Promise<"done" | "no-longer-due" | { readonly user: User | null }>;
}

export interface JobRepository {
  /**
   * Notes that a job has run as of a moment, and whether everything up to then has been done.
   * @returns until when the runs before it had done everything; null if none ever had
   */
  note(job: string, until: Instant, complete: boolean): Promise<Instant | null>;
}
