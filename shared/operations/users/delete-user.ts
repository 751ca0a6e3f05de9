import { DomainError } from "../../domain/errors.ts";
import { auditEvent } from "../../domain/audit.ts";
import type { AdministratorRepository } from "../../domain/jobs/ports.ts";
import { NoLongerEntitled, type UserRepository } from "../../domain/ports/users.ts";
import { instant, type Clock } from "../../domain/time.ts";
import { administers, type Role, type User } from "../../domain/user.ts";
import { userShown } from "../kit/data-access.ts";
import { entityTag } from "../kit/entity-tag.ts";
import { userRepresentation } from "./user-representation.ts";
import type { Caller, Operation } from "../kit/operation.ts";
import { managedUser } from "./managed-user.ts";
import { routes } from "./routes.ts";

export interface DeleteUserDependencies {
  readonly users: Pick<UserRepository, "find" | "delete">;
  readonly administrators: Pick<AdministratorRepository, "othersThan">;
  readonly clock: Clock;
  readonly newId: () => string;
}

/**
 * Ends an account for good (DESIGN §2, Deletion). The deleter must still hold the role at commit, so two
 * administrators cannot delete each other, and a contract manager who deletes another remains.
 */
export function deleteUser(dependencies: DeleteUserDependencies): Operation<typeof routes.deleteUser> {
  const { users, clock, newId } = dependencies;
  return async ({ params, body, caller, origin, repeatable }) => {
    const user = await managedUser(users, { params, caller }, routes.deleteUser);
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
    const consequences = { mails: [], events: [event], ...repeatable?.keepDone() };
    const deleted = await users
      .delete({ user, remark: body.reason, at, by, consequences })
      .catch(async (error: unknown) => {
        throw error instanceof NoLongerEntitled ? await lostEntitlementError(user, dependencies) : error;
      });
    return {
      body: userRepresentation(deleted, now),
      headers: { ETag: entityTag(deleted) },
      dataAccess: userShown(deleted),
      audited: true,
    };
  };
}

/** The role by which the caller may delete users (routes.ts). */
function entitlingRole({ user }: Caller): Role {
  return user.roles.includes("contract-manager") ? "contract-manager" : "organisation-admin";
}

/** The caller lost the role meanwhile: either the user is the last administrator now, or the caller's session ended. */
async function lostEntitlementError(user: User, { administrators }: DeleteUserDependencies): Promise<Error> {
  if (!administers(user.roles)) return new DomainError("not-authenticated");
  const { active } = await administrators.othersThan(user.organisationId, user.username);
  return active.length === 0 ? new DomainError("last-administrator") : new DomainError("not-authenticated");
}
