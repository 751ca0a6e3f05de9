import { DynamoAuditTrail } from "../../shared/dynamodb/audit-trail.ts";
import { DynamoKeptAnswers } from "../../shared/dynamodb/kept-answers.ts";
import { tablesFrom } from "../../shared/dynamodb/client.ts";
import { DynamoOrganisationRepository } from "../../shared/dynamodb/organisation-repository.ts";
import { DynamoSessionRepository } from "../../shared/dynamodb/session-repository.ts";
import { DynamoUserImportRepository } from "../../shared/dynamodb/user-import-repository.ts";
import { DynamoUserRepository } from "../../shared/dynamodb/user-repository.ts";
import type { Environment } from "../../shared/runtime/environment.ts";
import { system } from "../../shared/runtime/system.ts";
import { getOrganisation } from "../../shared/operations/organisations/get-organisation.ts";
import { routes as organisationRoutes } from "../../shared/operations/organisations/routes.ts";
import { findWebSession } from "../../shared/operations/sessions/web-session.ts";
import { importUsers } from "../../shared/operations/imports/import-users.ts";
import { routes as importRoutes } from "../../shared/operations/imports/routes.ts";
import type { PagesImplementation } from "../../shared/web/kit/later-pages.ts";
import { pageOperation } from "../../shared/web/kit/page-operation.ts";
import { actionsFor } from "../../shared/web/imports/actions.ts";
import type { PageName } from "../../shared/web/imports/routes.ts";
import { viewImport } from "../../shared/web/imports/view-import.ts";

/** Puts pages and operations together; loaded with the first page that anyone asks for. */
export function wire(
  environment: Environment<"TABLE_NAME" | "AUDIT_TABLE_NAME" | "SETTINGS">,
): PagesImplementation<PageName> {
  const tables = tablesFrom(environment);
  const dependencies = {
    imports: new DynamoUserImportRepository(tables),
    auditTrail: new DynamoAuditTrail(tables),
    organisations: new DynamoOrganisationRepository(tables),
    users: new DynamoUserRepository(tables),
    sessions: new DynamoSessionRepository(tables),
    settings: environment.SETTINGS,
    ...system,
  };
  const repetition = { answers: new DynamoKeptAnswers(tables), clock: system.clock };
  return {
    findWebSession: findWebSession(dependencies),
    actions: actionsFor({
      getOrganisation: pageOperation(organisationRoutes.getOrganisation, getOrganisation(dependencies)),
      importUsers: pageOperation(importRoutes.importUsers, importUsers(dependencies), repetition),
      viewImport: viewImport(dependencies),
      newKey: system.newId,
    }),
  };
}
