import { DynamoAuditTrail } from "../../shared/dynamodb/audit-trail.ts";
import { tablesFrom } from "../../shared/dynamodb/client.ts";
import { cursorSecret } from "../../shared/dynamodb/cursor-secret.ts";
import { DynamoKeptAnswers } from "../../shared/dynamodb/kept-answers.ts";
import { DynamoLetterRepository } from "../../shared/dynamodb/letter-repository.ts";
import { DynamoOrganisationRepository } from "../../shared/dynamodb/organisation-repository.ts";
import { DynamoSanctionRepository } from "../../shared/dynamodb/sanction-repository.ts";
import { DynamoSessionRepository } from "../../shared/dynamodb/session-repository.ts";
import { DynamoUserDirectory } from "../../shared/dynamodb/user-directory.ts";
import { DynamoUserRepository } from "../../shared/dynamodb/user-repository.ts";
import type { Environment } from "../../shared/runtime/environment.ts";
import { Cursors } from "../../shared/operations/kit/cursor.ts";
import { system } from "../../shared/runtime/system.ts";
import { getOrganisation } from "../../shared/operations/organisations/get-organisation.ts";
import { routes as organisations } from "../../shared/operations/organisations/routes.ts";
import { closeAccess } from "../../shared/operations/sanctions/close-access.ts";
import { getClosingLetter } from "../../shared/operations/sanctions/get-closing-letter.ts";
import { listClosures } from "../../shared/operations/sanctions/list-closures.ts";
import { listIncidents } from "../../shared/operations/sanctions/list-incidents.ts";
import { logContact } from "../../shared/operations/sanctions/log-contact.ts";
import { recordIncident } from "../../shared/operations/sanctions/record-incident.ts";
import { reopenAccess } from "../../shared/operations/sanctions/reopen-access.ts";
import { routes as sanctions } from "../../shared/operations/sanctions/routes.ts";
import { findWebSession } from "../../shared/operations/sessions/web-session.ts";
import { listUsers } from "../../shared/operations/users/list-users.ts";
import { routes as users } from "../../shared/operations/users/routes.ts";
import type { PagesImplementation } from "../../shared/web/kit/later-pages.ts";
import { pageOperation } from "../../shared/web/kit/page-operation.ts";
import { actionsFor } from "../../shared/web/sanctions/actions.ts";
import type { SanctionOperations } from "../../shared/web/sanctions/operations.ts";
import type { PageName } from "../../shared/web/sanctions/routes.ts";

type Needed = Environment<"TABLE_NAME" | "AUDIT_TABLE_NAME" | "SETTINGS" | "CONTACTS">;

/** Puts pages and operations together; loaded with the first page that anyone asks for. */
export function wire(environment: Needed): PagesImplementation<PageName> {
  const operations = operationsFrom(environment);
  return { ...operations, actions: actionsFor(operations) };
}

function operationsFrom(environment: Needed): SanctionOperations {
  const tables = tablesFrom(environment);
  const all = {
    users: new DynamoUserRepository(tables),
    organisations: new DynamoOrganisationRepository(tables),
    directory: new DynamoUserDirectory(tables),
    sanctions: new DynamoSanctionRepository(tables),
    letters: new DynamoLetterRepository(tables),
    auditTrail: new DynamoAuditTrail(tables),
    sessions: new DynamoSessionRepository(tables),
    cursors: new Cursors(cursorSecret(tables)),
    settings: environment.SETTINGS,
    contacts: environment.CONTACTS,
    ...system,
  };
  const repetition = { answers: new DynamoKeptAnswers(tables), clock: all.clock };
  return {
    findWebSession: findWebSession(all),
    getOrganisation: pageOperation(organisations.getOrganisation, getOrganisation(all)),
    listUsers: pageOperation(users.listUsers, listUsers({ ...all, exportUsers: noFile })),
    listIncidents: pageOperation(sanctions.listIncidents, listIncidents(all)),
    recordIncident: pageOperation(sanctions.recordIncident, recordIncident(all), repetition),
    logContact: pageOperation(sanctions.logContact, logContact(all), repetition),
    listClosures: pageOperation(sanctions.listClosures, listClosures(all)),
    closeAccess: pageOperation(sanctions.closeAccess, closeAccess(all), repetition),
    getClosingLetter: pageOperation(sanctions.getClosingLetter, getClosingLetter(all)),
    reopenAccess: pageOperation(sanctions.reopenAccess, reopenAccess(all), repetition),
  };
}

/** These pages look for users and never ask for a file of them. */
const noFile = () => Promise.reject(new Error("No page here makes a file of users"));
