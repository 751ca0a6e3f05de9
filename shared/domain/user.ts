import type { Person } from "./person.ts";
import type { Instant } from "./time.ts";

export const roles = ["organisation-admin", "contract-manager", "service-desk"] as const;
export type Role = (typeof roles)[number];

/** Whether someone with these roles looks after the users of their own organisation. */
export function administers(held: readonly Role[]): boolean {
  return held.includes("organisation-admin") || held.includes("contract-manager");
}

export const accountStatuses = ["invited", "active", "inactive", "deleted"] as const;
/** `invited`: no password accepted yet. Nothing leads back from `inactive` and `deleted` (DESIGN §2). */
export type AccountStatus = (typeof accountStatuses)[number];

/** The moves an account can make; what is not here cannot happen. */
export const accountTransitions: Readonly<Record<AccountStatus, readonly AccountStatus[]>> = {
  invited: ["active", "inactive", "deleted"],
  active: ["inactive", "deleted"],
  inactive: ["deleted"],
  deleted: [],
};

/** Whether an account can be signed in to, now or after setting a password. */
export function isUsable(status: AccountStatus): boolean {
  return status === "active" || accountTransitions[status].includes("active");
}

export type MailStatus = "ok" | "bounced" | "complained" | "unknown";

/**
 * What feedback on mails can make of what is known of an address (DESIGN §2, Nothing gets lost). Nothing leads
 * back from the last two: only another address begins anew, at `unknown`.
 */
export const mailStatusTransitions: Readonly<Record<MailStatus, readonly MailStatus[]>> = {
  unknown: ["ok", "bounced", "complained"],
  ok: ["bounced", "complained"],
  complained: ["bounced"],
  bounced: [],
};

/** Whether mail may go to an address: not where it bounces, nor to whoever called it unwanted. */
export function takesMail(status: MailStatus): boolean {
  return status === "ok" || status === "unknown";
}

/** The newest password link of a user; asking for another replaces it, which revokes this one. */
export interface PasswordLink {
  readonly id: string;
  readonly requestedAt: Instant;
  /** When the mail with the link went to the mail service; null while it waits in the outbox. */
  readonly sentAt: Instant | null;
  /** When it stops working; null until it is sent. */
  readonly expiresAt: Instant | null;
  readonly state: "open" | "used" | "revoked";
}

/** One signed-in client. Its id is the SHA-256 of a secret that only the client has. */
export interface Session {
  readonly kind: "api" | "web";
  readonly startedAt: Instant;
  readonly expiresAt: Instant;
  /** When a page was last asked for in it, give or take a minute; absent before that, and for the interface. */
  readonly lastSeenAt?: Instant | undefined;
  /** SHA-256 of the `jti` of each identity token that belongs to it and may still be valid. */
  readonly tokens: readonly string[];
}

export interface User extends Person {
  readonly username: string;
  readonly organisationId: string;
  readonly roles: readonly Role[];
  readonly status: AccountStatus;
  /** Why an account was deleted, or the system's reason for its lapse. */
  readonly remark: string | null;
  readonly createdAt: Instant;
  readonly lastLoginAt: Instant | null;
  readonly passwordChangedAt: Instant | null;
  readonly passwordExpiresAt: Instant | null;
  readonly mailStatus: MailStatus;
  readonly passwordLink: PasswordLink | null;
  /** By session id. */
  readonly sessions: Readonly<Record<string, Session>>;
  /** Counts changes of what an administrator can see and edit; the ETag. */
  readonly version: number;
}

/** How a link stands for those who look at it, expiry included (DESIGN §4, user). */
export function linkState(link: PasswordLink, now: Instant): "open" | "used" | "expired" | "revoked" {
  if (link.state !== "open") return link.state;
  return link.expiresAt !== null && link.expiresAt <= now ? "expired" : "open";
}
