import { authorise, mayCall } from "../../http/authorisation.ts";
import type { Route } from "../../operations/kit/route.ts";
import { signedIn } from "./page-action.ts";
import type { Site } from "./site.ts";

/** Whether the signed-in person may call a route, for buttons and links; the call itself decides again. */
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
