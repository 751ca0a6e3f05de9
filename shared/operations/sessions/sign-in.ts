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
    const authenticated = await dependencies.authenticate(body, origin);
    const { secret, user, passwordExpiry } = await openSession("api", authenticated, origin, dependencies);
    const { organisationId, username } = user;
    const { idToken, refreshToken, expiresInSeconds } = authenticated.tokens;
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
