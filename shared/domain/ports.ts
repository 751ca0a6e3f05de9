import type { AuditEvent } from "./audit.ts";
import type { MailOutcome, MailState, OutboxMail } from "./mail.ts";
import type { Organisation, OrganisationEntry } from "./organisation.ts";
import type { Person } from "./person.ts";
import type { Instant } from "./time.ts";
import type { DirectoryEntry, UserQuery } from "./user-search.ts";
import type { MailStatus, Role, Session, User } from "./user.ts";

// Every method that reads or writes throws TemporarilyUnavailable when the store stays busy after retries.

/** What is written with a change, in its transaction: the mails it causes and the trace it leaves. */
export interface Consequences {
  readonly mails: readonly OutboxMail[];
  readonly events: readonly AuditEvent[];
  /** The answer to whoever repeats the request. */
  readonly kept?: KeptAnswer;
}

/** The answer to a request that its sender may repeat; only they can read it (shared/http/idempotency.ts). */
export interface KeptAnswer {
  /** Stands for the caller, the route and the key that they gave. */
  readonly id: string;
  /** Stands for what was asked. */
  readonly fingerprint: string;
  readonly sealed: Uint8Array;
  readonly keptAt: Instant;
  readonly expiresAt: Instant;
}

export interface KeptAnswers {
  /** Null for one that has expired, too. */
  find(id: string, now: Instant): Promise<KeptAnswer | null>;
}

/** A request with this key has been answered: there is an answer to give again, or another request's. */
export class AlreadyAnswered extends Error {}

export interface Page<T> {
  readonly items: readonly T[];
  /** How many there are in all. */
  readonly total: number;
  /** Where the next page begins; null on the last. */
  readonly next: string | null;
}

export interface Member {
  readonly user: User;
  readonly organisation: Organisation;
}

/** What CIZ needs to know of the users of an organisation whose data it changes. */
export type OrganisationMember = Pick<
  User,
  "username" | "initials" | "infix" | "lastName" | "email" | "status" | "roles"
>;

export interface OrganisationRepository {
  find(id: string): Promise<Organisation | null>;
  /** A number never given before, as text. */
  nextId(): Promise<string>;
  /**
   * Stores an organisation and its first administrator, AGB code, login name and e-mail address reserved.
   * @throws agb-code-in-use, email-in-use; LoginNameTaken when another took the name meanwhile
   */
  register(organisation: Organisation, administrator: User, consequences: Consequences): Promise<void>;
  /** Every organisation, in the order of their ids. */
  entries(): Promise<OrganisationEntry[]>;
  /** Those of these ids that there are, in their order. */
  findAll(ids: readonly string[]): Promise<Organisation[]>;
  /**
   * Stores an organisation whose data were changed, if it still is as it was; another AGB code is reserved and
   * the one before it given back.
   * @throws agb-code-in-use; precondition-failed when it was changed meanwhile
   */
  change(before: Organisation, after: Organisation, consequences: Consequences): Promise<void>;
  /** Every user of an organisation, whatever their status. */
  members(id: string): Promise<OrganisationMember[]>;
}

export interface UserRepository {
  find(organisationId: string, username: string): Promise<User | null>;
  /** A user with their organisation in one round trip, strongly consistent; null if either is missing. */
  findMember(organisationId: string, username: string): Promise<Member | null>;
  /** The organisation of whoever has, or ever had, this login name. */
  locate(username: string): Promise<string | null>;
  /** The highest number given out for a stem; 0 for none. Names are never given back, so the next is free. */
  highestLoginNumber(stem: string): Promise<number>;
  /**
   * Stores a new user, login name and e-mail address reserved, if the organisation is there.
   * @throws email-in-use; not-found without the organisation; LoginNameTaken when another took the name meanwhile
   */
  create(user: User, consequences: Consequences): Promise<void>;
  /**
   * Stores an account whose data were changed, if it still is as it was. Another e-mail address is reserved and
   * the one before it given back; links that went to that one are revoked.
   * @returns the account as it is now
   * @throws email-in-use; precondition-failed when it was changed meanwhile, or has come to its end
   */
  edit(before: User, person: Person, consequences: Consequences): Promise<User>;
  /**
   * Ends an account for good: `deleted` with its remark, sessions and password link ended, e-mail address free,
   * on the list for retention and for the identity provider to be told.
   * @returns the account as it is now
   * @throws already-deleted; NoLongerEntitled; temporarily-unavailable when the successor is one no longer
   */
  delete(deletion: Deletion): Promise<User>;
}

