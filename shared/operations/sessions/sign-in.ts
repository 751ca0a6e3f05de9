import { secretHash } from "../../domain/secret-hash.ts";
import { userRepresentation } from "../users/user-representation.ts";
import type { Operation } from "../kit/operation.ts";
import type { AuthenticatePassword } from "./authenticate-password.ts";
import { openSession, type OpenSessionDependencies } from "./open-session.ts";
import type { routes } from "./routes.ts";
import { formatSessionToken } from "./session-token.ts";

export function signIn(
  dependencies: OpenSessionDependencies & { readonly authenticate: AuthenticatePassword },
): Operation<typeof routes.signIn> {
  return async ({ body, origin }) => {
    const { tokens, attempt, ...found } = await dependencies.authenticate({ ...body, device: null }, origin);
    const opening = { user: found.user, tokens: [secretHash(tokens.jti)], subject: attempt };
    const { secret, user, passwordExpiry } = await openSession("api", opening, origin, dependencies);
    const { organisationId, username } = user;
    const { idToken, refreshToken, expiresInSeconds } = tokens;
    return {
      body: {
        tokenType: "Bearer",
        idToken,
        expiresIn: expiresInSeconds,
        refreshToken: formatSessionToken({ organisationId, username, secret, refreshToken }),
        user: userRepresentation(user, dependencies.clock()),
        passwordExpiry,
      },
    };
  };
}
