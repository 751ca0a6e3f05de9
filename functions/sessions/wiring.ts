import { tablesFrom } from "../../shared/dynamodb/client.ts";
import { DynamoSessionRepository } from "../../shared/dynamodb/session-repository.ts";
import { createAuthenticate, tokenTrustFrom } from "../../shared/http/authentication.ts";
import { measure } from "../../shared/runtime/metrics.ts";
import { authenticatePassword } from "../../shared/operations/sessions/authenticate-password.ts";
import { countSignIns } from "../../shared/operations/sessions/count-sign-ins.ts";
import { passwordDependencies } from "../../shared/operations/sessions/dependencies.ts";
import { endSession } from "../../shared/operations/sessions/end-session.ts";
import { getMe } from "../../shared/operations/sessions/get-me.ts";
import { refreshSession } from "../../shared/operations/sessions/refresh-session.ts";
import { signIn } from "../../shared/operations/sessions/sign-in.ts";
import type { ApiImplementation } from "../../shared/http/api.ts";
import type { Environment } from "../../shared/runtime/environment.ts";
import type { routes } from "../../shared/operations/sessions/routes.ts";

/** Puts the operations together with what they need; loaded with the first request. */
export function wire(
  environment: Environment<
    | "TABLE_NAME"
    | "AUDIT_TABLE_NAME"
    | "USER_POOL_ID"
    | "USER_POOL_CLIENT_ID"
    | "TOKEN_ISSUER"
    | "TOKEN_JWKS_URI"
    | "SETTINGS"
  >,
): ApiImplementation<typeof routes> {
  const tables = tablesFrom(environment);
  const dependencies = {
    ...passwordDependencies(environment, tables),
    sessions: new DynamoSessionRepository(tables),
  };
  return {
    operations: {
      signIn: signIn({
        ...dependencies,
        authenticate: countSignIns(authenticatePassword(dependencies), measure),
      }),
      refreshSession: refreshSession(dependencies),
      endSession: endSession(dependencies),
      getMe: getMe(dependencies),
    },
    authenticate: createAuthenticate(tokenTrustFrom(environment), dependencies),
  };
}
