import type { Instant } from "../time.ts";
import type { User } from "../user.ts";
import type { Consequences } from "./consequences.ts";

// Every method that reads or writes throws temporarily-unavailable when the store stays busy after retries.

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

export interface ReminderAllowance extends Omit<LinkAllowance, "organisationId"> {
  /** The user who has the address; null if none has. */
  readonly holder: { readonly organisationId: string; readonly username: string } | null;
}

/** Mails that name the login name that belongs to an e-mail address. */
export interface LoginNameReminders {
  /** Reads both limits and the holder of the address in one round trip. */
  allowance(email: string, address: string, now: Date): Promise<ReminderAllowance>;
  /**
   * Counts a request and commits its consequences, in one transaction with as many writes for unknown addresses.
   * @throws too-many-attempts when parallel requests reached the limit meanwhile
   */
  request(request: { email: string; address: string; now: Date; consequences: Consequences }): Promise<void>;
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
   * @param order.by must still be allowed to send this user links at commit
   * @throws too-many-attempts; account-not-usable when the account or the organisation can get no link;
   * mail-not-deliverable; not-allowed when the user got a role that outranks `by`
   */
  order(order: {
    user: User;
    by: User;
    linkId: string;
    now: Date;
    consequences: Consequences;
  }): Promise<void>;
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
  /** True while the account has a claim that is not from before `staleBefore`. */
  isClaimed(user: User, staleBefore: Instant): Promise<boolean>;
  /** Releases a claim after a failure, so that the password can be set later. */
  release(claim: PasswordClaim): Promise<void>;
  /**
   * Records an accepted password as of the claim: status, expiry, history, the link as used and any other as revoked,
   * all sessions but `keepSession` ended, the claim removed. Failed sign-ins are forgotten, because somebody who can
   * read the user's mail is not the one who guesses.
   * @throws link-expired, or without a link not-authenticated, when the claim was lost or the account has ended
   */
  recordAccepted(accepted: {
    claim: PasswordClaim;
    expiresAt: Instant;
    history: PasswordHistory;
    keepSession: string | null;
    /** The browser or session whose own count of failures is forgotten too (SignInSubject). */
    device?: string | null;
    /** Tells the form that used up the link from others (PasswordLink). */
    usedWith?: string | null;
    consequences: Consequences;
  }): Promise<void>;
}