export interface Deletion {
  /** As it was read; whatever changed since is deleted all the same. */
  readonly user: User;
  readonly remark: string;
  readonly at: Instant;
  /** Who deletes it, and by which of their roles: they must still have it. */
  readonly by: RoleHolder;
  /** Who must still have their role as well, if anyone. */
  readonly successor: RoleHolder | null;
  readonly consequences: Consequences;
}

/** Somebody who is active, and has a role. */
export interface RoleHolder {
  readonly user: User;
  readonly role: Role;
}

/** Whoever does something has lost the role for it, or their account, since the request came in. */
export class NoLongerEntitled extends Error {}

/** Reads an organisation's users as lists; strongly consistent. Methods throw NotFound without the organisation. */
export interface UserDirectory {
  /** @param after the `next` of the page before */
  list(
    organisationId: string,
    query: UserQuery,
    page: { readonly limit: number; readonly after: string | null },
  ): Promise<Page<User>>;
  /** Everyone that a query finds, in its order. */
  all(organisationId: string, query: UserQuery): Promise<User[]>;
  /** Of everyone, what lists are made of. */
  entries(organisationId: string): Promise<DirectoryEntry[]>;
}

/** Another request took the login name between choosing and storing it: choose again. */
export class LoginNameTaken extends Error {}

/** A sign-in that was counted as failed before it was tried, so that many at once cannot slip through. */
export interface CountedAttempt {
  readonly username: string;
  /** Whether it is the last that may fail before the lock. */
  readonly last: boolean;
}

/** Slows down guessing: failed sign-ins on a login name, whether or not anyone has it (DESIGN §2). */
export interface SignInGuard {
  /** @throws too-many-attempts while the login name is locked */
  begin(username: string, now: Date): Promise<CountedAttempt>;
  /** The password was wrong: the attempt stays counted, and the last one locks. */
  fail(attempt: CountedAttempt, now: Date): Promise<void>;
  /** The password was right, whatever the doorkeeper says: nothing stays counted. */
  clear(username: string): Promise<void>;
}

export interface SessionRepository {
  /**
   * For sign-ins of other clients of the user pool, such as Portero's: `lastLoginAt` and the trace.
   * @throws AdmissionRefused if the account has come to its end meanwhile
   */
  recordAdmission(user: User, at: Instant, event: AuditEvent): Promise<void>;
  /**
   * A sign-in in one transaction: the session, `lastLoginAt` and the trace; failures are forgotten and ended
   * sessions dropped.
   * @throws not-authenticated if the account may no longer come in
   */
  open(user: User, id: string, session: Session, event: AuditEvent): Promise<void>;
  /** Notes another identity token of a session. @throws not-authenticated if the session has ended */
  addToken(user: User, sessionId: string, tokenHash: string): Promise<void>;
  /** Notes that a page was asked for in a session. @returns false if the session has ended */
  noteSeen(user: User, sessionId: string, at: Instant): Promise<boolean>;
  end(user: User, sessionId: string, consequences: Consequences): Promise<void>;
}

/** What is known of a link by its secret's hash. */
export interface LinkReference {
  readonly organisationId: string;
  readonly username: string;
  readonly linkId: string;
}

export interface LinkAllowance {
  /** Whether both login name and source address may ask again. */
  readonly allowed: boolean;
  /** In how many seconds they may, if not. */
  readonly retryAfterSeconds: number;
  /** The organisation of the login name, if anyone has it. */
  readonly organisationId: string | null;
}

export interface PasswordLinkRepository {
  /** Counts of recent asks for a login name and from an address, with the name's organisation: one round trip. */
  allowance(username: string, address: string, now: Date): Promise<LinkAllowance>;
  /**
   * Counts an ask and, where there is a user to send it to, makes the link the user's newest, with its mail.
   * One transaction, the same number of calls for known and unknown login names.
   * @throws too-many-attempts when others asked meanwhile and the limit is reached
   */
  request(ask: {
    username: string;
    address: string;
    now: Date;
    /** Null: nobody to send anything to. */
    link: { user: User; linkId: string } | null;
    consequences: Consequences;
  }): Promise<void>;
  /**
   * Makes a link the user's newest that someone who looks after users asked for, with its mail. It counts for
   * the user, but not with what anyone may ask for.
   * @throws too-many-attempts; account-not-usable when account or organisation can get none
   */
  order(order: { user: User; linkId: string; now: Date; consequences: Consequences }): Promise<void>;
  find(secretHash: string): Promise<LinkReference | null>;
  /**
   * Stores the hash of a freshly minted secret and makes the link usable until `expiresAt`.
   * @returns false if the link is no longer the user's newest
   */
  mint(link: LinkReference, secretHash: string, at: Instant, expiresAt: Instant): Promise<boolean>;
}

