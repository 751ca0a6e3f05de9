import { DynamoAuditTrail } from "../../shared/dynamodb/audit-trail.ts";
import { tablesFrom } from "../../shared/dynamodb/client.ts";
import { cursorSecret } from "../../shared/dynamodb/cursor-secret.ts";
import { DynamoKeptAnswers } from "../../shared/dynamodb/kept-answers.ts";
import { DynamoOrganisationRepository } from "../../shared/dynamodb/organisation-repository.ts";
import { DynamoRoleRepository } from "../../shared/dynamodb/role-repository.ts";
import { DynamoSessionRepository } from "../../shared/dynamodb/session-repository.ts";
import { DynamoUserDirectory } from "../../shared/dynamodb/user-directory.ts";
import { DynamoUserRepository } from "../../shared/dynamodb/user-repository.ts";
import type { Environment } from "../../shared/environment.ts";
import { Cursors } from "../../shared/http/cursor.ts";
import { system } from "../../shared/system.ts";
import { changeOrganisation } from "../organisations/change-organisation.ts";
import { getOrganisation } from "../organisations/get-organisation.ts";
import { listAdministrators } from "../organisations/list-administrators.ts";
import { listOrganisations } from "../organisations/list-organisations.ts";
import { listProfiles } from "../organisations/list-profiles.ts";
import { registerOrganisation } from "../organisations/register-organisation.ts";
import { routes as organisations } from "../organisations/routes.ts";
import { setRoles } from "../organisations/set-roles.ts";
import { findWebSession } from "../sessions/web-session.ts";
import { getUser } from "../users/get-user.ts";
import { listUsers } from "../users/list-users.ts";
import { routes as users } from "../users/routes.ts";
import type { PagesImplementation } from "../web/later-pages.ts";
import { pageOperation } from "../web/page-operation.ts";
import { actionsFor } from "./actions/actions.ts";
import type { OrganisationOperations } from "./operations.ts";
import type { PageName } from "./routes.ts";

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
