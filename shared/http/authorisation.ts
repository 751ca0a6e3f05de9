import { DomainError } from "../domain/errors.ts";
import { managesEveryone } from "../domain/management.ts";
import { isOperator } from "../domain/operator.ts";
import type { Member } from "../domain/ports/users.ts";
import type { Access, Route } from "../operations/kit/route.ts";

function holds(access: Access, caller: Member, organisationId: string | undefined): boolean {
  const { user } = caller;
  switch (access) {
    case "own-administrators":
      return user.roles.includes("organisation-admin") && user.organisationId === organisationId;
    case "contract-managers":
      return managesEveryone(user);
    case "service-desk":
      return isOperator(caller) && user.roles.includes("service-desk");
  }
}

/**
 * True if a caller may call a route. Menus and buttons use it too, so that they offer only what is allowed.
 * @param organisationId the organisation that the path names, if it names one
 */
export function mayCall({ who }: Pick<Route, "who">, caller: Member, organisationId?: string): boolean {
  if (who === "anyone" || who === "signed-in") return true;
  return who.some((access) => holds(access, caller, organisationId));
}

/** Another organisation's resource, which outsiders cannot tell from one that does not exist. */
export class ForeignOrganisation extends DomainError {
  constructor() {
    super("not-found");
  }
}

/**
 * Refuses a caller who may not call a route. Outsiders cannot tell whether another organisation exists (DESIGN §4).
 * @param organisationId the organisation that the path names, if it names one
 * @throws not-found, not-allowed
 */
export function authorise(route: Pick<Route, "who">, caller: Member, organisationId?: string): void {
  if (mayCall(route, caller, organisationId)) return;
  const foreign = organisationId !== undefined && organisationId !== caller.user.organisationId;
  throw foreign && !isOperator(caller) ? new ForeignOrganisation() : new DomainError("not-allowed");
}
