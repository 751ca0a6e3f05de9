import { isOperator } from "./operator.ts";
import { operatorRoles, type Role, type User } from "./user.ts";

/** The acts of one user on the account of another. */
export const managementActs = ["edit", "delete", "send-link", "set-roles"] as const;
export type ManagementAct = (typeof managementActs)[number];

/** True for accounts that contract managers alone manage. */
function isProtected({ roles }: { readonly roles: readonly Role[] }): boolean {
  return operatorRoles.some((role) => roles.includes(role));
}

/** True if a user manages every account, also those that outrank an organisation's administrators. */
export function managesEveryone(user: User): boolean {
  return isOperator({ user }) && user.roles.includes("contract-manager");
}

/**
 * True if a user may do this to an account (DESIGN §2, Who may manage whom). It holds for one's own account too: an
 * administrator at CIZ who is also of the service desk does not edit themself.
 */
export function mayManage(
  manager: User,
  target: Pick<User, "organisationId" | "roles">,
  act: ManagementAct,
): boolean {
  if (managesEveryone(manager)) return true;
  if (act === "set-roles" || isProtected(target)) return false;
  if (manager.roles.includes("organisation-admin") && manager.organisationId === target.organisationId)
    return true;
  return act === "send-link" && isOperator({ user: manager });
}
