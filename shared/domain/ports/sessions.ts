import type { AuditEvent } from "../audit.ts";
import type { Instant } from "../time.ts";
import type { Session, User } from "../user.ts";
import type { Consequences } from "./consequences.ts";

// Every method that reads or writes throws temporarily-unavailable when the store stays busy after retries.

/** A sign-in that counts as failed before the password is checked, so that parallel attempts cannot exceed the limit. */
export interface CountedAttempt {
  readonly username: string;
  /** True for the last attempt that may fail before the lock. */
  readonly last: boolean;
}

/** Slows down guessing by counting failed sign-ins per login name, also for names that do not exist (DESIGN §2). */
export interface SignInGuard {
  /** @throws too-many-attempts while the login name is locked */
  begin(username: string, now: Date): Promise<CountedAttempt>;
  /** The password was wrong: the attempt stays counted, and the last one locks. */
  fail(attempt: CountedAttempt, now: Date): Promise<void>;
  /** The password was right, so all failures are forgotten, also when the admission check refuses the sign-in. */
  clear(username: string): Promise<void>;
}

export interface SessionRepository {
  /**
   * Records a sign-in by another client of the user pool, such as Portero: `lastLoginAt` and the audit event.
   * @throws AdmissionRefused if the account ended meanwhile
   */
  recordAdmission(user: User, at: Instant, event: AuditEvent): Promise<void>;
  /**
   * Records a sign-in in one transaction: the session, `lastLoginAt` and the audit event. Failed attempts are
   * forgotten and ended sessions removed.
   * @throws not-authenticated if the account may no longer sign in
   */
  open(user: User, id: string, session: Session, event: AuditEvent): Promise<void>;
  /** Adds a new identity token to a session. @throws not-authenticated if the session has ended */
  addToken(user: User, sessionId: string, tokenHash: string): Promise<void>;
  /** Records that the session's user requested a page. @returns false if the session has ended */
  noteSeen(user: User, sessionId: string, at: Instant): Promise<boolean>;
  end(user: User, sessionId: string, consequences: Consequences): Promise<void>;
}
