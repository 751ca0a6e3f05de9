import { DomainError, isSignInRefusal } from "../../domain/errors.ts";
import { admit, passwordExpiry, sessionStands } from "../../domain/admission.ts";
import {
  AccountDisabled,
  AdmissionRefused,
  type IdentityProvider,
  type IssuedTokens,
} from "../../domain/ports/identity-provider.ts";
import type { SessionRepository } from "../../domain/ports/sessions.ts";
import type { UserRepository } from "../../domain/ports/users.ts";
import type { Settings } from "../../domain/settings.ts";
import { instant, type Clock } from "../../domain/time.ts";
import { secretHash } from "../../domain/secret-hash.ts";
import { userRepresentation } from "../users/user-representation.ts";
import type { Operation } from "../kit/operation.ts";
import type { routes } from "./routes.ts";
import { parseSessionToken } from "./session-token.ts";

/** Gives a new identity token for a valid session; every refusal looks the same, to tell nothing about the account. */
export function refreshSession({
  identityProvider,
  users,
  sessions,
  settings,
  clock,
}: {
  identityProvider: Pick<IdentityProvider, "refresh">;
  users: Pick<UserRepository, "findMember">;
  sessions: Pick<SessionRepository, "addToken">;
  settings: Settings;
  clock: Clock;
}): Operation<typeof routes.refreshSession> {
  return async ({ body }) => {
    const token = parseSessionToken(body.refreshToken);
    const member = token && (await users.findMember(token.organisationId, token.username));
    if (!token?.refreshToken || !member) throw new DomainError("not-authenticated");
    const now = clock();
    const { user, organisation } = member;
    const sessionId = secretHash(token.secret);
    const session = user.sessions[sessionId];
    const stands = session?.kind === "api" && sessionStands(session, organisation, now);
    if (!stands || !admit(user, organisation, now).admitted || user.passwordExpiresAt === null) {
      throw new DomainError("not-authenticated");
    }
    const tokens = await refreshTokens(identityProvider, user.username, token.refreshToken);
    if (tokens.username !== user.username) throw new DomainError("not-authenticated");
    const expiresAt = instant(new Date(now.getTime() + tokens.expiresInSeconds * 1000));
    await sessions.addToken(user, sessionId, { hash: secretHash(tokens.jti), expiresAt }, now);
    return {
      body: {
        tokenType: "Bearer",
        idToken: tokens.idToken,
        expiresIn: tokens.expiresInSeconds,
        user: userRepresentation(user, now),
        passwordExpiry: passwordExpiry(user.passwordExpiresAt, now, settings),
      },
    };
  };
}

async function refreshTokens(
  identityProvider: Pick<IdentityProvider, "refresh">,
  username: string,
  refreshToken: string,
): Promise<IssuedTokens> {
  try {
    return await identityProvider.refresh(username, refreshToken);
  } catch (error) {
    const refused = error instanceof AdmissionRefused || error instanceof AccountDisabled;
    if (refused || isSignInRefusal(error)) throw new DomainError("not-authenticated");
    throw error;
  }
}
