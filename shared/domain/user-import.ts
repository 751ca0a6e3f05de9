import { newAccount, welcomeMail } from "./account.ts";
import { auditEvent, type AuditEvent, type Origin } from "./audit.ts";
import type { HourlyCount } from "./hourly-limit.ts";
import { formatLoginName, loginNameStem } from "./login-name.ts";
import type { Person } from "./person.ts";
import type { Consequences } from "./ports/consequences.ts";
import type { Instant } from "./time.ts";
import type { User } from "./user.ts";

/** The maximum number of users in one import (DESIGN §4, import). */
export const mostImported = 1000;

/** Hours for which a completed import is remembered, so that repeating it changes nothing. */
export const importHours = 24;

/**
 * The states of an import. `reserving`: login names and e-mail addresses are being reserved, no user exists yet.
 * `undoing`: the reservations are being released. `creating`: everything is reserved, so the import will be
 * completed, by another process if necessary. `done`: all users exist.
 */
export const importStates = ["reserving", "undoing", "creating", "done"] as const;
export type ImportState = (typeof importStates)[number];

/** The head of an import's journal, from which an interrupted import is completed or undone. */
export interface UserImport {
  readonly id: string;
  readonly organisationId: string;
  /** A hash of the file, to detect the same idempotency key with another file. */
  readonly fingerprint: string;
  readonly origin: Origin;
  readonly at: Instant;
  readonly state: ImportState;
  /** In the order of the file. */
  readonly rows: readonly ImportedRow[];
}

/** The line of a person in the file, and the login name that they get. */
export interface ImportedRow {
  readonly line: number;
  readonly username: string;
}

/** An imported person with the login name that they get. */
export interface PlannedUser extends Person {
  readonly username: string;
}

/** The account of an imported person, with its mails and audit events. */
export interface ImportedUser {
  readonly user: User;
  readonly consequences: Consequences;
}

/** The progress of an import, in users. */
export interface ImportProgress {
  /** Users whose login name and e-mail address are reserved. */
  readonly reserved: number;
  readonly added: number;
}

/** How an import stands, for the person who began it. */
export type ImportStanding = Pick<UserImport, "state" | "rows"> & ImportProgress;

export interface UserImportRepository {
  /** @returns those of these e-mail addresses that are in use, in their comparable form */
  emailsInUse(emails: readonly string[]): Promise<ReadonlySet<string>>;
  /**
   * The highest number given out for each of these stems; 0 for none.
   * @param wanted the number of names that are needed per stem
   */
  highestLoginNumbers(wanted: ReadonlyMap<string, number>): Promise<ReadonlyMap<string, number>>;
  /** @returns null for an import that was undone, or that was completed longer than `importHours` ago */
  find(id: string, now: Instant): Promise<UserImport | null>;
  /**
   * Stores the journal before any other write of the import.
   * @param counted the welcome mails; null if an earlier attempt of the same request counted them
   * @returns false if there is an import with this id already
   * @throws too-many-attempts
   */
  begin(userImport: UserImport, users: readonly PlannedUser[], counted: HourlyCount | null): Promise<boolean>;
  /** Records a look at a file that adds nobody. @throws too-many-attempts, and then records nothing */
  recordTrial(event: AuditEvent, counted: HourlyCount): Promise<void>;
  /** @throws email-in-use, LoginNameTaken; ImportUndone when another process is undoing this import */
  reserve(userImport: UserImport): Promise<void>;
  /**
   * The point of no return, with the audit event: from here on the import can only be completed. It needs all
   * reservations.
   * @throws ImportUndone; no-new-users if the organisation was closed meanwhile
   */
  accept(userImport: UserImport, event: AuditEvent): Promise<void>;
  /** Adds the users that were not added yet, each with its mails and audit events, and closes the journal. */
  complete(
    userImport: UserImport,
    imported: (user: PlannedUser) => ImportedUser,
    forgottenAt: Instant,
  ): Promise<void>;
  /**
   * Releases the reservations and deletes the journal.
   * @returns false if the import was accepted meanwhile, so that it has to be completed
   */
  undo(userImport: UserImport): Promise<boolean>;
  progress(userImport: UserImport): Promise<ImportProgress>;
  /** The ids of imports that began before a moment and are neither done nor undone. */
  unfinished(before: Instant): Promise<string[]>;
}

/** Another process is undoing this import, or has undone it. */
export class ImportUndone extends Error {}

/** Gives out login names, with consecutive numbers where people share a stem (DESIGN §2, Login names). */
export function importedUsernames(
  people: readonly Pick<Person, "initials" | "lastName">[],
  highest: ReadonlyMap<string, number>,
): string[] {
  const given = new Map(highest);
  return people.map((person) => {
    const stem = loginNameStem(person);
    const number = (given.get(stem) ?? 0) + 1;
    given.set(stem, number);
    return formatLoginName({ stem, number });
  });
}

/** The number of login names that these people need, per stem. */
export function wantedLoginNames(
  people: readonly Pick<Person, "initials" | "lastName">[],
): ReadonlyMap<string, number> {
  const wanted = new Map<string, number>();
  for (const person of people) {
    const stem = loginNameStem(person);
    wanted.set(stem, (wanted.get(stem) ?? 0) + 1);
  }
  return wanted;
}

/** Makes the account of an imported person, the same as if it had been created by hand at that time. */
export function importedUser(
  { id, organisationId, at, origin }: UserImport,
  { username, ...person }: PlannedUser,
  newId: () => string,
): ImportedUser {
  const user = newAccount({ person, username, organisationId, roles: [], createdAt: at });
  const event = auditEvent(newId(), at, origin, {
    organisationId,
    action: "user.created",
    subject: { type: "user", id: username },
    outcome: "done",
    detail: { importId: id },
  });
  return { user, consequences: { mails: [welcomeMail(newId(), user)], events: [event] } };
}

/** The audit event of the import as a whole; each of its users has one as well. */
export function importedEvent(
  { id, organisationId, at, origin, rows }: UserImport,
  eventId: string,
): AuditEvent {
  return auditEvent(eventId, at, origin, {
    organisationId,
    action: "user-import.accepted",
    subject: { type: "user-import", id },
    outcome: "done",
    detail: { users: rows.length },
  });
}
