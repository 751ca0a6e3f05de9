import { isDomainError } from "../../domain/errors.ts";
import { authorise } from "../../http/authorisation.ts";
import type { Route } from "../../operations/kit/route.ts";
import { routes } from "../../operations/users/routes.ts";
import type { WebSession } from "../../operations/sessions/web-session.ts";
import type { UserRights } from "./user-page.tsx";

export function userRights(session: WebSession, organisationId: string): UserRights {
  const may = ({ who }: Route) => isAuthorised(who, session, organisationId);
  return {
    add: may(routes.createUser),
    edit: may(routes.editUser),
    remove: may(routes.deleteUser),
    sendLink: may(routes.orderPasswordLink),
    setRoles: isAuthorised(["contract-managers"], session, organisationId),
  };
}

export function isAuthorised(who: Route["who"], { member }: WebSession, organisationId: string): boolean {
  try {
    authorise(who, member, organisationId);
    return true;
  } catch (error) {
    if (isDomainError(error, "not-allowed", "not-found")) return false;
    throw error;
  }
}
