import type { Person } from "./person.ts";
import type { Instant } from "./time.ts";

export const roles = ["organisation-admin", "contract-manager", "service-desk"] as const;
export type Role = (typeof roles)[number];

/** The roles at CIZ, which reach every organisation. */
export const operatorRoles = ["contract-manager", "service-desk"] as const satisfies readonly Role[];

/** @returns true if someone with these roles manages the users of their own organisation */
export function administers(held: readonly Role[]): boolean {
  return held.includes("organisation-admin") || held.includes("contract-manager");
}

export const accountStatuses = ["invited", "active", "inactive", "deleted"] as const;
/** `invited`: no password was accepted yet. An `inactive` or `deleted` account is never usable again (DESIGN §2). */
export type AccountStatus = (typeof accountStatuses)[number];

/** The allowed moves of an account. */
export const accountTransitions: Readonly<Record<AccountStatus, readonly AccountStatus[]>> = {
  invited: ["active", "inactive", "deleted"],
  active: ["inactive", "deleted"],
  inactive: ["deleted"],
  deleted: [],
};

/** @returns true if an account can be signed in to, now or after setting a password */
export function isUsable(status: AccountStatus): boolean {
  return status === "active" || accountTransitions[status].includes("active");
}

export type MailStatus = "ok" | "bounced" | "complained" | "unknown";

/**
 * The changes that feedback on mails can make to an address's status (DESIGN §2, Nothing gets lost). `bounced`
 * and `complained` never become `ok` again; only a new address starts at `unknown`.
 */
export const mailStatusTransitions: Readonly<Record<MailStatus, readonly MailStatus[]>> = {
  unknown: ["ok", "bounced", "complained"],
  ok: ["bounced", "complained"],
  complained: ["bounced"],
  bounced: [],
};

/** @returns false for an address that bounces, or whose owner reported our mail as unwanted */
export function takesMail(status: MailStatus): boolean {
  return status === "ok" || status === "unknown";
}

/** A former address of a user's that mail could not be delivered to, as of when it was changed. */
export interface UndeliverableAddress {
  /** In the form in which addresses are compared. */
  readonly address: string;
  readonly status: "bounced" | "complained";
  readonly changedAt: Instant;
}

/** The newest password link of a user. A newer request replaces it, which revokes it. */
export interface PasswordLink {
  readonly id: string;
  readonly requestedAt: Instant;
  /** The moment that the mail service accepted the mail; null while the mail is in the outbox. */
  readonly sentAt: Instant | null;
  /** The moment that the link stops working; null until it is sent. */
  readonly expiresAt: Instant | null;
  readonly state: "open" | "used" | "revoked";
  /** A hash of the form of ours that used it, so that the same form sent again is told that it worked. */
  readonly usedWith?: string | undefined;
}

/** A signed-in client. Its id is the SHA-256 of a secret that only the client has. */
export interface Session {
  readonly kind: "api" | "web";
  readonly startedAt: Instant;
  readonly expiresAt: Instant;
  /** The last request of a page, to about a minute; absent before the first one and in sessions of the API. */
  readonly lastSeenAt?: Instant | undefined;
  /** SHA-256 of the `jti` of each identity token of this session that may still be valid. */
  readonly tokens: readonly string[];
  /** When tokens end, by that hash. A token that is not in it, such as the first, is kept as long as the session. */
  readonly tokenEnds?: Readonly<Record<string, Instant>> | undefined;
}

export interface User extends Person {
  readonly username: string;
  readonly organisationId: string;
  readonly roles: readonly Role[];
  readonly status: AccountStatus;
  /** The reason that the account was deleted or lapsed. */
  readonly remark: string | null;
  readonly createdAt: Instant;
  readonly lastLoginAt: Instant | null;
  readonly passwordChangedAt: Instant | null;
  readonly passwordExpiresAt: Instant | null;
  readonly mailStatus: MailStatus;
  /** Absent for none; the latest of the last weeks (account-changes.ts). */
  readonly undeliverable?: readonly UndeliverableAddress[] | undefined;
  readonly passwordLink: PasswordLink | null;
  /** Keyed by session id. */
  readonly sessions: Readonly<Record<string, Session>>;
  /** Counts changes of the fields that an administrator can see and edit; also the ETag. */
  readonly version: number;
}

/** The state of a link as people see it, expiry included (DESIGN §4, user). */
export function linkState(link: PasswordLink, now: Instant): "open" | "used" | "expired" | "revoked" {
  if (link.state !== "open") return link.state;
  return link.expiresAt !== null && link.expiresAt <= now ? "expired" : "open";
}
