import { tablesFrom } from "../../shared/dynamodb/client.ts";
import { DynamoPasswordLinkRepository } from "../../shared/dynamodb/password-link-repository.ts";
import { createAuthenticate, tokenTrustFrom } from "../../shared/http/authentication.ts";
import { authenticatePassword } from "../../shared/operations/sessions/authenticate-password.ts";
import { passwordDependencies } from "../../shared/operations/sessions/dependencies.ts";
import { changePassword } from "../../shared/operations/passwords/change-password.ts";
import { getPasswordLink, viewPasswordLink } from "../../shared/operations/passwords/get-password-link.ts";
import { getPasswordPolicy } from "../../shared/operations/passwords/get-password-policy.ts";
import { redeemPasswordLink } from "../../shared/operations/passwords/redeem-password-link.ts";
import {
  acceptPasswordLinkRequest,
  requestPasswordLink,
} from "../../shared/operations/passwords/request-password-link.ts";
import type { ApiImplementation } from "../../shared/http/api.ts";
import type { Environment } from "../../shared/runtime/environment.ts";
import type { routes } from "../../shared/operations/passwords/routes.ts";

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
    | "CONTACTS"
  >,
): ApiImplementation<typeof routes> {
  const tables = tablesFrom(environment);
  const dependencies = {
    ...passwordDependencies(environment, tables),
    links: new DynamoPasswordLinkRepository({ ...tables, settings: environment.SETTINGS }),
    operatorName: environment.CONTACTS.operatorName,
  };
  const redeem = redeemPasswordLink(dependencies);
  return {
    operations: {
      getPasswordPolicy: getPasswordPolicy(dependencies),
      requestPasswordLink: acceptPasswordLinkRequest(requestPasswordLink(dependencies)),
      getPasswordLink: getPasswordLink(viewPasswordLink(dependencies), dependencies),
      redeemPasswordLink: async ({ params, body, origin }) => {
        await redeem({ token: params.token, password: body.password, origin });
        return { body: null };
      },
      changePassword: changePassword({ ...dependencies, authenticate: authenticatePassword(dependencies) }),
    },
    authenticate: createAuthenticate(tokenTrustFrom(environment), dependencies),
  };
}
