import { DomainError } from "../../domain/errors.ts";
import { auditEvent } from "../../domain/audit.ts";
import type { AdministratorRepository } from "../../domain/jobs/ports.ts";
import { NoLongerEntitled, type RoleHolder, type UserRepository } from "../../domain/ports/users.ts";
import { indispensableRole, successorOf, type RoleRepository } from "../../domain/role-change.ts";
import { instant, type Clock } from "../../domain/time.ts";
import { administers, isUsable, type Role, type User } from "../../domain/user.ts";
import { entityTag } from "../kit/entity-tag.ts";
import { userRepresentation } from "./user-representation.ts";
import type { Caller, Operation } from "../kit/operation.ts";
import { existingUser } from "./get-user.ts";
import type { routes } from "./routes.ts";

export interface DeleteUserDependencies {
  readonly users: Pick<UserRepository, "find" | "delete">;
  readonly administrators: Pick<AdministratorRepository, "othersThan">;
  readonly roles: Pick<RoleRepository, "administrators">;
  readonly clock: Clock;
  readonly newId: () => string;
}

/**
 * Ends an account for good (DESIGN §2, Deletion). The deleter must still hold the role at commit, so two
 * administrators cannot delete each other.
 */
export function deleteUser(dependencies: DeleteUserDependencies): Operation<typeof routes.deleteUser> {
  const { users, clock, newId } = dependencies;
  return async ({ params, body, caller, origin }) => {
    const user = await existingUser(users, params.id, params.username);
    if (user.username === caller.user.username) throw new DomainError("own-account");
    if (user.status === "deleted") throw new DomainError("already-deleted");
    const now = clock();
    const at = instant(now);
    const event = auditEvent(newId(), at, origin, {
      organisationId: params.id,
      action: "user.deleted",
      subject: { type: "user", id: user.username },
      outcome: "done",
      detail: { from: user.status, roles: user.roles },
    });
    const by = { user: caller.user, role: entitlingRole(caller) };
    const successor = await requiredSuccessor(by.role, user, dependencies);
    const consequences = { mails: [], events: [event] };
    const deleted = await users
      .delete({ user, remark: body.reason, at, by, successor, consequences })
      .catch(async (error: unknown) => {
        throw error instanceof NoLongerEntitled ? await lostEntitlementError(user, dependencies) : error;
      });
    return { body: userRepresentation(deleted, now), headers: { ETag: entityTag(deleted) } };
  };
}

/** The role by which the caller may delete users (routes.ts). */
function entitlingRole({ user }: Caller): Role {
  return user.roles.includes("contract-manager") ? "contract-manager" : "organisation-admin";
}

/**
 * The user who must still hold the role that CIZ cannot do without, contract manager, when one of them is deleted. A
 * contract manager who deletes another is that user; an administrator of CIZ's users does not hold the role.
 * @throws last-administrator
 */
async function requiredSuccessor(
  role: Role,
  user: User,
  { roles }: DeleteUserDependencies,
): Promise<RoleHolder | null> {
  const needed = indispensableRole(user.organisationId);
  if (role === "contract-manager" || role === needed || !isUsable(user.status)) return null;
  return user.roles.includes(needed) ? { user: await successorOf(user, roles), role: needed } : null;
}

/** The caller lost the role meanwhile: either the user is the last administrator now, or the caller's session ended. */
async function lostEntitlementError(user: User, { administrators }: DeleteUserDependencies): Promise<Error> {
  if (!administers(user.roles)) return new DomainError("not-authenticated");
  const { active } = await administrators.othersThan(user.organisationId, user.username);
  return active.length === 0 ? new DomainError("last-administrator") : new DomainError("not-authenticated");
}
