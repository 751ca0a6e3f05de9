import { authorise, mayCall } from "../../http/authorisation.ts";
import type { Route } from "../../operations/kit/route.ts";
import { signedIn } from "./page-action.ts";
import type { Site } from "./site.ts";

/** True if the user may call a route: decides which buttons are shown; the call checks again. */
export function may(route: Pick<Route, "who">, site: Site, organisationId?: string): boolean {
  return mayCall(route, signedIn(site).member, organisationId);
}

/**
 * Refuses a page to people who may not call the route behind it.
 * @param organisationId the organisation of the address, if it has one
 * @throws not-found, not-allowed
 */
export function requireMay(route: Pick<Route, "who">, site: Site, organisationId?: string): void {
  authorise(route, signedIn(site).member, organisationId);
}
