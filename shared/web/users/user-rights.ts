import { routes as organisationRoutes } from "../../operations/organisations/routes.ts";
import { routes } from "../../operations/users/routes.ts";
import { may } from "../kit/rights.ts";
import type { Site } from "../kit/site.ts";
import type { UserRights } from "./user-page.tsx";

/** Which acts on users the signed-in person is offered. */
export function userRights(site: Site, organisationId: string): UserRights {
  return {
    add: may(routes.createUser, site, organisationId),
    edit: may(routes.editUser, site, organisationId),
    remove: may(routes.deleteUser, site, organisationId),
    sendLink: may(routes.orderPasswordLink, site, organisationId),
    setRoles: may(organisationRoutes.setRoles, site, organisationId),
  };
}
