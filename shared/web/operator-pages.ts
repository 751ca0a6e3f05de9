import type { PageActions } from "./kit/page-action.ts";
import type { WebOperations } from "./operations.ts";
import { setRoles, showAdministrators, showRoles } from "./organisations/administrators.tsx";
import { showOrganisations } from "./organisations/list-organisations.tsx";
import { changeData, showChange, showData } from "./organisations/organisation-data.tsx";
import { register, showRegistration } from "./organisations/register-organisation.tsx";
import type { operatorRoutes } from "./routes.ts";
import { closeAccess, getLetter, showAccess, showClosing } from "./sanctions/access.tsx";
import {
  logContact,
  recordIncident,
  showContacts,
  showIncidents,
  showNewContact,
  showNewIncident,
} from "./sanctions/incidents.tsx";
import { reopenAccess, showReopening } from "./sanctions/reopen-access.tsx";

export type OperatorOperations = Pick<
  WebOperations,
  | "changeOrganisation"
  | "closeAccess"
  | "getClosingLetter"
  | "getOrganisation"
  | "getUser"
  | "listAdministrators"
  | "listClosures"
  | "listContacts"
  | "listIncidents"
  | "listOrganisations"
  | "listProfiles"
  | "listUndelivered"
  | "listUsers"
  | "logContact"
  | "recordIncident"
  | "registerOrganisation"
  | "reopenAccess"
  | "setRoles"
>;

/** The action behind each page of `operatorRoutes`. */
export function operatorPages(operations: OperatorOperations): PageActions<typeof operatorRoutes> {
  return {
    showOrganisations: showOrganisations(operations),
    showRegistration: showRegistration(operations),
    register: register(operations),
    showData: showData(operations),
    showChange: showChange(operations),
    changeData: changeData(operations),
    showAdministrators: showAdministrators(operations),
    showRoles: showRoles(operations),
    setRoles: setRoles(operations),
    showIncidents: showIncidents(operations),
    showNewIncident: showNewIncident(operations),
    recordIncident: recordIncident(operations),
    showContacts: showContacts(operations),
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
