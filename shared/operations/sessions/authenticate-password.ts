import { DomainError, isDomainError, isSignInRefusal } from "../../domain/errors.ts";
import { admit } from "../../domain/admission.ts";
import { auditEvent, type Origin } from "../../domain/audit.ts";
import { formatLoginName, parseLoginName } from "../../domain/login-name.ts";
import {
  AccountDisabled,
  AdmissionRefused,
  type AuditTrail,
  type CountedAttempt,
  type IdentityProvider,
  type IssuedTokens,
  type Member,
  type PasswordRepository,
  type SignInGuard,
  type UserRepository,
} from "../../domain/ports.ts";
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

/** Checks a login name and password: the one way in for the interface and the pages. */
export type AuthenticatePassword = (
  credentials: { username: string; password: string },
  origin: Origin,
) => Promise<Authenticated>;

/**
 * Counts the attempt, has the password checked, and asks the doorkeeper. Only whoever knows the password
 * learns more than that it went wrong (DESIGN §2, Signing in); every refusal leaves its trace.
 * @returns a function that throws SignInRefused, TooManyAttempts, TemporarilyUnavailable
 */
export function authenticatePassword(dependencies: AuthenticationDependencies): AuthenticatePassword {
  const { guard, clock } = dependencies;
  return async ({ username: typed, password }, origin) => {
    const name = parseLoginName(typed);
    const username = name && formatLoginName(name);
    try {
      const attempt = await guard.begin(username ?? typed, clock());
      return await checked(attempt, username, password, dependencies);
    } catch (error) {
      if (isSignInRefusal(error) || isDomainError(error, "too-many-attempts")) {
        await recordRefusal(dependencies, username, origin, error.code);
      }
      throw error;
    }
  };
}

/** What follows for the count: a wrong password stays in it; a right one, or no answer, does not. */
async function checked(
  attempt: CountedAttempt,
  username: string | null,
  password: string,
  dependencies: AuthenticationDependencies,
): Promise<Authenticated> {
  const { guard, identityProvider, clock } = dependencies;
  try {
    const tokens = await identityProvider.signIn(username, password);
    return { tokens, ...(await admitted(tokens.organisationId, username, dependencies)) };
  } catch (thrown) {
    const error = thrown instanceof AccountDisabled ? await asked(username, password, dependencies) : thrown;
    if (isDomainError(error, "invalid-credentials")) {
      await guard.fail(attempt, clock());
      throw error;
    }
    await guard.clear(attempt.username);
    throw error instanceof AdmissionRefused ? await whyRefused(username, dependencies) : error;
  }
}

/** Cognito shut the door before it looked at the password; whether that was right, our own record tells. */
async function asked(
  username: string | null,
  password: string,
  { users, passwords }: AuthenticationDependencies,
): Promise<Error> {
  const organisationId = username === null ? null : await users.locate(username);
  const history = username && organisationId ? await passwords.findHistory(organisationId, username) : null;
  const { recentlyUsed } = await compareWithHistory(password, history, 0);
  return recentlyUsed ? new AdmissionRefused() : new DomainError("invalid-credentials");
}

/** @throws SignInRefused */
async function admitted(
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

/** The password was right; what did the doorkeeper find? Nothing now: then it failed to look. */
async function whyRefused(
  username: string | null,
  dependencies: AuthenticationDependencies,
): Promise<unknown> {
  try {
    await admitted(username && (await dependencies.users.locate(username)), username, dependencies);
    return new DomainError("temporarily-unavailable");
  } catch (reason) {
    return reason;
  }
}

/** Looked up for names that can be none, so that they cost the same calls as any other (SECURITY 10). */
const nobody = "nobody";

async function recordRefusal(
  { users, auditTrail, clock, newId }: AuthenticationDependencies,
  username: string | null,
  origin: Origin,
  reason: string,
): Promise<void> {
  const organisationId = await users.locate(username ?? nobody);
  const known = username !== null && organisationId !== null ? { username, organisationId } : null;
  await auditTrail.append(
    auditEvent(
      newId(),
      instant(clock()),
      { ...origin, actor: known },
      {
        organisationId: known?.organisationId ?? null,
        action: "session.refused",
        // What was typed as an unknown login name can be a password typed into the wrong field.
        subject: { type: "user", id: known?.username ?? "unknown" },
        outcome: "refused",
        detail: { reason },
      },
    ),
  );
}
