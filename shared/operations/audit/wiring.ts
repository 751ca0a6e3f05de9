import { DynamoAuditReader } from "../../dynamodb/audit-reader.ts";
import type { Tables } from "../../dynamodb/client.ts";
import { DynamoOrganisationRepository } from "../../dynamodb/organisation-repository.ts";
import type { Cursors } from "../kit/cursor.ts";
import type { Operations } from "../kit/operation.ts";
import { listAuditEvents } from "./list-audit-events.ts";
import type { routes } from "./routes.ts";

/** Reading the audit trail, for the API and for pages. */
export function wireAudit(tables: Tables, cursors: Cursors): Operations<typeof routes> {
  return {
    listAuditEvents: listAuditEvents({
      auditReader: new DynamoAuditReader(tables),
      organisations: new DynamoOrganisationRepository(tables),
      cursors,
    }),
  };
}
