import { CognitoIdentityProvider, createCognitoClient } from "../../shared/cognito/identity-provider.ts";
import { DynamoAdministratorRepository } from "../../shared/dynamodb/administrator-repository.ts";
import { DynamoAuditTrail } from "../../shared/dynamodb/audit-trail.ts";
import { tablesFrom } from "../../shared/dynamodb/client.ts";
import { cursorSecret } from "../../shared/dynamodb/cursor-secret.ts";
import { DynamoDueList } from "../../shared/dynamodb/due-list.ts";
import { DynamoKeptAnswers } from "../../shared/dynamodb/kept-answers.ts";
import { DynamoOrganisationRepository } from "../../shared/dynamodb/organisation-repository.ts";
import { DynamoPasswordLinkRepository } from "../../shared/dynamodb/password-link-repository.ts";
import { DynamoUserDirectory } from "../../shared/dynamodb/user-directory.ts";
import { DynamoUserRepository } from "../../shared/dynamodb/user-repository.ts";
import type { Environment } from "../../shared/environment.ts";
import type { ApiImplementation } from "../../shared/http/api.ts";
import { createAuthenticate, tokenTrustFrom } from "../../shared/http/authentication.ts";
import { Cursors } from "../../shared/http/cursor.ts";
import { system } from "../../shared/system.ts";
import { endSignIn } from "../deactivate-inactive/end-sign-in.ts";
import { createUser } from "./create-user.ts";
import { deleteUser } from "./delete-user.ts";
import { editUser } from "./edit-user.ts";
import { exportUsers } from "./export-users.ts";
import { getUser } from "./get-user.ts";
import { listUpcoming } from "./list-upcoming.ts";
import { listUsers } from "./list-users.ts";
import { orderPasswordLink } from "./order-password-link.ts";
import type { routes } from "./routes.ts";

/** The identity provider is told of a deletion by a job if it does not answer this soon. */
const patience = { maxAttempts: 1, requestTimeout: 2_000 };
const atOnce = () => Promise.resolve();

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
  const identityProvider = new CognitoIdentityProvider({
    client: createCognitoClient(patience),
    userPoolId: environment.USER_POOL_ID,
    userPoolClientId: environment.USER_POOL_CLIENT_ID,
  });
  const due = new DynamoDueList(tables);
  const dependencies = {
    users: new DynamoUserRepository(tables),
    organisations: new DynamoOrganisationRepository(tables),
    directory: new DynamoUserDirectory(tables),
    links: new DynamoPasswordLinkRepository({ ...tables, settings: environment.SETTINGS }),
    administrators: new DynamoAdministratorRepository(tables),
    auditTrail: new DynamoAuditTrail(tables),
    cursors: new Cursors(cursorSecret(tables)),
    settings: environment.SETTINGS,
    ...system,
  };
  return {
    operations: {
      listUsers: listUsers({ ...dependencies, exportUsers: exportUsers(dependencies) }),
      createUser: createUser(dependencies),
      getUser: getUser(dependencies),
      editUser: editUser(dependencies),
      deleteUser: deleteUser({
        ...dependencies,
        // One of its own for each deletion: it gives up after some failures.
        endSignIn: (entry) => endSignIn({ identityProvider, due, pace: atOnce })(entry),
      }),
      orderPasswordLink: orderPasswordLink(dependencies),
      listUpcoming: listUpcoming(dependencies),
    },
    authenticate: createAuthenticate(tokenTrustFrom(environment), dependencies),
    repetition: { answers: new DynamoKeptAnswers(tables), clock: system.clock },
  };
}
