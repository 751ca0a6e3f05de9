import type { Tables } from "../../dynamodb/client.ts";
import { DynamoLoginNameReminders } from "../../dynamodb/login-name-reminders.ts";
import { DynamoPasswordLinkRepository } from "../../dynamodb/password-link-repository.ts";
import type { Environment } from "../../runtime/environment.ts";
import type { Operations } from "../kit/operation.ts";
import { authenticatePassword } from "../sessions/authenticate-password.ts";
import type { PasswordDependencies } from "../sessions/wiring.ts";
import { changePassword } from "./change-password.ts";
import { getPasswordLink } from "./get-password-link.ts";
import { getPasswordPolicy } from "./get-password-policy.ts";
import { redeemPasswordLink } from "./redeem-password-link.ts";
import { remindLoginName } from "./remind-login-name.ts";
import { requestPasswordLink } from "./request-password-link.ts";
import type { routes } from "./routes.ts";

/** The operations on passwords with their adapters, for the API and for pages. */
export function wirePasswords(
  environment: Environment<"SETTINGS" | "CONTACTS">,
  passwords: PasswordDependencies,
  tables: Tables,
): Operations<typeof routes> {
  const dependencies = {
    ...passwords,
    links: new DynamoPasswordLinkRepository({ ...tables, settings: environment.SETTINGS }),
    reminders: new DynamoLoginNameReminders({ ...tables, settings: environment.SETTINGS }),
    operatorName: environment.CONTACTS.operatorName,
  };
  return {
    getPasswordPolicy: getPasswordPolicy(dependencies),
    requestPasswordLink: requestPasswordLink(dependencies),
    remindLoginName: remindLoginName(dependencies),
    getPasswordLink: getPasswordLink(dependencies),
    redeemPasswordLink: redeemPasswordLink(dependencies),
    changePassword: changePassword({ ...dependencies, authenticate: authenticatePassword(dependencies) }),
  };
}
