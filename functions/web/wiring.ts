import { identityProviderFrom } from "../../shared/cognito/identity-provider.ts";
import { DynamoAuditTrail } from "../../shared/dynamodb/audit-trail.ts";
import { tablesFrom } from "../../shared/dynamodb/client.ts";
import { DynamoPasswordLinkRepository } from "../../shared/dynamodb/password-link-repository.ts";
import { DynamoPasswordRepository } from "../../shared/dynamodb/password-repository.ts";
import { DynamoSessionRepository } from "../../shared/dynamodb/session-repository.ts";
import { DynamoSignInGuard } from "../../shared/dynamodb/sign-in-guard.ts";
import { DynamoUserRepository } from "../../shared/dynamodb/user-repository.ts";
import type { Environment } from "../../shared/environment.ts";
import { measure } from "../../shared/metrics.ts";
import { system } from "../../shared/system.ts";
import { viewPasswordLink } from "../passwords/get-password-link.ts";
import { changePassword } from "../passwords/change-password.ts";
import { redeemPasswordLink } from "../passwords/redeem-password-link.ts";
import { requestPasswordLink } from "../passwords/request-password-link.ts";
import { routes as passwordRoutes } from "../passwords/routes.ts";
import { authenticatePassword } from "../sessions/authenticate-password.ts";
import { countSignIns } from "../sessions/count-sign-ins.ts";
import { webSessions } from "../sessions/web-session.ts";
import type { WebOperations } from "./operations.ts";
import { pageOperation } from "./page-operation.ts";

/** Puts the operations behind the pages together; loaded with the first page that needs one. */
export function wire(
  environment: Environment<
    "TABLE_NAME" | "AUDIT_TABLE_NAME" | "USER_POOL_ID" | "USER_POOL_CLIENT_ID" | "SETTINGS" | "CONTACTS"
  >,
): WebOperations {
  const settings = environment.SETTINGS;
  const tables = tablesFrom(environment);
  const dependencies = {
    users: new DynamoUserRepository(tables),
    links: new DynamoPasswordLinkRepository({ ...tables, settings }),
    passwords: new DynamoPasswordRepository(tables),
    sessions: new DynamoSessionRepository(tables),
    auditTrail: new DynamoAuditTrail(tables),
    identityProvider: identityProviderFrom(environment),
    guard: new DynamoSignInGuard({ ...tables, settings: environment.SETTINGS }),
    settings,
    operatorName: environment.CONTACTS.operatorName,
    ...system,
  };
  const authenticate = countSignIns(authenticatePassword(dependencies), measure);
  return {
    requestPasswordLink: requestPasswordLink(dependencies),
    viewPasswordLink: viewPasswordLink(dependencies),
    redeemPasswordLink: redeemPasswordLink(dependencies),
    ...webSessions({ ...dependencies, authenticate }),
    changePassword: pageOperation(
      passwordRoutes.changePassword,
      changePassword({ ...dependencies, authenticate: authenticatePassword(dependencies) }),
    ),
  };
}
