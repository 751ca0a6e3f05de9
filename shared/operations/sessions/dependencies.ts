import { identityProviderFrom } from "../../cognito/identity-provider.ts";
import { DynamoAuditTrail } from "../../dynamodb/audit-trail.ts";
import type { Tables } from "../../dynamodb/client.ts";
import { DynamoPasswordRepository } from "../../dynamodb/password-repository.ts";
import { DynamoSignInGuard } from "../../dynamodb/sign-in-guard.ts";
import { DynamoUserRepository } from "../../dynamodb/user-repository.ts";
import type { Environment } from "../../runtime/environment.ts";
import { system } from "../../runtime/system.ts";

/** What it takes to check a password, for all that ask for one: signing in, changing it, and the pages. */
export function passwordDependencies(
  environment: Environment<"USER_POOL_ID" | "USER_POOL_CLIENT_ID" | "SETTINGS">,
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
