import type { AuditEvent } from "../audit.ts";
import type { Instant } from "../time.ts";
import type { Session, User } from "../user.ts";
import type { Consequences } from "./consequences.ts";

// Every method that reads or writes throws temporarily-unavailable when the store stays busy after retries.

/** The one whose failed sign-ins are counted together. */
export interface SignInSubject {
  readonly username: string;
  /**
   * A browser or session that proved to be this user's, with a count of its own; null for the count that all others
   * share. Strangers who keep the shared one locked do not keep its owner out.
   */
  readonly device: string | null;
}

/** The count of a subject, which also knows where the user is. */
interface Located extends SignInSubject {
  /** The user's organisation, if they signed in or set a password in the last months. */
  readonly organisationId: string | null;
}

/** A sign-in that counts as failed before the password is checked, so that parallel attempts cannot exceed the limit. */
export interface CountedAttempt extends Located {
  readonly id: string;
  /** True for the last attempt that may fail before the lock. */
  readonly last: boolean;
}

export interface SignInLock extends Located {
  /** Milliseconds since 1970. */
  readonly lockedUntil: number;
  /** True once an audit event tells of an attempt during this lock. */
  readonly recorded: boolean;
}

/** Slows down guessing by counting failed sign-ins, also for names that do not exist (DESIGN §2). */
export interface SignInGuard {
  /** Counts an attempt, unless its subject is locked. */
  begin(subject: SignInSubject, now: Date): Promise<CountedAttempt | SignInLock>;
  /** The password was wrong: the attempt stays counted, and the last one locks. */
  fail(attempt: CountedAttempt, now: Date): Promise<void>;
  /** Nobody looked at the password: takes this attempt off the count, and no other. */
  takeBack(attempt: CountedAttempt): Promise<void>;
  /** The password was right, so all failures are forgotten, also when the admission check refuses the sign-in. */
  clear(subject: SignInSubject): Promise<void>;
  /** Adds the event of an attempt during a lock, unless the lock has one: attempts during a lock leave one in all. */
  recordRefusal(lock: SignInLock, event: AuditEvent): Promise<void>;
}

export interface SessionRepository {
  /**
   * Records a sign-in by another client of the user pool, such as Portero: `lastLoginAt` and the audit event.
   * @throws AdmissionRefused if the account ended meanwhile
   */
  recordAdmission(user: User, at: Instant, event: AuditEvent): Promise<void>;
  /**
   * Records a sign-in in one transaction: the session, `lastLoginAt` and the audit event. Failed attempts of the
   * subject are forgotten and ended sessions removed.
   * @param subject the count that all share if left out
   * @throws not-authenticated if the account may no longer sign in
   */
  open(user: User, id: string, session: Session, event: AuditEvent, subject?: SignInSubject): Promise<void>;
  /**
   * Adds a new identity token to a session, and removes those that have expired.
   * @throws not-authenticated if the session has ended; too-many-attempts while it has too many live tokens
   */
  addToken(
    user: User,
    sessionId: string,
    token: { readonly hash: string; readonly expiresAt: Instant },
    now: Date,
  ): Promise<void>;
  /** Records that the session's user requested a page. @returns false if the session has ended */
  noteSeen(user: User, sessionId: string, at: Instant): Promise<boolean>;
  end(user: User, sessionId: string, consequences: Consequences): Promise<void>;
}
