import { authorise } from "../../http/authorisation.ts";
import type { Route } from "../../operations/kit/route.ts";
import { isAuthorised } from "../users/user-rights.ts";
import { signedIn } from "./page-action.ts";
import type { Site } from "./site.ts";

/** Whether whoever is signed in may call a route; asked again when they do. */
export function may({ who }: Route, site: Site, organisationId = ""): boolean {
  return isAuthorised(who, signedIn(site), organisationId);
}

/**
 * A page is for whoever may call the route behind it.
 * @param organisationId the organisation of the address, if it has one
 * @throws not-found, not-allowed
 */
export function requireMay({ who }: Route, site: Site, organisationId?: string): void {
  authorise(who, signedIn(site).member, organisationId);
}
