import { DomainError } from "./errors.ts";
import { operatorOrganisationId } from "./organisation.ts";
import type { Consequences } from "./ports.ts";
import { administers, roles, type Role, type User } from "./user.ts";

/** The roles that users of an organisation can have (DESIGN §4). */
export function rolesAt(organisationId: string): readonly Role[] {
  return organisationId === operatorOrganisationId ? roles : ["organisation-admin"];
}

/** @throws role-not-here naming each that the organisation does not know */
export function checkRoles(wanted: readonly Role[], organisationId: string): void {
  const known = rolesAt(organisationId);
  const errors = wanted.flatMap((role, index) =>
    known.includes(role) ? [] : [{ pointer: `/roles/${index}`, code: "role-not-here" }],
  );
  if (errors.length > 0) throw new DomainError("role-not-here", { errors: errors });
}

/** The role that somebody at the organisation must always hold. */
export function indispensableRole(organisationId: string): Role {
  return organisationId === operatorOrganisationId ? "contract-manager" : "organisation-admin";
}

/**
 * Whether a user can only lose what they lose while another has the indispensable role: an active one needs
 * another who is active, an invited one at least another who is invited.
 */
export function needsSuccessor(user: User, after: readonly Role[]): boolean {
  const role = indispensableRole(user.organisationId);
  return user.roles.includes(role) && !after.includes(role);
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
 * Who has the indispensable role beside somebody who loses it.
 * @throws last-administrator
 */
export async function successorOf(user: User, roles: Pick<RoleRepository, "administrators">): Promise<User> {
  const others = await roles.administrators(user.organisationId);
  const successor = others.find((other) => canSucceed(other, user));
  if (!successor) throw new DomainError("last-administrator");
  return successor;
}

/** Rights that are taken away end the sessions they were used in; new ones hold from the next request on. */
export function endsSessions(before: readonly Role[], after: readonly Role[]): boolean {
  return before.some((role) => !after.includes(role));
}

/** Whether the user joins, leaves, or stays in or out of the list of administrators. */
export function administration(before: readonly Role[], after: readonly Role[]): "joins" | "leaves" | "same" {
  if (administers(before) === administers(after)) return "same";
  return administers(after) ? "joins" : "leaves";
}

export interface RoleRepository {
  /** All who have a role at an organisation and can still sign in, or will. */
  holders(organisationId: string): Promise<User[]>;
  /** All who look after an organisation's users, whatever their status. */
  administrators(organisationId: string): Promise<User[]>;
  /**
   * Gives a user these roles, if they are as they were read and, where one is named, the successor still is
   * what they were.
   * @throws precondition-failed when either changed meanwhile
   */
  changeRoles(change: {
    readonly user: User;
    readonly roles: readonly Role[];
    readonly successor: User | null;
    readonly consequences: Consequences;
  }): Promise<void>;
}
