import type { PageAction } from "../kit/page-action.ts";
import type { OrganisationOperations } from "./operations.ts";
import type { PageName } from "./routes.ts";
import { setRoles, showAdministrators, showRoles } from "./administrators.tsx";
import { showOrganisations } from "./list-organisations.tsx";
import { changeData, showChange, showData } from "./organisation-data.tsx";
import { register, showRegistration } from "./register-organisation.tsx";

/** What answers each page. */
export function actionsFor(operations: OrganisationOperations): Record<PageName, PageAction> {
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
  };
}
