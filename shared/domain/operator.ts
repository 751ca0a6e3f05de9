import { operatorOrganisationId } from "./organisation.ts";
import type { Member } from "./ports/users.ts";

/** True for members with one of the operator's roles, which reach every organisation. */
export function isOperator({ user }: Pick<Member, "user">): boolean {
  return (
    user.organisationId === operatorOrganisationId &&
    (user.roles.includes("contract-manager") || user.roles.includes("service-desk"))
  );
}