/**
 * The hold that whoever sets a password has on the account, from before Cognito is told of it until it is recorded,
 * so that one password at a time is set, and what is recorded is what Cognito was told last (docs/adr/0028).
 */
export interface PasswordClaim {
  /** As it was when the password was judged. */
  readonly user: User;
  /** The link that is redeemed; null for somebody who is signed in and knows their password. */
  readonly linkId: string | null;
  readonly at: Instant;
}

/** Derived forms of the current password and those before it, newest first, under one salt per user. */
export interface PasswordHistory {
  readonly salt: Uint8Array;
  readonly hashes: readonly Uint8Array[];
}

export interface PasswordRepository {
  findHistory(organisationId: string, username: string): Promise<PasswordHistory | null>;
  /**
   * Takes hold of an account to set its password. A claim from before `staleBefore` never finished, and can be
   * taken over.
   * @throws link-expired when the link can no longer be used, or is being used at this moment; not-authenticated
   * when, without a link, the account has ended; TemporarilyUnavailable when another password is being set, or was
   * set since this one was judged
   */
  claim(claim: PasswordClaim, staleBefore: Instant): Promise<void>;
  /** Gives a claim back after a failure, so that the password can be set after all. */
  release(claim: PasswordClaim): Promise<void>;
  /**
   * Records an accepted password, as of the claim: status, expiry, history, link used up (which a newer one that was
   * asked for meanwhile is not), all sessions ended but `keepSession`, failed sign-ins forgotten (whoever reads the
   * user's mail is not who guesses), claim gone.
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
  /** Notes what became of a queued mail; one that has an outcome keeps it. */
  settle(id: string, outcome: MailOutcome): Promise<void>;
}

/** What is known of the addresses that mail goes to. */
export interface MailStandings {
  /** Whoever has the address now; null if nobody does any more. */
  findByEmail(email: string): Promise<User | null>;
  /**
   * Notes on a user how mail to their address fares, with its trace.
   * @returns false if they have another address by now, if something as bad or worse is known of it, or if the
   * trace is in the trail already
   */
  note(user: User, status: MailStatus, event: AuditEvent | null): Promise<boolean>;
}

export interface AuditTrail {
  /** For acts that change nothing else, such as a refused sign-in. */
  append(event: AuditEvent): Promise<void>;
}

/** Where passwords are kept. Methods throw TemporarilyUnavailable when it does not answer. */
export interface IdentityProvider {
  /**
   * Checks a password and returns tokens; the token trigger has then admitted the user.
   * @param username null for a name that can be none, which costs the same call
   * @throws SignInRefused with `invalid-credentials`; AdmissionRefused if the doorkeeper refused; AccountDisabled
   */
  signIn(username: string | null, password: string): Promise<IssuedTokens>;
  /** @throws SignInRefused, AdmissionRefused */
  refresh(username: string, refreshToken: string): Promise<IssuedTokens>;
  /** Sets the password, creating the account if it is the first one. */
  setPassword(user: User, password: string): Promise<void>;
  /** Lets nobody in with this login name any more; one that never had a password is left alone. */
  disable(username: string): Promise<void>;
  /** Revokes the tokens of a login name as far as the provider can; our own check of sessions does not need it. */
  revokeTokens(username: string): Promise<void>;
}

/** The password was right, but the doorkeeper refused; ask it why. */
export class AdmissionRefused extends Error {}

/** The account is shut at the identity provider, which may not have looked at the password at all. */
export class AccountDisabled extends Error {}

export interface IssuedTokens {
  readonly idToken: string;
  /** Null when refreshing. */
  readonly refreshToken: string | null;
  readonly username: string;
  /** The token's `jti`, and the organisation that the doorkeeper put in. */
  readonly jti: string;
  readonly organisationId: string;
  readonly expiresInSeconds: number;
}

/** One mail, ready to hand to the mail service. */
export interface MailMessage {
  readonly to: { readonly name: string; readonly address: string };
  readonly subject: string;
  readonly html: string;
  readonly text: string;
  readonly attachments?: readonly MailAttachment[];
}

export interface MailAttachment {
  /** In ASCII, without quotes or separators. */
  readonly fileName: string;
  readonly mediaType: "application/pdf";
  readonly content: Uint8Array;
}

export interface MailService {
  /**
   * @returns the service's message id
   * @throws MailRefused for good; any other error: worth trying again
   */
  send(message: MailMessage): Promise<string>;
}

/** The mail service will never take this mail. */
export class MailRefused extends Error {}
