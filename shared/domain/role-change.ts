import { DomainError } from "./errors.ts";
import { operatorOrganisationId } from "./organisation.ts";
import type { Consequences } from "./ports/consequences.ts";
import { administers, roles, type Role, type User } from "./user.ts";

/** The roles that an organisation can give to its users (DESIGN §4). */
export function rolesAt(organisationId: string): readonly Role[] {
  return organisationId === operatorOrganisationId ? roles : ["organisation-admin"];
}

/** @throws role-not-here with one error per role that the organisation does not have */
export function checkRoles(wanted: readonly Role[], organisationId: string): void {
  const known = rolesAt(organisationId);
  const errors = wanted.flatMap((role, index) =>
    known.includes(role) ? [] : [{ pointer: `/roles/${index}`, code: "role-not-here" }],
  );
  if (errors.length > 0) throw new DomainError("role-not-here", { errors: errors });
}

/** The role that at least one user of the organisation must always hold. */
export function indispensableRole(organisationId: string): Role {
  return organisationId === operatorOrganisationId ? "contract-manager" : "organisation-admin";
}

/**
 * @returns true if a change of roles takes the indispensable role from this user, so that another holder must
 * remain (`successorOf` finds one)
 */
export function needsSuccessor(user: User, after: readonly Role[]): boolean {
  const role = indispensableRole(user.organisationId);
  return user.roles.includes(role) && !after.includes(role);
}

/**
 * @returns true if the job may end this account only while another contract manager remains (DESIGN §2, Inactivity).
 * The last administrator of a care organisation may lapse: contract managers are told, and can appoint another.
 */
export function isIndispensable({ organisationId, roles }: User): boolean {
  return organisationId === operatorOrganisationId && roles.includes(indispensableRole(organisationId));
}

function canSucceed(other: User, user: User): boolean {
  const statuses = user.status === "active" ? ["active"] : ["active", "invited"];
  return (
    other.username !== user.username &&
    statuses.includes(other.status) &&
    other.roles.includes(indispensableRole(user.organisationId))
  );
}

/**
 * Finds another holder of the indispensable role. An active user needs an active successor; for an invited user
 * an invited one is enough.
 * @throws last-administrator
 */
export async function successorOf(user: User, roles: Pick<RoleRepository, "administrators">): Promise<User> {
  const others = await roles.administrators(user.organisationId);
  const successor = others.find((other) => canSucceed(other, user));
  if (!successor) throw new DomainError("last-administrator");
  return successor;
}

/** Losing a role ends the sessions that used it; a new role takes effect with the next request. */
export function endsSessions(before: readonly Role[], after: readonly Role[]): boolean {
  return before.some((role) => !after.includes(role));
}

/** @returns how a change of roles changes the organisation's list of administrators */
export function administration(before: readonly Role[], after: readonly Role[]): "joins" | "leaves" | "same" {
  if (administers(before) === administers(after)) return "same";
  return administers(after) ? "joins" : "leaves";
}

export interface RoleRepository {
  /** All usable accounts of an organisation that have a role. */
  holders(organisationId: string): Promise<User[]>;
  /** All users who administer an organisation, in any state. */
  administrators(organisationId: string): Promise<User[]>;
  /**
   * Gives a user these roles, if neither the user nor the successor, if there is one, changed since they were
   * read.
   * @throws precondition-failed when either changed meanwhile
   */
  changeRoles(change: {
    readonly user: User;
    readonly roles: readonly Role[];
    readonly successor: User | null;
    readonly consequences: Consequences;
  }): Promise<void>;
}
