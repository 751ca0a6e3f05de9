import { DynamoAuditReader } from "../../shared/dynamodb/audit-reader.ts";
import { DynamoAuditTrail } from "../../shared/dynamodb/audit-trail.ts";
import { tablesFrom } from "../../shared/dynamodb/client.ts";
import { cursorSecret } from "../../shared/dynamodb/cursor-secret.ts";
import { DynamoOrganisationRepository } from "../../shared/dynamodb/organisation-repository.ts";
import { DynamoSessionRepository } from "../../shared/dynamodb/session-repository.ts";
import { DynamoUserRepository } from "../../shared/dynamodb/user-repository.ts";
import type { Environment } from "../../shared/runtime/environment.ts";
import { Cursors } from "../../shared/operations/kit/cursor.ts";
import { system } from "../../shared/runtime/system.ts";
import { listAuditEvents } from "../../shared/operations/audit/list-audit-events.ts";
import { routes as auditRoutes } from "../../shared/operations/audit/routes.ts";
import { getOrganisation } from "../../shared/operations/organisations/get-organisation.ts";
import { routes as organisationRoutes } from "../../shared/operations/organisations/routes.ts";
import { findWebSession } from "../../shared/operations/sessions/web-session.ts";
import type { PagesImplementation } from "../../shared/web/kit/later-pages.ts";
import { pageOperation } from "../../shared/web/kit/page-operation.ts";
import { actionsFor } from "../../shared/web/audit/actions.ts";
import type { PageName } from "../../shared/web/audit/routes.ts";

/** Puts page and operation together; loaded with the first request. */
export function wire(
  environment: Environment<"TABLE_NAME" | "AUDIT_TABLE_NAME" | "SETTINGS">,
): PagesImplementation<PageName> {
  const tables = tablesFrom(environment);
  const dependencies = {
    auditReader: new DynamoAuditReader(tables),
    auditTrail: new DynamoAuditTrail(tables),
    organisations: new DynamoOrganisationRepository(tables),
    users: new DynamoUserRepository(tables),
    sessions: new DynamoSessionRepository(tables),
    cursors: new Cursors(cursorSecret(tables)),
    settings: environment.SETTINGS,
    ...system,
  };
  return {
    findWebSession: findWebSession(dependencies),
    actions: actionsFor({
      getOrganisation: pageOperation(organisationRoutes.getOrganisation, getOrganisation(dependencies)),
      listAuditEvents: pageOperation(auditRoutes.listAuditEvents, listAuditEvents(dependencies)),
    }),
  };
}
