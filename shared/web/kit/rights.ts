import { DomainError } from "../../domain/errors.ts";
import { mayManage, type ManagementAct } from "../../domain/management.ts";
import type { User } from "../../domain/user.ts";
import { authorise, mayCall } from "../../http/authorisation.ts";
import type { Route } from "../../operations/kit/route.ts";
import { signedIn } from "./page-action.ts";
import type { Site } from "./site.ts";

/** True if the user may call a route: decides which buttons are shown; the call checks again. */
export function may(route: Pick<Route, "who">, site: Site, organisationId?: string): boolean {
  return mayCall(route, signedIn(site).member, organisationId);
}

/** The same for a route that does something to an account. */
export function mayTo(route: ManagingRoute, site: Site, target: Target): boolean {
  const { member } = signedIn(site);
  return mayCall(route, member, target.organisationId) && mayManage(member.user, target, route.manages);
}

type ManagingRoute = Pick<Route, "who"> & { readonly manages: ManagementAct };
type Target = Pick<User, "organisationId" | "roles">;

/**
 * Refuses a page to people who may not call the route behind it.
 * @param organisationId the organisation of the address, if it has one
 * @throws not-found, not-allowed
 */
export function requireMay(route: Pick<Route, "who">, site: Site, organisationId?: string): void {
  authorise(route, signedIn(site).member, organisationId);
}

/** Refuses the page of an act on an account to people who may not do it. @throws not-found, not-allowed */
export function requireMayTo(route: ManagingRoute, site: Site, target: Target): void {
  requireMay(route, site, target.organisationId);
  if (!mayTo(route, site, target)) throw new DomainError("not-allowed");
}
