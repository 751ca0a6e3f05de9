import { DomainError, isDomainError, isSignInRefusal } from "../../domain/errors.ts";
import { admit } from "../../domain/admission.ts";
import { auditEvent, type Origin } from "../../domain/audit.ts";
import { formatLoginName, parseLoginName } from "../../domain/login-name.ts";
import type { AuditTrail } from "../../domain/ports/audit-trail.ts";
import {
  AccountDisabled,
  AdmissionRefused,
  type IdentityProvider,
  type IssuedTokens,
} from "../../domain/ports/identity-provider.ts";
import type { PasswordRepository } from "../../domain/ports/passwords.ts";
import type { CountedAttempt, SignInGuard } from "../../domain/ports/sessions.ts";
import type { Member, UserRepository } from "../../domain/ports/users.ts";
import { instant, type Clock } from "../../domain/time.ts";
import { compareWithHistory } from "../passwords/password-history.ts";

export interface AuthenticationDependencies {
  readonly guard: SignInGuard;
  readonly identityProvider: Pick<IdentityProvider, "signIn">;
  readonly users: Pick<UserRepository, "locate" | "findMember">;
  readonly passwords: Pick<PasswordRepository, "findHistory">;
  readonly auditTrail: AuditTrail;
  readonly clock: Clock;
  readonly newId: () => string;
}

export interface Authenticated extends Member {
  readonly tokens: IssuedTokens;
}

/** Checks a login name and password; the API and the pages both sign in through it. */
export type AuthenticatePassword = (
  credentials: { username: string; password: string },
  origin: Origin,
) => Promise<Authenticated>;

/**
 * Counts the attempt, lets Cognito check the password, and runs the admission check. Only a caller with the right
 * password learns why a sign-in is refused (DESIGN §2, Signing in); every refusal is an audit event.
 * @returns a function that throws a refusal (`isSignInRefusal`), too-many-attempts, temporarily-unavailable
 */
export function authenticatePassword(dependencies: AuthenticationDependencies): AuthenticatePassword {
  const { guard, clock } = dependencies;
  return async ({ username: typed, password }, origin) => {
    const name = parseLoginName(typed);
    const username = name && formatLoginName(name);
    try {
      const attempt = await guard.begin(username ?? typed, clock());
      return await attemptSignIn(attempt, username, password, dependencies);
    } catch (error) {
      if (isSignInRefusal(error) || isDomainError(error, "too-many-attempts")) {
        await recordRefusal(dependencies, username, origin, error.code);
      }
      throw error;
    }
  };
}

/** A wrong password stays counted against the login name; a right one, or a failing service, clears the count. */
async function attemptSignIn(
  attempt: CountedAttempt,
  username: string | null,
  password: string,
  dependencies: AuthenticationDependencies,
): Promise<Authenticated> {
  const { guard, identityProvider, clock } = dependencies;
  try {
    const tokens = await identityProvider.signIn(username, password);
    return { tokens, ...(await loadAdmittedMember(tokens.organisationId, username, dependencies)) };
  } catch (thrown) {
    const error =
      thrown instanceof AccountDisabled
        ? await verifyAgainstHistory(username, password, dependencies)
        : thrown;
    if (isDomainError(error, "invalid-credentials")) {
      await guard.fail(attempt, clock());
      throw error;
    }
    await guard.clear(attempt.username);
    throw error instanceof AdmissionRefused ? await refusalReason(username, dependencies) : error;
  }
}

/** Cognito rejects disabled accounts without checking the password, so compare with our own hash. */
async function verifyAgainstHistory(
  username: string | null,
  password: string,
  { users, passwords }: AuthenticationDependencies,
): Promise<Error> {
  const organisationId = username === null ? null : await users.locate(username);
  const history = username && organisationId ? await passwords.findHistory(organisationId, username) : null;
  const { recentlyUsed } = await compareWithHistory(password, history, 0);
  return recentlyUsed ? new AdmissionRefused() : new DomainError("invalid-credentials");
}

/** @throws a refusal (`isSignInRefusal`) */
async function loadAdmittedMember(
  organisationId: string | null,
  username: string | null,
  { users, clock }: AuthenticationDependencies,
): Promise<Member> {
  const member = organisationId && username ? await users.findMember(organisationId, username) : null;
  const admission = admit(member?.user ?? null, member?.organisation ?? null, clock());
  if (!admission.admitted) throw new DomainError(admission.reason);
  if (!member) throw new DomainError("invalid-credentials");
  return member;
}

/** Cognito hides why the admission check refused, so run it again; if it admits now, it had failed to run. */
async function refusalReason(
  username: string | null,
  dependencies: AuthenticationDependencies,
): Promise<unknown> {
  try {
    const organisationId = username && (await dependencies.users.locate(username));
    await loadAdmittedMember(organisationId, username, dependencies);
    return new DomainError("temporarily-unavailable");
  } catch (reason) {
    return reason;
  }
}

/** Looked up in place of malformed login names, so that they take the same calls as others (SECURITY 10). */
const unusedLoginName = "nobody";

async function recordRefusal(
  { users, auditTrail, clock, newId }: AuthenticationDependencies,
  username: string | null,
  origin: Origin,
  reason: string,
): Promise<void> {
  const organisationId = await users.locate(username ?? unusedLoginName);
  const known = username !== null && organisationId !== null ? { username, organisationId } : null;
  await auditTrail.append(
    auditEvent(
      newId(),
      instant(clock()),
      { ...origin, actor: known },
      {
        organisationId: known?.organisationId ?? null,
        action: "session.refused",
        // An unknown login name is not recorded, since it can be a password typed into the wrong field.
        subject: { type: "user", id: known?.username ?? "unknown" },
        outcome: "refused",
        detail: { reason },
      },
    ),
  );
}
