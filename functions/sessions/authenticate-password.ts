import { admit } from "../../shared/domain/admission.ts";
import { auditEvent, type Origin } from "../../shared/domain/audit.ts";
import { SignInRefused, TemporarilyUnavailable } from "../../shared/domain/errors.ts";
import { formatLoginName, parseLoginName } from "../../shared/domain/login-name.ts";
import {
  AdmissionRefused,
  type AuditTrail,
  type IdentityProvider,
  type IssuedTokens,
  type Member,
  type UserRepository,
} from "../../shared/domain/ports.ts";
import { instant, type Clock } from "../../shared/domain/time.ts";

export interface AuthenticationDependencies {
  readonly identityProvider: Pick<IdentityProvider, "signIn">;
  readonly users: Pick<UserRepository, "locate" | "findMember">;
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
 * Only whoever knows the password learns more than that it went wrong (DESIGN §2, Signing in); every refusal
 * leaves its trace.
 */
export function authenticatePassword(dependencies: AuthenticationDependencies): AuthenticatePassword {
  const { identityProvider, users, clock } = dependencies;

  async function admitted(organisationId: string | null, username: string | null): Promise<Member> {
    const member = organisationId && username ? await users.findMember(organisationId, username) : null;
    const admission = admit(member?.user ?? null, member?.organisation ?? null, clock());
    if (!admission.admitted) throw new SignInRefused(admission.reason);
    if (!member) throw new SignInRefused("invalid-credentials");
    return member;
  }

  return async ({ username: typed, password }, origin) => {
    const name = parseLoginName(typed);
    const username = name && formatLoginName(name);
    try {
      const tokens = await identityProvider.signIn(username, password);
      return { tokens, ...(await admitted(tokens.organisationId, username)) };
    } catch (error) {
      const reason = await refusal(error, () => whyRefused(username));
      if (reason instanceof SignInRefused) await recordRefusal(dependencies, username, origin, reason);
      throw reason;
    }
  };

  /** The password was right; what did the doorkeeper find? Nothing now: then it failed to look. */
  async function whyRefused(username: string | null): Promise<never> {
    await admitted(username && (await users.locate(username)), username);
    throw new TemporarilyUnavailable();
  }
}

async function refusal(error: unknown, ask: () => Promise<never>): Promise<unknown> {
  if (!(error instanceof AdmissionRefused)) return error;
  try {
    return await ask();
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
  refused: SignInRefused,
): Promise<void> {
  const organisationId = await users.locate(username ?? nobody);
  const known = username !== null && organisationId !== null ? { username, organisationId } : null;
  await auditTrail.append(
    auditEvent(
      newId(),
      instant(clock()),
      { ...origin, actor: known },
      {
        organisationId,
        action: "session.refused",
        // What was typed as an unknown login name can be a password typed into the wrong field.
        subject: { type: "user", id: known?.username ?? "unknown" },
        outcome: "refused",
        detail: { reason: refused.code },
      },
    ),
  );
}
