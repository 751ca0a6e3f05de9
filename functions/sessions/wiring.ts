import { identityProviderFrom } from "../../shared/cognito/identity-provider.ts";
import { DynamoAuditTrail } from "../../shared/dynamodb/audit-trail.ts";
import { tablesFrom } from "../../shared/dynamodb/client.ts";
import { DynamoPasswordRepository } from "../../shared/dynamodb/password-repository.ts";
import { DynamoSessionRepository } from "../../shared/dynamodb/session-repository.ts";
import { DynamoSignInGuard } from "../../shared/dynamodb/sign-in-guard.ts";
import { DynamoUserRepository } from "../../shared/dynamodb/user-repository.ts";
import { createAuthenticate, tokenTrustFrom } from "../../shared/http/authentication.ts";
import { measure } from "../../shared/metrics.ts";
import { system } from "../../shared/system.ts";
import { authenticatePassword } from "./authenticate-password.ts";
import { countSignIns } from "./count-sign-ins.ts";
import { endSession } from "./end-session.ts";
import { getMe } from "./get-me.ts";
import { refreshSession } from "./refresh-session.ts";
import { signIn } from "./sign-in.ts";
import type { ApiImplementation } from "../../shared/http/api.ts";
import type { Environment } from "../../shared/environment.ts";
import type { routes } from "./routes.ts";

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
    users: new DynamoUserRepository(tables),
    identityProvider: identityProviderFrom(environment),
    guard: new DynamoSignInGuard({ ...tables, settings: environment.SETTINGS }),
    passwords: new DynamoPasswordRepository(tables),
    sessions: new DynamoSessionRepository(tables),
    auditTrail: new DynamoAuditTrail(tables),
    settings: environment.SETTINGS,
    ...system,
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
