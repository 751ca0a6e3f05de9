import type { Person } from "./person.ts";
import type { Instant } from "./time.ts";

export const roles = ["organisation-admin", "contract-manager", "service-desk"] as const;
export type Role = (typeof roles)[number];

export const accountStatuses = ["invited", "active", "inactive", "deleted"] as const;
/** `invited`: no password accepted yet. `inactive` and `deleted` are final. */
export type AccountStatus = (typeof accountStatuses)[number];

/** The moves an account can make; what is not here cannot happen. */
export const accountTransitions: Readonly<Record<AccountStatus, readonly AccountStatus[]>> = {
  invited: ["active", "inactive", "deleted"],
  active: ["inactive", "deleted"],
  inactive: [],
  deleted: [],
};

/** Whether an account can be signed in to, now or after setting a password. */
export function isUsable(status: AccountStatus): boolean {
  return accountTransitions[status].length > 0;
}

export type MailStatus = "ok" | "bounced" | "complained" | "unknown";

/** The newest password link of a user; asking for another replaces it, which revokes this one. */
export interface PasswordLink {
  readonly id: string;
  readonly requestedAt: Instant;
  /** When the mail with the link went to the mail service; null while it waits in the outbox. */
  readonly sentAt: Instant | null;
  /** When it stops working; null until it is sent. */
  readonly expiresAt: Instant | null;
  readonly state: "open" | "claimed" | "used" | "revoked";
  /** When a redemption took hold of it; one that never finished gives it back after a while. */
  readonly claimedAt: Instant | null;
}

/** One signed-in client. Its id is the SHA-256 of a secret that only the client has. */
export interface Session {
  readonly kind: "api" | "web";
  readonly startedAt: Instant;
  readonly expiresAt: Instant;
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
  if (link.state === "used" || link.state === "revoked") return link.state;
  return link.expiresAt !== null && link.expiresAt <= now ? "expired" : "open";
}
