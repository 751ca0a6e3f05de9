import type { AuditEvent } from "./audit.ts";
import type { MailOutcome, MailState, OutboxMail } from "./mail.ts";
import type { Organisation, OrganisationEntry } from "./organisation.ts";
import type { Person } from "./person.ts";
import type { Instant } from "./time.ts";
import type { DirectoryEntry, UserQuery } from "./user-search.ts";
import type { MailStatus, Role, Session, User } from "./user.ts";

// Every method that reads or writes throws temporarily-unavailable when the store stays busy after retries.

/** Items that are committed in the same transaction as a change: its mails and its audit events. */
export interface Consequences {
  readonly mails: readonly OutboxMail[];
  readonly events: readonly AuditEvent[];
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

export interface Page<T> {
  readonly items: readonly T[];
  /** The number of items on all pages together. */
  readonly total: number;
  /** The cursor of the next page; null on the last page. */
  readonly next: string | null;
}

export interface Member {
  readonly user: User;
  readonly organisation: Organisation;
}

/** The fields of a user that contract managers need when they change an organisation's data. */
export const organisationMemberFields = [
  "username",
  "initials",
  "infix",
  "lastName",
  "email",
  "status",
  "roles",
] as const satisfies readonly (keyof User)[];

export type OrganisationMember = Pick<User, (typeof organisationMemberFields)[number]>;

export interface OrganisationRepository {
  find(id: string): Promise<Organisation | null>;
  /** A new organisation number, as text. A number is never given out twice. */
  nextId(): Promise<string>;
  /**
   * Stores an organisation and its first administrator; reserves AGB code, login name and e-mail address.
   * @throws agb-code-in-use, email-in-use; LoginNameTaken when another request took the name meanwhile
   */
  register(organisation: Organisation, administrator: User, consequences: Consequences): Promise<void>;
  /** All organisations, ordered by id. */
  entries(): Promise<OrganisationEntry[]>;
  /** The organisations that exist among these ids, in the order of the ids. */
  findAll(ids: readonly string[]): Promise<Organisation[]>;
  /**
   * Stores changed data if the organisation still is as it was read. A new AGB code is reserved and the former
   * one released.
   * @throws agb-code-in-use; precondition-failed when it was changed meanwhile
   */
  change(before: Organisation, after: Organisation, consequences: Consequences): Promise<void>;
  /** All users of an organisation, in any state. */
  members(id: string): Promise<OrganisationMember[]>;
}

export interface UserRepository {
  find(organisationId: string, username: string): Promise<User | null>;
  /** A user with their organisation, in one strongly consistent round trip; null if either is missing. */
  findMember(organisationId: string, username: string): Promise<Member | null>;
  /** The organisation of the account that has this login name, or had it before it ended. */
  locate(username: string): Promise<string | null>;
  /** The highest number given out for a stem; 0 for none. Login names are never released, so the next one is free. */
  highestLoginNumber(stem: string): Promise<number>;
  /**
   * Stores a new user if the organisation exists; reserves login name and e-mail address.
   * @throws email-in-use; not-found without the organisation; LoginNameTaken when another request took the name
   */
  create(user: User, consequences: Consequences): Promise<void>;
  /**
   * Stores changed data if the account still is as it was read. A new e-mail address is reserved and the former
   * one released; links that were sent to the former address are revoked.
   * @returns the account after the change
   * @throws email-in-use; precondition-failed when the account was changed or ended meanwhile
   */
  edit(before: User, person: Person, consequences: Consequences): Promise<User>;
  /**
   * Deletes an account: status `deleted` with its remark, sessions and password link ended, e-mail address
   * released, due entries for retention and for telling the identity provider.
   * @returns the account after the deletion
   * @throws already-deleted; NoLongerEntitled; temporarily-unavailable when the successor lost their role
   */
  delete(deletion: Deletion): Promise<User>;
}

export interface Deletion {
  /** The account as it was read. Changes that others made since do not stop the deletion. */
  readonly user: User;
  readonly remark: string;
  readonly at: Instant;
  /** The deleter and the role that allows it. They must still hold it at commit (see NoLongerEntitled). */
  readonly by: RoleHolder;
  /** Another user who must still hold their role at commit; null if nobody needs to. */
  readonly successor: RoleHolder | null;
  readonly consequences: Consequences;
}

/** An active user and one of their roles. */
export interface RoleHolder {
  readonly user: User;
  readonly role: Role;
}

/** The caller lost the role that the operation needs, or their account, after the request came in. */
export class NoLongerEntitled extends Error {}

/** Lists of an organisation's users; strongly consistent. Methods throw not-found without the organisation. */
export interface UserDirectory {
  /** @param after the `next` of the page before */
  list(
    organisationId: string,
    query: UserQuery,
    page: { readonly limit: number; readonly after: string | null },
  ): Promise<Page<User>>;
  /** All users that a query finds, in its order. */
  all(organisationId: string, query: UserQuery): Promise<User[]>;
  /** The searchable fields of all users. */
  entries(organisationId: string): Promise<DirectoryEntry[]>;
}

/** Another request took the login name between choosing and storing it: choose again. */
export class LoginNameTaken extends Error {}

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

/** The account and link that a link's secret belongs to. */
export interface LinkReference {
  readonly organisationId: string;
  readonly username: string;
  readonly linkId: string;
}

export interface LinkAllowance {
  /** True if neither the login name nor the source address has reached its limit. */
  readonly allowed: boolean;
  /** Seconds until the next request is allowed; 0 if it is allowed now. */
  readonly retryAfterSeconds: number;
  /** The organisation of the login name; null if no account has it. */
  readonly organisationId: string | null;
}

export interface PasswordLinkRepository {
  /** Reads both limits and the login name's organisation in one round trip. */
  allowance(username: string, address: string, now: Date): Promise<LinkAllowance>;
  /**
   * Counts a request for a link. If there is a recipient, the link becomes their newest one and its mail is
   * queued. It is one transaction, with the same number of calls for known and unknown login names.
   * @throws too-many-attempts when parallel requests reached the limit meanwhile
   */
  request(request: {
    username: string;
    address: string;
    now: Date;
    /** Null if no account may get a link. */
    link: { user: User; linkId: string } | null;
    consequences: Consequences;
  }): Promise<void>;
  /**
   * Makes a link that an administrator requested the user's newest one, and queues its mail. It counts against a
   * limit of its own, not against that of the user's own requests.
   * @throws too-many-attempts; account-not-usable when the account or the organisation can get no link
   */
  order(order: { user: User; linkId: string; now: Date; consequences: Consequences }): Promise<void>;
  find(secretHash: string): Promise<LinkReference | null>;
  /**
   * Stores the hash of a new secret and makes the link usable until `expiresAt`.
   * @returns false if the link is no longer the user's newest one
   */
  mint(link: LinkReference, secretHash: string, at: Instant, expiresAt: Instant): Promise<boolean>;
}

/**
 * A lock on an account while its password is being set: from before Cognito is called until the result is
 * recorded. One password is set at a time, so what we record is what Cognito was told last (docs/adr/0028).
 */
export interface PasswordClaim {
  /** The account as it was when the password was judged. */
  readonly user: User;
  /** The link that is used; null for a signed-in user, who gave their current password. */
  readonly linkId: string | null;
  readonly at: Instant;
}

/** Derived hashes of the current password and earlier ones, newest first, with one salt per user. */
export interface PasswordHistory {
  readonly salt: Uint8Array;
  readonly hashes: readonly Uint8Array[];
}

export interface PasswordRepository {
  findHistory(organisationId: string, username: string): Promise<PasswordHistory | null>;
  /**
   * Locks an account to set its password. A claim from before `staleBefore` was never finished and is replaced.
   * @throws link-expired when the link can no longer be used, or is being used at this moment; not-authenticated
   * when, without a link, the account has ended; temporarily-unavailable when another password is being set, or
   * was set since this one was judged
   */
  claim(claim: PasswordClaim, staleBefore: Instant): Promise<void>;
  /** Releases a claim after a failure, so that the password can be set later. */
  release(claim: PasswordClaim): Promise<void>;
  /**
   * Records an accepted password as of the claim: status, expiry, history, the link as used, all sessions but
   * `keepSession` ended, the claim removed. A newer link that was requested meanwhile stays open. Failed sign-ins
   * are forgotten, because somebody who can read the user's mail is not the one who guesses.
   * @throws link-expired, or without a link not-authenticated, when the claim was lost or the account has ended
   */
  recordAccepted(accepted: {
    claim: PasswordClaim;
    expiresAt: Instant;
    history: PasswordHistory;
    keepSession: string | null;
    consequences: Consequences;
  }): Promise<void>;
}

export interface MailOutbox {
  find(id: string): Promise<{ mail: OutboxMail; state: MailState } | null>;
  /** Records the outcome of a queued mail; a mail that has an outcome keeps it. */
  settle(id: string, outcome: MailOutcome): Promise<void>;
}

/** Records how mail to users' addresses fares. */
export interface MailStatusRepository {
  /** The user who has this address now; null if nobody has. */
  findByEmail(email: string): Promise<User | null>;
  /**
   * Records the mail status of a user's address, with its audit event.
   * @returns false if the user has another address by now, if the status is already as bad or worse, or if the
   * audit event is stored already
   */
  record(user: User, status: MailStatus, event: AuditEvent | null): Promise<boolean>;
}

export interface AuditTrail {
  /** Stores an event of an act that changes nothing else, such as a refused sign-in. */
  append(event: AuditEvent): Promise<void>;
}

/** The store of passwords. Methods throw temporarily-unavailable when it does not answer. */
export interface IdentityProvider {
  /**
   * Checks a password and returns tokens. The token trigger has then run the admission check.
   * @param username null for text that cannot be a login name, which costs the same call
   * @throws invalid-credentials; AdmissionRefused if the admission check refused; AccountDisabled
   */
  signIn(username: string | null, password: string): Promise<IssuedTokens>;
  /** @throws invalid-credentials; AdmissionRefused */
  refresh(username: string, refreshToken: string): Promise<IssuedTokens>;
  /** Sets the password; the first password also creates the account at the provider. */
  setPassword(user: User, password: string): Promise<void>;
  /** Blocks all sign-ins with this login name. A login name that never had a password needs no call. */
  disable(username: string): Promise<void>;
  /** Revokes a login name's tokens where the provider supports it. Our own session check does not rely on it. */
  revokeTokens(username: string): Promise<void>;
}

/** The password was right, but the admission check refused. Call `admit` for the reason. */
export class AdmissionRefused extends Error {}

/** Cognito rejects disabled accounts without checking the password, so it may have been right or wrong. */
export class AccountDisabled extends Error {}

export interface IssuedTokens {
  readonly idToken: string;
  /** Null when refreshing. */
  readonly refreshToken: string | null;
  readonly username: string;
  /** The `jti` claim of the identity token. */
  readonly jti: string;
  /** The claim that the admission check added. */
  readonly organisationId: string;
  readonly expiresInSeconds: number;
}

/** A mail in its final form. */
export interface MailMessage {
  readonly to: { readonly name: string; readonly address: string };
  readonly subject: string;
  readonly html: string;
  readonly text: string;
  readonly attachments?: readonly MailAttachment[];
}

export interface MailAttachment {
  /** ASCII, without quotes or separators. */
  readonly fileName: string;
  readonly mediaType: "application/pdf";
  readonly content: Uint8Array;
}

export interface MailService {
  /**
   * @returns the message id that the service gave
   * @throws MailRefused when no retry can help; a retry may help after any other error
   */
  send(message: MailMessage): Promise<string>;
}

/** The mail service will never accept this mail. */
export class MailRefused extends Error {}
