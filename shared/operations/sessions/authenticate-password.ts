import { DomainError, isDomainError, isSignInRefusal, tooManyAttempts } from "../../domain/errors.ts";
import { admit } from "../../domain/admission.ts";
import { auditEvent, type AuditEvent, type Origin } from "../../domain/audit.ts";
import { formatLoginName, parseLoginName } from "../../domain/login-name.ts";
import type { AuditTrail } from "../../domain/ports/audit-trail.ts";
import {
  AccountDisabled,
  AdmissionRefused,
  type IdentityProvider,
  type IssuedTokens,
} from "../../domain/ports/identity-provider.ts";
import type { CountedAttempt, SignInGuard, SignInLock } from "../../domain/ports/sessions.ts";
import type { Member, UserRepository } from "../../domain/ports/users.ts";
import { instant, type Clock } from "../../domain/time.ts";
import { isUsable } from "../../domain/user.ts";
import { describeError, logger } from "../../runtime/logging.ts";

export interface AuthenticationDependencies {
  readonly guard: SignInGuard;
  readonly identityProvider: Pick<IdentityProvider, "signIn" | "enable">;
  readonly users: Pick<UserRepository, "locate" | "findMember">;
  readonly auditTrail: AuditTrail;
  readonly clock: Clock;
  readonly newId: () => string;
}

export interface Authenticated extends Member {
  readonly tokens: IssuedTokens;
  /** Counts until the session is opened, which forgets it. */
  readonly attempt: CountedAttempt;
}

export interface Credentials {
  readonly username: string;
  readonly password: string;
  /** A browser or session that proved to be this user's (SignInSubject). */
  readonly device: string | null;
  /** The user's organisation, where the caller is signed in already. */
  readonly organisationId?: string;
}

/** Checks a login name and password; the API and the pages both sign in through it. */
export type AuthenticatePassword = (credentials: Credentials, origin: Origin) => Promise<Authenticated>;

/**
 * Counts the attempt, lets Cognito check the password, and runs the admission check. Only a caller with the right
 * password learns why a sign-in is refused (DESIGN §2, Signing in); every refusal is an audit event, but attempts during
 * a lock leave one in all.
 * @returns a function that throws a refusal (`isSignInRefusal`), too-many-attempts, temporarily-unavailable
 */
export function authenticatePassword(dependencies: AuthenticationDependencies): AuthenticatePassword {
  const { guard, clock, auditTrail } = dependencies;
  return async ({ username: typed, password, device, organisationId }, origin) => {
    const name = parseLoginName(typed);
    const username = name && formatLoginName(name);
    const now = clock();
    const attempt = await guard.begin({ username: username ?? typed, device }, now);
    if ("lockedUntil" in attempt) {
      await recordLocked(attempt, username, origin, dependencies);
      throw tooManyAttempts((attempt.lockedUntil - now.getTime()) / 1000);
    }
    const beside = lookUp(username, organisationId ?? attempt.organisationId, dependencies);
    try {
      return await attemptSignIn({ attempt, username, password, beside }, dependencies);
    } catch (error) {
      if (isSignInRefusal(error)) {
        const { organisationId } = await beside;
        const who = { username, organisationId };
        await auditTrail.append(refusalEvent(who, origin, error.code, dependencies));
      }
      throw error;
    }
  };
}

/** The read that is made beside Cognito's answer. */
interface LookedUp {
  /** Null if nobody has the login name. */
  readonly organisationId: string | null;
  /** Null if nobody has the login name, or the count of failures did not know the organisation. */
  readonly member: Member | null;
}

/** Looked up in place of malformed login names, so that they take the same calls as others (SECURITY 10). */
const unusedLoginName = "nobody";

/** One read, whoever it is, so that it takes no longer for one login name than for another (SECURITY 10). */
async function lookUp(
  username: string | null,
  knownOrganisation: string | null,
  { users }: Pick<AuthenticationDependencies, "users">,
): Promise<LookedUp> {
  if (username === null || knownOrganisation === null) {
    const organisationId = await users.locate(username ?? unusedLoginName);
    return { organisationId: username && organisationId, member: null };
  }
  const member = await users.findMember(knownOrganisation, username);
  return { organisationId: member && knownOrganisation, member };
}

async function recordLocked(
  lock: SignInLock,
  username: string | null,
  origin: Origin,
  dependencies: AuthenticationDependencies,
): Promise<void> {
  if (lock.recorded) return;
  const { organisationId } = await lookUp(username, lock.organisationId, dependencies);
  const event = refusalEvent({ username, organisationId }, origin, "too-many-attempts", dependencies);
  await dependencies.guard.recordRefusal(lock, event);
}

