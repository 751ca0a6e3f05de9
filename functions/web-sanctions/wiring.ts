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
import type { Environment } from "../../shared/environment.ts";
import { Cursors } from "../../shared/http/cursor.ts";
import { system } from "../../shared/system.ts";
import { getOrganisation } from "../organisations/get-organisation.ts";
import { routes as organisations } from "../organisations/routes.ts";
import { closeAccess } from "../sanctions/close-access.ts";
import { getClosingLetter } from "../sanctions/get-closing-letter.ts";
import { listClosures } from "../sanctions/list-closures.ts";
import { listIncidents } from "../sanctions/list-incidents.ts";
import { logContact } from "../sanctions/log-contact.ts";
import { recordIncident } from "../sanctions/record-incident.ts";
import { reopenAccess } from "../sanctions/reopen-access.ts";
import { routes as sanctions } from "../sanctions/routes.ts";
import { findWebSession } from "../sessions/web-session.ts";
import { listUsers } from "../users/list-users.ts";
import { routes as users } from "../users/routes.ts";
import type { PagesImplementation } from "../web/later-pages.ts";
import { pageOperation } from "../web/page-operation.ts";
import { actionsFor } from "./actions/actions.ts";
import type { SanctionOperations } from "./operations.ts";
import type { PageName } from "./routes.ts";

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
