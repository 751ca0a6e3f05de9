import { tablesFrom } from "../../shared/dynamodb/client.ts";
import { DynamoSessionRepository } from "../../shared/dynamodb/session-repository.ts";
import type { Environment } from "../../shared/runtime/environment.ts";
import { getOrganisation } from "../../shared/operations/organisations/get-organisation.ts";
import { routes as organisationRoutes } from "../../shared/operations/organisations/routes.ts";
import { findWebSession } from "../../shared/operations/sessions/web-session.ts";
import { createUser } from "../../shared/operations/users/create-user.ts";
import { deleteUser } from "../../shared/operations/users/delete-user.ts";
import { userDependencies } from "../../shared/operations/users/dependencies.ts";
import { editUser } from "../../shared/operations/users/edit-user.ts";
import { exportUsers } from "../../shared/operations/users/export-users.ts";
import { getUser } from "../../shared/operations/users/get-user.ts";
import { listUpcoming } from "../../shared/operations/users/list-upcoming.ts";
import { listUsers } from "../../shared/operations/users/list-users.ts";
import { orderPasswordLink } from "../../shared/operations/users/order-password-link.ts";
import { routes as userRoutes } from "../../shared/operations/users/routes.ts";
import type { PagesImplementation } from "../../shared/web/kit/later-pages.ts";
import { pageOperation } from "../../shared/web/kit/page-operation.ts";
import { actionsFor } from "../../shared/web/users/administration-actions.ts";
import type { AdministrationOperations } from "../../shared/web/users/operations.ts";
import type { PageName } from "../../shared/web/users/routes.ts";

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
  const dependencies = {
    ...userDependencies(environment, tables),
    sessions: new DynamoSessionRepository(tables),
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