interface SignInAttempt {
  readonly attempt: CountedAttempt;
  readonly username: string | null;
  readonly password: string;
  readonly beside: Promise<LookedUp>;
}

async function attemptSignIn(
  { attempt, username, password, beside }: SignInAttempt,
  dependencies: AuthenticationDependencies,
): Promise<Authenticated> {
  const { users, clock } = dependencies;
  const [checked, found] = await Promise.allSettled([
    checkPassword(username, password, dependencies),
    beside,
  ]);
  try {
    if (checked.status === "rejected") throw checked.reason;
    if (found.status === "rejected") throw found.reason;
    const tokens = checked.value;
    const member =
      found.value.member ?? (username && (await users.findMember(tokens.organisationId, username)));
    return { tokens, attempt, ...requireAdmitted(member || null, clock()) };
  } catch (thrown) {
    const error = thrown instanceof AdmissionRefused ? await refusalReason(username, dependencies) : thrown;
    await countOutcome(attempt, error, dependencies);
    throw error;
  }
}

/**
 * The version before disabled ended accounts in Cognito, which rejects those without looking at the password. The
 * admission check keeps them out, so each is enabled at its next sign-in, and from then on answered like any other. An
 * account that has not ended was disabled by hand (docs/runbooks/close-account.md), and stays so.
 */
async function checkPassword(
  username: string | null,
  password: string,
  { identityProvider, users }: AuthenticationDependencies,
): Promise<IssuedTokens> {
  try {
    return await identityProvider.signIn(username, password);
  } catch (error) {
    if (!(error instanceof AccountDisabled)) throw error;
    const organisationId = username && (await users.locate(username));
    const user = organisationId ? (await users.findMember(organisationId, username))?.user : null;
    if (!user || isUsable(user.status)) throw new DomainError("invalid-credentials");
    await identityProvider.enable(user.username);
    return identityProvider.signIn(username, password);
  }
}

/**
 * A wrong password stays counted, and a right one clears the count. If a service failed, the password was not judged:
 * that attempt is taken off, and what was counted before stays (SECURITY 12).
 */
async function countOutcome(
  attempt: CountedAttempt,
  error: unknown,
  { guard, clock }: Pick<AuthenticationDependencies, "guard" | "clock">,
): Promise<void> {
  if (isDomainError(error, "invalid-credentials")) return guard.fail(attempt, clock());
  if (isSignInRefusal(error)) return guard.clear(attempt);
  await takeBack(attempt, guard);
}

/** If this fails as well, the attempt stays counted, and the caller gets the error that came first. */
export async function takeBack(attempt: CountedAttempt, guard: Pick<SignInGuard, "takeBack">): Promise<void> {
  try {
    await guard.takeBack(attempt);
  } catch (error) {
    logger.warn("a sign-in stays counted although a service failed", describeError(error));
  }
}

/** @throws a refusal (`isSignInRefusal`) */
export function requireAdmitted(member: Member | null, now: Date): Member {
  const admission = admit(member?.user ?? null, member?.organisation ?? null, now);
  if (!admission.admitted) throw new DomainError(admission.reason);
  if (!member) throw new DomainError("invalid-credentials");
  return member;
}

/** Cognito hides why the admission check refused, so run it again; if it admits now, it had failed to run. */
async function refusalReason(
  username: string | null,
  { users, clock }: Pick<AuthenticationDependencies, "users" | "clock">,
): Promise<unknown> {
  try {
    const organisationId = username && (await users.locate(username));
    requireAdmitted(organisationId ? await users.findMember(organisationId, username) : null, clock());
    return new DomainError("temporarily-unavailable");
  } catch (reason) {
    return reason;
  }
}

function refusalEvent(
  { username, organisationId }: { username: string | null; organisationId: string | null },
  origin: Origin,
  reason: string,
  { clock, newId }: Pick<AuthenticationDependencies, "clock" | "newId">,
): AuditEvent {
  const known = username !== null && organisationId !== null ? { username, organisationId } : null;
  return auditEvent(
    newId(),
    instant(clock()),
    { ...origin, actor: known },
    {
      organisationId,
      action: "session.refused",
      // An unknown login name is not recorded, since it can be a password typed into the wrong field.
      subject: { type: "user", id: known?.username ?? "unknown" },
      outcome: "refused",
      detail: { reason },
    },
  );
}
