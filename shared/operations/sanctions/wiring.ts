import { DynamoAuditTrail } from "../../dynamodb/audit-trail.ts";
import type { Tables } from "../../dynamodb/client.ts";
import { DynamoLetterRepository } from "../../dynamodb/letter-repository.ts";
import { DynamoOrganisationRepository } from "../../dynamodb/organisation-repository.ts";
import { DynamoSanctionRepository } from "../../dynamodb/sanction-repository.ts";
import type { Environment } from "../../runtime/environment.ts";
import { system } from "../../runtime/system.ts";
import type { Cursors } from "../kit/cursor.ts";
import type { Operations } from "../kit/operation.ts";
import { closeAccess } from "./close-access.ts";
import { getClosingLetter } from "./get-closing-letter.ts";
import { listClosures } from "./list-closures.ts";
import { listContacts } from "./list-contacts.ts";
import { listIncidents } from "./list-incidents.ts";
import { listUndelivered } from "./list-undelivered.ts";
import { logContact } from "./log-contact.ts";
import { recordIncident } from "./record-incident.ts";
import { reopenAccess } from "./reopen-access.ts";
import type { pageRoutes, routes } from "./routes.ts";

/** The operations on incidents and closures with their adapters, for the API and for pages. */
export function wireSanctions(
  environment: Environment<"CONTACTS">,
  tables: Tables,
  cursors: Cursors,
): Operations<typeof routes> {
  const dependencies = {
    organisations: new DynamoOrganisationRepository(tables),
    sanctions: new DynamoSanctionRepository(tables),
    letters: new DynamoLetterRepository(tables),
    auditTrail: new DynamoAuditTrail(tables),
    cursors,
    contacts: environment.CONTACTS,
    ...system,
  };
  return {
    listIncidents: listIncidents(dependencies),
    recordIncident: recordIncident(dependencies),
    listContacts: listContacts(dependencies),
    logContact: logContact(dependencies),
    listClosures: listClosures(dependencies),
    closeAccess: closeAccess(dependencies),
    getClosingLetter: getClosingLetter(dependencies),
    reopenAccess: reopenAccess(dependencies),
  };
}

/** The operations on closures that pages alone call. */
export function wireSanctionPages(tables: Tables): Operations<typeof pageRoutes> {
  return { listUndelivered: listUndelivered({ sanctions: new DynamoSanctionRepository(tables) }) };
}
