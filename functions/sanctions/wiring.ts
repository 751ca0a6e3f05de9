import { DynamoAuditTrail } from "../../shared/dynamodb/audit-trail.ts";
import { tablesFrom } from "../../shared/dynamodb/client.ts";
import { cursorSecret } from "../../shared/dynamodb/cursor-secret.ts";
import { DynamoKeptAnswers } from "../../shared/dynamodb/kept-answers.ts";
import { DynamoLetterRepository } from "../../shared/dynamodb/letter-repository.ts";
import { DynamoOrganisationRepository } from "../../shared/dynamodb/organisation-repository.ts";
import { DynamoSanctionRepository } from "../../shared/dynamodb/sanction-repository.ts";
import { DynamoUserRepository } from "../../shared/dynamodb/user-repository.ts";
import type { Environment } from "../../shared/runtime/environment.ts";
import type { ApiImplementation } from "../../shared/http/api.ts";
import { createAuthenticate, tokenTrustFrom } from "../../shared/http/authentication.ts";
import { Cursors } from "../../shared/operations/kit/cursor.ts";
import { system } from "../../shared/runtime/system.ts";
import { closeAccess } from "../../shared/operations/sanctions/close-access.ts";
import { getClosingLetter } from "../../shared/operations/sanctions/get-closing-letter.ts";
import { listClosures } from "../../shared/operations/sanctions/list-closures.ts";
import { listIncidents } from "../../shared/operations/sanctions/list-incidents.ts";
import { logContact } from "../../shared/operations/sanctions/log-contact.ts";
import { recordIncident } from "../../shared/operations/sanctions/record-incident.ts";
import { reopenAccess } from "../../shared/operations/sanctions/reopen-access.ts";
import type { routes } from "../../shared/operations/sanctions/routes.ts";

/** Puts the operations together with what they need; loaded with the first request. */
export function wire(
  environment: Environment<
    "TABLE_NAME" | "AUDIT_TABLE_NAME" | "USER_POOL_CLIENT_ID" | "TOKEN_ISSUER" | "TOKEN_JWKS_URI" | "CONTACTS"
  >,
): ApiImplementation<typeof routes> {
  const tables = tablesFrom(environment);
  const dependencies = {
    users: new DynamoUserRepository(tables),
    organisations: new DynamoOrganisationRepository(tables),
    sanctions: new DynamoSanctionRepository(tables),
    letters: new DynamoLetterRepository(tables),
    auditTrail: new DynamoAuditTrail(tables),
    cursors: new Cursors(cursorSecret(tables)),
    contacts: environment.CONTACTS,
    ...system,
  };
  return {
    operations: {
      listIncidents: listIncidents(dependencies),
      recordIncident: recordIncident(dependencies),
      logContact: logContact(dependencies),
      listClosures: listClosures(dependencies),
      closeAccess: closeAccess(dependencies),
      getClosingLetter: getClosingLetter(dependencies),
      reopenAccess: reopenAccess(dependencies),
    },
    authenticate: createAuthenticate(tokenTrustFrom(environment), dependencies),
    repetition: { answers: new DynamoKeptAnswers(tables), clock: system.clock },
  };
}
