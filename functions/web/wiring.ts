import { tablesFrom } from "../../shared/dynamodb/client.ts";
import { DynamoPasswordLinkRepository } from "../../shared/dynamodb/password-link-repository.ts";
import { DynamoSessionRepository } from "../../shared/dynamodb/session-repository.ts";
import type { Environment } from "../../shared/runtime/environment.ts";
import { measure } from "../../shared/runtime/metrics.ts";
import { viewPasswordLink } from "../../shared/operations/passwords/get-password-link.ts";
import { changePassword } from "../../shared/operations/passwords/change-password.ts";
import { redeemPasswordLink } from "../../shared/operations/passwords/redeem-password-link.ts";
import { requestPasswordLink } from "../../shared/operations/passwords/request-password-link.ts";
import { routes as passwordRoutes } from "../../shared/operations/passwords/routes.ts";
import { authenticatePassword } from "../../shared/operations/sessions/authenticate-password.ts";
import { countSignIns } from "../../shared/operations/sessions/count-sign-ins.ts";
import { passwordDependencies } from "../../shared/operations/sessions/dependencies.ts";
import { webSessions } from "../../shared/operations/sessions/web-session.ts";
import type { WebOperations } from "../../shared/web/account/operations.ts";
import { pageOperation } from "../../shared/web/kit/page-operation.ts";

/** Puts the operations behind the pages together; loaded with the first page that needs one. */
export function wire(
  environment: Environment<
    "TABLE_NAME" | "AUDIT_TABLE_NAME" | "USER_POOL_ID" | "USER_POOL_CLIENT_ID" | "SETTINGS" | "CONTACTS"
  >,
): WebOperations {
  const tables = tablesFrom(environment);
  const dependencies = {
    ...passwordDependencies(environment, tables),
    links: new DynamoPasswordLinkRepository({ ...tables, settings: environment.SETTINGS }),
    sessions: new DynamoSessionRepository(tables),
    operatorName: environment.CONTACTS.operatorName,
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
