import type { PageAction } from "../kit/page-action.ts";
import type { AdministrationOperations } from "./operations.ts";
import type { PageName } from "./routes.ts";
import { addUser, showNewUser } from "./add-user.tsx";
import { deleteUser, showDeletion } from "./delete-user.tsx";
import { editUser, sendLink, showUser } from "./edit-user.tsx";
import { downloadUsers, showUsers } from "./list-users.tsx";
import { showUpcoming } from "./list-upcoming.tsx";
import { showOrganisation } from "../organisations/show-organisation.tsx";

/** What answers each page. */
export function actionsFor(operations: AdministrationOperations): Record<PageName, PageAction> {
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
  };
}
