import type { Organisation } from "./organisation.ts";
import type { Settings } from "./settings.ts";
import { daysBetween, instant, plusMinutes, type Instant } from "./time.ts";
import type { Session, User } from "./user.ts";

export const refusalReasons = [
  "invalid-credentials",
  "organisation-closed",
  "account-inactive",
  "password-expired",
] as const;
export type RefusalReason = (typeof refusalReasons)[number];

export type Admission =
  { readonly admitted: true } | { readonly admitted: false; readonly reason: RefusalReason };

const refuse = (reason: RefusalReason): Admission => ({ admitted: false, reason });

/**
 * The admission check: decides every sign-in and refresh after the right password was given (DESIGN §3). A
 * deleted account gets the same answer as a login name that never existed.
 */
export function admit(user: User | null, organisation: Organisation | null, now: Date): Admission {
  if (!user || !organisation || user.status === "deleted") return refuse("invalid-credentials");
  if (organisation.status === "closed") return refuse("organisation-closed");
  if (user.status === "inactive") return refuse("account-inactive");
  if (user.status === "invited" || user.passwordExpiresAt === null) return refuse("invalid-credentials");
  if (user.passwordExpiresAt <= instant(now)) return refuse("password-expired");
  return { admitted: true };
}

/**
 * @returns true if a session has not expired and access was not closed since it began. Sessions from before a
 * closure stay ended after the reopening (DESIGN §2, Sanctions).
 */
export function sessionStands(
  session: Pick<Session, "startedAt" | "expiresAt">,
  { reopenedAt }: Pick<Organisation, "reopenedAt">,
  now: Date,
): boolean {
  return session.expiresAt > instant(now) && (reopenedAt === null || session.startedAt >= reopenedAt);
}

/** @returns true if the user requested no page for so long that they may have left the computer */
export function isIdle(
  { startedAt, lastSeenAt = startedAt }: Pick<Session, "startedAt" | "lastSeenAt">,
  now: Date,
  { idleMinutes }: Pick<Settings, "idleMinutes">,
): boolean {
  return plusMinutes(lastSeenAt, idleMinutes) <= instant(now);
}

/** The end of a password, the calendar days until then, and true if the user is to be warned (DESIGN §2, Expiry). */
export interface PasswordExpiry {
  readonly expiresAt: Instant;
  readonly daysLeft: number;
  readonly warning: boolean;
}

export function passwordExpiry(
  expiresAt: Instant,
  now: Date,
  settings: Pick<Settings, "passwordWarningDays">,
): PasswordExpiry {
  const daysLeft = Math.max(0, daysBetween(now, expiresAt));
  return { expiresAt, daysLeft, warning: daysLeft <= settings.passwordWarningDays };
}

/** The claims that Portero relies on (docs/identity-token.md); none of them comes from Cognito. */
export interface PorteroClaims {
  readonly organisationId: string;
  readonly agbCode: string;
  readonly profile: string;
  readonly applicationTypes: readonly string[];
  readonly identityCheckedBy: string;
  readonly roles: readonly string[];
}

/** The admission check refused, so Cognito issues no token. The message is a code that Cognito passes on. */
export class SignInNotAdmitted extends Error {
  constructor(reason: RefusalReason | "refresh-by-other-client") {
    super(reason);
    this.name = "SignInNotAdmitted";
  }
}

/** Decides whether Cognito may issue tokens, and with which claims. @throws SignInNotAdmitted */
export type AdmitSignIn = (attempt: {
  username: string;
  organisationId: string;
  /** True for sign-ins by other clients of the pool, such as Portero: the token trigger alone sees and records them. */
  record: boolean;
}) => Promise<PorteroClaims>;
