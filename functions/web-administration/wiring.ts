import { tablesFrom } from "../../shared/dynamodb/client.ts";
import { DynamoSessionRepository } from "../../shared/dynamodb/session-repository.ts";
import type { Environment } from "../../shared/environment.ts";
import { getOrganisation } from "../organisations/get-organisation.ts";
import { routes as organisationRoutes } from "../organisations/routes.ts";
import { findWebSession } from "../sessions/web-session.ts";
import { createUser } from "../users/create-user.ts";
import { deleteUser } from "../users/delete-user.ts";
import { userDependencies } from "../users/dependencies.ts";
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
