import { DomainError } from "../domain/errors.ts";
import { operatorOrganisationId } from "../domain/organisation.ts";
import type { Member } from "../domain/ports.ts";
import type { Access, Route } from "../operations/kit/route.ts";

/** Whether the caller holds one of the operator's roles, which reach every organisation. */
export function isOperator({ user }: Member): boolean {
  return (
    user.organisationId === operatorOrganisationId &&
    (user.roles.includes("contract-manager") || user.roles.includes("service-desk"))
  );
}

function holds(access: Access, caller: Member, organisationId: string | undefined): boolean {
  const { user } = caller;
  switch (access) {
    case "own-administrators":
      return user.roles.includes("organisation-admin") && user.organisationId === organisationId;
    case "contract-managers":
      return isOperator(caller) && user.roles.includes("contract-manager");
    case "service-desk":
      return isOperator(caller) && user.roles.includes("service-desk");
  }
}

/**
 * Lets a caller pass, or refuses: an organisation that is not theirs is not there for them (DESIGN §4).
 * @param organisationId the organisation that the path names, if it names one
 * @throws not-found, not-allowed
 */
export function authorise(who: Route["who"], caller: Member, organisationId: string | undefined): void {
  if (who === "anyone" || who === "signed-in") return;
  if (who.some((access) => holds(access, caller, organisationId))) return;
  const foreign = organisationId !== undefined && organisationId !== caller.user.organisationId;
  throw foreign && !isOperator(caller) ? new DomainError("not-found") : new DomainError("not-allowed");
}
