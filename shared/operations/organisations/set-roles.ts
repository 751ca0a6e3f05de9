import { DomainError, isDomainError } from "../../domain/errors.ts";
import { auditEvent } from "../../domain/audit.ts";
import type { UserRepository } from "../../domain/ports/users.ts";
import { checkRoles, needsSuccessor, successorOf, type RoleRepository } from "../../domain/role-change.ts";
import { instant, type Clock } from "../../domain/time.ts";
import { isUsable, roles as allRoles, type Role, type User } from "../../domain/user.ts";
import { userShown } from "../kit/data-access.ts";
import { entityTag } from "../kit/entity-tag.ts";
import { managedUser } from "../users/managed-user.ts";
import { userRepresentation } from "../users/user-representation.ts";
import type { Operation, OperationRequest } from "../kit/operation.ts";
import { routes } from "./routes.ts";

export interface SetRolesDependencies {
  readonly users: Pick<UserRepository, "find">;
  readonly roles: RoleRepository;
  readonly clock: Clock;
  readonly newId: () => string;
}

/** A concurrent change makes the decision outdated, so it is made again, but not without end. */
const mostTries = 5;

/**
 * Gives a user exactly these roles (DESIGN §4). The transaction checks that another user still holds the role that is
 * taken away, so that two calls at once cannot leave an organisation without an administrator.
 */
export function setRoles(dependencies: SetRolesDependencies): Operation<typeof routes.setRoles> {
  return async (request) => {
    const { params, body, caller } = request;
    const wanted = allRoles.filter((role) => body.roles.includes(role));
    for (let attempt = 1; attempt <= mostTries; attempt += 1) {
      const user = await managedUser(dependencies.users, { params, caller }, routes.setRoles);
      checkRoles(body.roles, params.id);
      const changed = await changeOnce(user, wanted, request, dependencies);
      if (!changed) continue;
      const { clock } = dependencies;
      return {
        body: userRepresentation(changed, clock()),
        headers: { ETag: entityTag(changed) },
        dataAccess: userShown(changed),
        ...(changed !== user && { audited: true }),
      };
    }
    throw new DomainError("temporarily-unavailable");
  };
}

/** @returns null after a concurrent change @throws account-not-usable, last-administrator */
async function changeOnce(
  user: User,
  wanted: readonly Role[],
  { origin, repeatable }: Pick<OperationRequest<typeof routes.setRoles>, "origin" | "repeatable">,
  { roles, clock, newId }: SetRolesDependencies,
): Promise<User | null> {
  if (!isUsable(user.status)) throw new DomainError("account-not-usable");
  if (sameRoles(user.roles, wanted)) return user;
  const successor = needsSuccessor(user, wanted) ? await successorOf(user, roles) : null;
  const event = auditEvent(newId(), instant(clock()), origin, {
    organisationId: user.organisationId,
    action: "roles.changed",
    subject: { type: "user", id: user.username },
    outcome: "done",
    detail: { from: user.roles, to: wanted },
  });
  try {
    const consequences = { mails: [], events: [event], ...repeatable?.keepDone() };
    await roles.changeRoles({ user, roles: wanted, successor, consequences });
    return { ...user, roles: wanted, version: user.version + 1 };
  } catch (error) {
    if (isDomainError(error, "precondition-failed")) return null;
    throw error;
  }
}

function sameRoles(one: readonly Role[], other: readonly Role[]): boolean {
  return one.length === other.length && one.every((role) => other.includes(role));
}
