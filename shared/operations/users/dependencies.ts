import { CognitoIdentityProvider, createCognitoClient } from "../../cognito/identity-provider.ts";
import { DynamoAdministratorRepository } from "../../dynamodb/administrator-repository.ts";
import { DynamoAuditTrail } from "../../dynamodb/audit-trail.ts";
import type { Tables } from "../../dynamodb/client.ts";
import { cursorSecret } from "../../dynamodb/cursor-secret.ts";
import { DynamoDueList } from "../../dynamodb/due-list.ts";
import { DynamoOrganisationRepository } from "../../dynamodb/organisation-repository.ts";
import { DynamoPasswordLinkRepository } from "../../dynamodb/password-link-repository.ts";
import { DynamoRoleRepository } from "../../dynamodb/role-repository.ts";
import { DynamoUserDirectory } from "../../dynamodb/user-directory.ts";
import { DynamoUserRepository } from "../../dynamodb/user-repository.ts";
import type { Environment } from "../../runtime/environment.ts";
import { Cursors } from "../kit/cursor.ts";
import { system } from "../../runtime/system.ts";
import { endSignIn, type EndSignIn } from "../../cognito/end-sign-in.ts";

/** The identity provider is told of a deletion by a job if it does not answer this soon. */
const patience = { maxAttempts: 1, requestTimeout: 2_000 };
const atOnce = () => Promise.resolve();

/** What the operations on users need, for the interface and for the pages. */
export function userDependencies(
  environment: Environment<"USER_POOL_ID" | "USER_POOL_CLIENT_ID" | "SETTINGS">,
  tables: Tables,
) {
  const { SETTINGS: settings } = environment;
  const identityProvider = new CognitoIdentityProvider({
    client: createCognitoClient(patience),
    userPoolId: environment.USER_POOL_ID,
    userPoolClientId: environment.USER_POOL_CLIENT_ID,
  });
  const due = new DynamoDueList(tables);
  // One of its own for each deletion: it gives up after some failures.
  const endSignInOnce: EndSignIn = (entry) => endSignIn({ identityProvider, due, pace: atOnce })(entry);
  return {
    users: new DynamoUserRepository(tables),
    organisations: new DynamoOrganisationRepository(tables),
    directory: new DynamoUserDirectory(tables),
    links: new DynamoPasswordLinkRepository({ ...tables, settings }),
    administrators: new DynamoAdministratorRepository(tables),
    roles: new DynamoRoleRepository(tables),
    auditTrail: new DynamoAuditTrail(tables),
    cursors: new Cursors(cursorSecret(tables)),
    endSignIn: endSignInOnce,
    settings,
    ...system,
  };
}
