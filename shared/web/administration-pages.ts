import type { PageActions } from "./kit/page-action.ts";
import { showTrail } from "./audit/show-trail.tsx";
import { carryOutImport } from "./imports/carry-out-import.tsx";
import {
  downloadExample,
  previewImport,
  showImport,
  type ImportOperations,
} from "./imports/preview-import.tsx";
import { showOutcome } from "./imports/show-outcome.tsx";
import type { WebOperations } from "./operations.ts";
import { showOrganisation } from "./organisations/show-organisation.tsx";
import type { administrationRoutes } from "./routes.ts";
import { addUser, showNewUser } from "./users/add-user.tsx";
import { deleteUser, showDeletion } from "./users/delete-user.tsx";
import { editUser, sendLink, showUser } from "./users/edit-user.tsx";
import { showUpcoming } from "./users/list-upcoming.tsx";
import { downloadUsers, showUsers } from "./users/list-users.tsx";

export type AdministrationOperations = ImportOperations &
  Pick<
    WebOperations,
    | "createUser"
    | "deleteUser"
    | "editUser"
    | "getOrganisation"
    | "getUser"
    | "listAuditEvents"
    | "listUpcoming"
    | "listUsers"
    | "orderPasswordLink"
  >;

/** The action behind each page of `administrationRoutes`. */
export function administrationPages(
  operations: AdministrationOperations,
): PageActions<typeof administrationRoutes> {
  return {
    showOrganisation: showOrganisation(operations),
    showUpcoming: showUpcoming(operations),
    showUsers: showUsers(operations),
    downloadUsers: downloadUsers(operations),
    showNewUser: showNewUser(operations),
    addUser: addUser(operations),
    showUser: showUser(operations),
    editUser: editUser(operations),
    showDeletion: showDeletion(operations),
    deleteUser: deleteUser(operations),
    sendLink: sendLink(operations),
    showTrail: showTrail(operations),
    showImport: showImport(operations),
    previewImport: previewImport(operations),
    downloadExample,
    showOutcome: showOutcome(operations),
    importUsers: carryOutImport(operations),
  };
}
