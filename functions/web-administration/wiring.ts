import { CognitoIdentityProvider, createCognitoClient } from "../../shared/cognito/identity-provider.ts";
import { DynamoAdministratorRepository } from "../../shared/dynamodb/administrator-repository.ts";
import { DynamoAuditTrail } from "../../shared/dynamodb/audit-trail.ts";
import { tablesFrom } from "../../shared/dynamodb/client.ts";
import { cursorSecret } from "../../shared/dynamodb/cursor-secret.ts";
import { DynamoDueList } from "../../shared/dynamodb/due-list.ts";
import { DynamoOrganisationRepository } from "../../shared/dynamodb/organisation-repository.ts";
import { DynamoPasswordLinkRepository } from "../../shared/dynamodb/password-link-repository.ts";
import { DynamoRoleRepository } from "../../shared/dynamodb/role-repository.ts";
import { DynamoSessionRepository } from "../../shared/dynamodb/session-repository.ts";
import { DynamoUserDirectory } from "../../shared/dynamodb/user-directory.ts";
import { DynamoUserRepository } from "../../shared/dynamodb/user-repository.ts";
import type { Environment } from "../../shared/environment.ts";
import { Cursors } from "../../shared/http/cursor.ts";
import { system } from "../../shared/system.ts";
import { endSignIn } from "../deactivate-inactive/end-sign-in.ts";
import { getOrganisation } from "../organisations/get-organisation.ts";
import { routes as organisationRoutes } from "../organisations/routes.ts";
import { findWebSession } from "../sessions/web-session.ts";
import { createUser } from "../users/create-user.ts";
import { deleteUser } from "../users/delete-user.ts";
import { editUser } from "../users/edit-user.ts";
import { exportUsers } from "../users/export-users.ts";
import { getUser } from "../users/get-user.ts";
import { listUpcoming } from "../users/list-upcoming.ts";
import { listUsers } from "../users/list-users.ts";
import { orderPasswordLink } from "../users/order-password-link.ts";
import { routes as userRoutes } from "../users/routes.ts";
import type { PagesImplementation } from "../web/later-pages.ts";
import { pageOperation } from "../web/page-operation.ts";
import { actionsFor } from "./actions/actions.ts";
import type { AdministrationOperations } from "./operations.ts";
import type { PageName } from "./routes.ts";

/** As for the interface: a job tells the identity provider of a deletion if it does not answer this soon. */
const patience = { maxAttempts: 1, requestTimeout: 2_000 };
const atOnce = () => Promise.resolve();

type Needed = Environment<
  "TABLE_NAME" | "AUDIT_TABLE_NAME" | "USER_POOL_ID" | "USER_POOL_CLIENT_ID" | "SETTINGS"
>;

/** Puts pages and operations together; loaded with the first page that anyone asks for. */
export function wire(environment: Needed): PagesImplementation<PageName> {
  const operations = operationsFrom(environment);
  return { ...operations, actions: actionsFor(operations) };
}

function operationsFrom(environment: Needed): AdministrationOperations {
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
    roles: new DynamoRoleRepository(tables),
    auditTrail: new DynamoAuditTrail(tables),
    sessions: new DynamoSessionRepository(tables),
    cursors: new Cursors(cursorSecret(tables)),
    endSignIn: (entry: Parameters<ReturnType<typeof endSignIn>>[0]) =>
      endSignIn({ identityProvider, due, pace: atOnce })(entry),
    settings: environment.SETTINGS,
    ...system,
  };
  return {
    findWebSession: findWebSession(dependencies),
    listUpcoming: pageOperation(userRoutes.listUpcoming, listUpcoming(dependencies)),
    getOrganisation: pageOperation(organisationRoutes.getOrganisation, getOrganisation(dependencies)),
    listUsers: pageOperation(
      userRoutes.listUsers,
      listUsers({ ...dependencies, exportUsers: exportUsers(dependencies) }),
    ),
    createUser: pageOperation(userRoutes.createUser, createUser(dependencies)),
    getUser: pageOperation(userRoutes.getUser, getUser(dependencies)),
    editUser: pageOperation(userRoutes.editUser, editUser(dependencies)),
    deleteUser: pageOperation(userRoutes.deleteUser, deleteUser(dependencies)),
    orderPasswordLink: pageOperation(userRoutes.orderPasswordLink, orderPasswordLink(dependencies)),
  };
}
