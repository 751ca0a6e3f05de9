import { identityProviderFrom } from "../../cognito/identity-provider.ts";
import { DynamoAuditTrail } from "../../dynamodb/audit-trail.ts";
import type { Tables } from "../../dynamodb/client.ts";
import { cursorSecret } from "../../dynamodb/cursor-secret.ts";
import { DynamoPasswordLinkRepository } from "../../dynamodb/password-link-repository.ts";
import { DynamoPasswordRepository } from "../../dynamodb/password-repository.ts";
import { DynamoSessionRepository } from "../../dynamodb/session-repository.ts";
import { DynamoSignInGuard } from "../../dynamodb/sign-in-guard.ts";
import { DynamoUserRepository } from "../../dynamodb/user-repository.ts";
import type { Environment } from "../../runtime/environment.ts";
import { measure } from "../../runtime/metrics.ts";
import { system } from "../../runtime/system.ts";
import type { Operations } from "../kit/operation.ts";
import { redeemByForm } from "../passwords/redeem-by-form.ts";
import { authenticatePassword } from "./authenticate-password.ts";
import { countRefusals } from "./count-refusals.ts";
import { deviceCookies } from "./device-cookie.ts";
import { endSession } from "./end-session.ts";
import { getMe } from "./get-me.ts";
import { refreshSession } from "./refresh-session.ts";
import type { routes } from "./routes.ts";
import { signIn } from "./sign-in.ts";
import { webSessions, type WebSessions } from "./web-session.ts";

/** The dependencies of checking a password. A container makes them once: they hold its Cognito client. */
export function passwordDependencies(
  environment: Environment<"USER_POOL_ID" | "USER_POOL_CLIENT_ID" | "USER_POOL_CLIENT_SECRET" | "SETTINGS">,
  tables: Tables,
) {
  const { SETTINGS: settings } = environment;
  return {
    users: new DynamoUserRepository(tables),
    passwords: new DynamoPasswordRepository(tables),
    auditTrail: new DynamoAuditTrail(tables),
    identityProvider: identityProviderFrom(environment),
    guard: new DynamoSignInGuard({ ...tables, settings }),
    settings,
    ...system,
  };
}

export type PasswordDependencies = ReturnType<typeof passwordDependencies>;

/** The API's operations on sessions with their adapters. */
export function wireSessions(
  environment: Environment<"USER_POOL_ID" | "USER_POOL_CLIENT_ID" | "USER_POOL_CLIENT_SECRET" | "SETTINGS">,
  tables: Tables,
): Operations<typeof routes> {
  const dependencies = {
    ...passwordDependencies(environment, tables),
    sessions: new DynamoSessionRepository(tables),
    measure,
  };
  const authenticate = countRefusals(authenticatePassword(dependencies), measure);
  return {
    signIn: signIn({ ...dependencies, authenticate }),
    refreshSession: refreshSession(dependencies),
    endSession: endSession(dependencies),
    getMe: getMe(dependencies),
  };
}

/** Signing in to the pages and out of them. */
export function wireWebSessions(
  environment: Environment<"CONTACTS">,
  passwords: PasswordDependencies,
  tables: Tables,
): WebSessions {
  const links = new DynamoPasswordLinkRepository({ ...tables, settings: passwords.settings });
  const dependencies = { ...passwords, sessions: new DynamoSessionRepository(tables), measure };
  const authenticate = countRefusals(authenticatePassword(dependencies), measure);
  const redeem = redeemByForm({ ...passwords, links, operatorName: environment.CONTACTS.operatorName });
  const devices = deviceCookies({ secret: cursorSecret(tables), clock: passwords.clock });
  return webSessions({ ...dependencies, authenticate, redeem, devices });
}
