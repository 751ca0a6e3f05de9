import { CognitoIdentityProvider, createCognitoClient } from "../../cognito/identity-provider.ts";
import { DynamoAdministratorRepository } from "../../dynamodb/administrator-repository.ts";
import { DynamoAuditTrail } from "../../dynamodb/audit-trail.ts";
import type { Tables } from "../../dynamodb/client.ts";
import { DynamoDueList } from "../../dynamodb/due-list.ts";
import { DynamoOrganisationRepository } from "../../dynamodb/organisation-repository.ts";
import { DynamoPasswordLinkRepository } from "../../dynamodb/password-link-repository.ts";
import { DynamoRoleRepository } from "../../dynamodb/role-repository.ts";
import { DynamoUserDirectory } from "../../dynamodb/user-directory.ts";
import { DynamoUserRepository } from "../../dynamodb/user-repository.ts";
import type { Environment } from "../../runtime/environment.ts";
import type { Cursors } from "../kit/cursor.ts";
import { patience } from "../../runtime/service-calls.ts";
import { system } from "../../runtime/system.ts";
import type { Operations } from "../kit/operation.ts";
import { createUser } from "./create-user.ts";
import { deleteUser } from "./delete-user.ts";
import { editUser } from "./edit-user.ts";
import { exportUsers, type ExportUsersDependencies } from "./export-users.ts";
import { getUser } from "./get-user.ts";
import { listUpcoming } from "./list-upcoming.ts";
import { listUsers, type ListUsersDependencies } from "./list-users.ts";
import { orderPasswordLink } from "./order-password-link.ts";
import type { routes } from "./routes.ts";
import { endSignIn, type EndSignIn } from "../../cognito/end-sign-in.ts";

const noPause = () => Promise.resolve();

/** The operations on users with their adapters, for the API and for pages. */
export function wireUsers(
  environment: Environment<"USER_POOL_ID" | "USER_POOL_CLIENT_ID" | "SETTINGS">,
  tables: Tables,
  cursors: Cursors,
): Operations<typeof routes> {
  const { SETTINGS: settings } = environment;
  const identityProvider = new CognitoIdentityProvider({
    client: createCognitoClient(patience.cognitoOnce),
    userPoolId: environment.USER_POOL_ID,
    userPoolClientId: environment.USER_POOL_CLIENT_ID,
  });
  const due = new DynamoDueList(tables);
  // A new one for each deletion, because one that has failed several times gives up.
  const endSignInOnce: EndSignIn = (entry) => endSignIn({ identityProvider, due, pace: noPause })(entry);
  const dependencies = {
    users: new DynamoUserRepository(tables),
    organisations: new DynamoOrganisationRepository(tables),
    directory: new DynamoUserDirectory(tables),
    links: new DynamoPasswordLinkRepository({ ...tables, settings }),
    administrators: new DynamoAdministratorRepository(tables),
    roles: new DynamoRoleRepository(tables),
    auditTrail: new DynamoAuditTrail(tables),
    cursors,
    endSignIn: endSignInOnce,
    settings,
    ...system,
  };
  return {
    ...userReading(dependencies),
    createUser: createUser(dependencies),
    editUser: editUser(dependencies),
    deleteUser: deleteUser(dependencies),
    orderPasswordLink: orderPasswordLink(dependencies),
    listUpcoming: listUpcoming(dependencies),
  };
}

/** Reading users, without the rights that changing them takes. */
export function wireUserReading(tables: Tables, cursors: Cursors): UserReading {
  return userReading({
    users: new DynamoUserRepository(tables),
    directory: new DynamoUserDirectory(tables),
    auditTrail: new DynamoAuditTrail(tables),
    cursors,
    ...system,
  });
}

type UserReading = Pick<Operations<typeof routes>, "listUsers" | "getUser">;

function userReading(
  dependencies: Omit<ListUsersDependencies, "exportUsers"> &
    ExportUsersDependencies &
    Parameters<typeof getUser>[0],
): UserReading {
  return {
    listUsers: listUsers({ ...dependencies, exportUsers: exportUsers(dependencies) }),
    getUser: getUser(dependencies),
  };
}
