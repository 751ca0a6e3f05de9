import { DomainError } from "../../domain/errors.ts";
import { passwordExpiry, type PasswordExpiry } from "../../domain/admission.ts";
import { auditEvent, type Origin } from "../../domain/audit.ts";
import type { Measure } from "../../domain/measurements.ts";
import type {
  CountedAttempt,
  SessionRepository,
  SignInGuard,
  SignInSubject,
} from "../../domain/ports/sessions.ts";
import type { Settings } from "../../domain/settings.ts";
import { instant, plusHours, type Clock } from "../../domain/time.ts";
import type { Session, User } from "../../domain/user.ts";
import { secretHash } from "../../domain/secret-hash.ts";
import { takeBack } from "./authenticate-password.ts";
import { newSessionSecret } from "./session-token.ts";

export interface OpenSessionDependencies {
  readonly sessions: Pick<SessionRepository, "open">;
  readonly guard: Pick<SignInGuard, "takeBack">;
  readonly measure: Measure;
  readonly settings: Settings;
  readonly clock: Clock;
  readonly newId: () => string;
}

export interface OpenedSession {
  /** Kept by the client; only its hash is stored. */
  readonly secret: string;
  readonly user: User;
  readonly passwordExpiry: PasswordExpiry;
}

/**
 * Opens a session for a user whose password is right and who passed the admission check.
 * @param subject whose failed sign-ins are forgotten; an attempt is taken off the count if no session can be opened
 */
export async function openSession(
  kind: Session["kind"],
  {
    user,
    tokens,
    subject,
  }: { user: User; tokens: readonly string[]; subject: SignInSubject | CountedAttempt },
  origin: Origin,
  { sessions, guard, measure, settings, clock, newId }: OpenSessionDependencies,
): Promise<OpenedSession> {
  if (user.passwordExpiresAt === null) throw new DomainError("invalid-credentials");
  const now = clock();
  const at = instant(now);
  const { organisationId, username } = user;
  const secret = newSessionSecret();
  const session = { kind, startedAt: at, expiresAt: plusHours(now, settings.sessionHours), tokens };
  const event = auditEvent(
    newId(),
    at,
    { ...origin, actor: { username, organisationId } },
    {
      organisationId,
      action: "session.opened",
      subject: { type: "user", id: username },
      outcome: "done",
      detail: { kind },
    },
  );
  try {
    await sessions.open(user, secretHash(secret), session, event, subject);
  } catch (error) {
    if ("id" in subject) await takeBack(subject, guard);
    throw error;
  }
  measure("SignIns", 1);
  return {
    secret,
    user: { ...user, lastLoginAt: at },
    passwordExpiry: passwordExpiry(user.passwordExpiresAt, now, settings),
  };
}
