import { newAccount, welcomeMail } from "./account.ts";
import { auditEvent, type AuditEvent, type Origin } from "./audit.ts";
import { formatLoginName, loginNameStem } from "./login-name.ts";
import type { Person } from "./person.ts";
import type { Consequences } from "./ports.ts";
import type { Instant } from "./time.ts";
import type { User } from "./user.ts";

/** How many users can be imported at a time (DESIGN §4, import). */
export const mostImported = 1000;

/** How long an import that has been carried out is remembered, so that repeating it changes nothing. */
export const importHours = 24;

/**
 * What an import goes through. `reserving`: login names and e-mail addresses are being reserved, nobody has
 * been added. `undoing`: they are being given back. `creating`: everything is reserved, so it will be finished,
 * if need be by another process. `done`: all users are there.
 */
export const importStates = ["reserving", "undoing", "creating", "done"] as const;
export type ImportState = (typeof importStates)[number];

/** What is kept of an import as a whole: the journal by which a broken one is finished or undone. */
export interface UserImport {
  readonly id: string;
  readonly organisationId: string;
  /** Stands for the file, so that the same key with another file is noticed. */
  readonly fingerprint: string;
  readonly origin: Origin;
  readonly at: Instant;
  readonly state: ImportState;
  /** In the order of the file. */
  readonly rows: readonly ImportedRow[];
}

/** Where a person stands in the file, and the login name they get. */
export interface ImportedRow {
  readonly line: number;
  readonly username: string;
}

/** A person of an import, with the login name they get. */
export interface PlannedUser extends Person {
  readonly username: string;
}

/** What a user of an import is when they are stored, and what follows from it. */
export interface ImportedUser {
  readonly user: User;
  readonly consequences: Consequences;
}

/** How far an import has come, in users. */
export interface ImportProgress {
  /** Whose login name and e-mail address are reserved. */
  readonly reserved: number;
  readonly added: number;
}

/** How an import stands, for the person who began it. */
export type ImportStanding = Pick<UserImport, "state" | "rows"> & ImportProgress;

export interface UserImportRepository {
  /** Which of these e-mail addresses are in use, in the form in which they are compared. */
  emailsInUse(emails: readonly string[]): Promise<ReadonlySet<string>>;
  /**
   * The highest number given out for each of these stems; 0 for none.
   * @param wanted how many names of each stem are wanted
   */
  highestLoginNumbers(wanted: ReadonlyMap<string, number>): Promise<ReadonlyMap<string, number>>;
  /** Null for one that has been undone, or was carried out longer than `importHours` ago. */
  find(id: string, now: Instant): Promise<UserImport | null>;
  /**
   * Notes what is to be done before any of it is done.
   * @returns false if there is an import with this id
   */
  begin(userImport: UserImport, users: readonly PlannedUser[]): Promise<boolean>;
  /** @throws email-in-use, LoginNameTaken; ImportUndone when another process is giving up this import */
  reserve(userImport: UserImport): Promise<void>;
  /**
   * The point of no return, with its trace: only an import that has everything reserved gets here.
   * @throws ImportUndone
   */
  accept(userImport: UserImport, event: AuditEvent): Promise<void>;
  /** Adds whoever has not been added yet, each with what follows from it, and closes the journal. */
  complete(
    userImport: UserImport,
    imported: (user: PlannedUser) => ImportedUser,
    forgottenAt: Instant,
  ): Promise<void>;
  /**
   * Gives back what was reserved and forgets the import.
   * @returns false if it was accepted meanwhile, and so has to be completed
   */
  undo(userImport: UserImport): Promise<boolean>;
  progress(userImport: UserImport): Promise<ImportProgress>;
  /** The ids of imports that began before a moment and have not come to their end. */
  unfinished(before: Instant): Promise<string[]>;
}

/** Another process gives this import up, or has done so. */
export class ImportUndone extends Error {}

/** Login names for people, consecutive where several share a stem (DESIGN §2, Login names). */
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

/** How many login names of each stem these people need. */
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

/** The account of an imported person, as if it had been made by hand at the time of the import. */
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

/** The trace of an import as a whole; each of its users has one as well. */
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
