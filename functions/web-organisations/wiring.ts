import { DynamoAuditTrail } from "../../shared/dynamodb/audit-trail.ts";
import { tablesFrom } from "../../shared/dynamodb/client.ts";
import { cursorSecret } from "../../shared/dynamodb/cursor-secret.ts";
import { DynamoKeptAnswers } from "../../shared/dynamodb/kept-answers.ts";
import { DynamoOrganisationRepository } from "../../shared/dynamodb/organisation-repository.ts";
import { DynamoRoleRepository } from "../../shared/dynamodb/role-repository.ts";
import { DynamoSessionRepository } from "../../shared/dynamodb/session-repository.ts";
import { DynamoUserDirectory } from "../../shared/dynamodb/user-directory.ts";
import { DynamoUserRepository } from "../../shared/dynamodb/user-repository.ts";
import type { Environment } from "../../shared/runtime/environment.ts";
import { Cursors } from "../../shared/operations/kit/cursor.ts";
import { system } from "../../shared/runtime/system.ts";
import { changeOrganisation } from "../../shared/operations/organisations/change-organisation.ts";
import { getOrganisation } from "../../shared/operations/organisations/get-organisation.ts";
import { listAdministrators } from "../../shared/operations/organisations/list-administrators.ts";
import { listOrganisations } from "../../shared/operations/organisations/list-organisations.ts";
import { listProfiles } from "../../shared/operations/organisations/list-profiles.ts";
import { registerOrganisation } from "../../shared/operations/organisations/register-organisation.ts";
import { routes as organisations } from "../../shared/operations/organisations/routes.ts";
import { setRoles } from "../../shared/operations/organisations/set-roles.ts";
import { findWebSession } from "../../shared/operations/sessions/web-session.ts";
import { getUser } from "../../shared/operations/users/get-user.ts";
import { listUsers } from "../../shared/operations/users/list-users.ts";
import { routes as users } from "../../shared/operations/users/routes.ts";
import type { PagesImplementation } from "../../shared/web/kit/later-pages.ts";
import { pageOperation } from "../../shared/web/kit/page-operation.ts";
import { actionsFor } from "../../shared/web/organisations/actions.ts";
import type { OrganisationOperations } from "../../shared/web/organisations/operations.ts";
import type { PageName } from "../../shared/web/organisations/routes.ts";

type Needed = Environment<"TABLE_NAME" | "AUDIT_TABLE_NAME" | "SETTINGS">;

/** Puts pages and operations together; loaded with the first page that anyone asks for. */
export function wire(environment: Needed): PagesImplementation<PageName> {
  const operations = operationsFrom(environment);
  return { ...operations, actions: actionsFor(operations) };
}

function operationsFrom(environment: Needed): OrganisationOperations {
  const tables = tablesFrom(environment);
  const all = {
    users: new DynamoUserRepository(tables),
    organisations: new DynamoOrganisationRepository(tables),
    roles: new DynamoRoleRepository(tables),
    directory: new DynamoUserDirectory(tables),
    auditTrail: new DynamoAuditTrail(tables),
    sessions: new DynamoSessionRepository(tables),
    cursors: new Cursors(cursorSecret(tables)),
    settings: environment.SETTINGS,
    ...system,
  };
  const repetition = { answers: new DynamoKeptAnswers(tables), clock: all.clock };
  return {
    findWebSession: findWebSession(all),
    listOrganisations: pageOperation(organisations.listOrganisations, listOrganisations(all)),
    getOrganisation: pageOperation(organisations.getOrganisation, getOrganisation(all)),
    registerOrganisation: pageOperation(
      organisations.registerOrganisation,
      registerOrganisation(all),
      repetition,
    ),
    changeOrganisation: pageOperation(organisations.changeOrganisation, changeOrganisation(all)),
    listProfiles: pageOperation(organisations.listProfiles, listProfiles()),
    listAdministrators: pageOperation(organisations.listAdministrators, listAdministrators(all)),
    setRoles: pageOperation(organisations.setRoles, setRoles(all)),
    listUsers: pageOperation(users.listUsers, listUsers({ ...all, exportUsers: noFile })),
    getUser: pageOperation(users.getUser, getUser(all)),
  };
}

/** These pages look for users and never ask for a file of them. */
const noFile = () => Promise.reject(new Error("No page here makes a file of users"));
