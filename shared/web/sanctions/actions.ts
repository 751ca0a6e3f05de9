import type { PageAction } from "../kit/page-action.ts";
import type { SanctionOperations } from "./operations.ts";
import type { PageName } from "./routes.ts";
import { closeAccess, getLetter, reopenAccess, showAccess, showClosing, showReopening } from "./access.tsx";
import { logContact, recordIncident, showIncidents, showNewContact, showNewIncident } from "./incidents.tsx";

/** What answers each page. */
export function actionsFor(operations: SanctionOperations): Record<PageName, PageAction> {
  return {
    showIncidents: showIncidents(operations),
    showNewIncident: showNewIncident(operations),
    recordIncident: recordIncident(operations),
    showNewContact: showNewContact(operations),
    logContact: logContact(operations),
    showAccess: showAccess(operations),
    showClosing: showClosing(operations),
    closeAccess: closeAccess(operations),
    showReopening: showReopening(operations),
    reopenAccess: reopenAccess(operations),
    getLetter: getLetter(operations),
  };
}
