import { operatorOrganisationId } from "./organisation.ts";
import type { Member } from "./ports/users.ts";
import { operatorRoles } from "./user.ts";

/** True for members with one of the operator's roles, which reach every organisation. */
export function isOperator({ user }: Pick<Member, "user">): boolean {
  return (
    user.organisationId === operatorOrganisationId && operatorRoles.some((role) => user.roles.includes(role))
  );
}
