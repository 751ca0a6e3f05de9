import { DomainError } from "../../domain/errors.ts";
import { auditEvent } from "../../domain/audit.ts";
import type { AdministratorRepository } from "../../domain/jobs/ports.ts";
import { NoLongerEntitled, type RoleHolder, type UserRepository } from "../../domain/ports.ts";
import { indispensableRole, successorOf, type RoleRepository } from "../../domain/role-change.ts";
import { calendarDay, instant, type Clock } from "../../domain/time.ts";
import { administers, isUsable, type Role, type User } from "../../domain/user.ts";
import { entityTag, userRepresentation } from "../kit/representations.ts";
import type { Caller, Operation } from "../kit/operation.ts";
import { describeError, logger } from "../../runtime/logging.ts";
import type { EndSignIn } from "../../cognito/end-sign-in.ts";
import { existingUser } from "./get-user.ts";
import type { routes } from "./routes.ts";

export interface DeleteUserDependencies {
  readonly users: Pick<UserRepository, "find" | "delete">;
  readonly administrators: Pick<AdministratorRepository, "othersThan">;
  readonly roles: Pick<RoleRepository, "administrators">;
  readonly endSignIn: EndSignIn;
  readonly clock: Clock;
  readonly newId: () => string;
}

/**
 * Ends an account for good (DESIGN §2, Deletion). Administrators are among those who remain, since nobody deletes
 * themself; whoever has lost the role meanwhile does not, and so of administrators who delete each other at once
 * one always stays.
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
    const by = { user: caller.user, role: roleOf(caller) };
    const successor = await successorBeside(by.role, user, dependencies);
    const consequences = { mails: [], events: [event] };
    const deleted = await users
      .delete({ user, remark: body.reason, at, by, successor, consequences })
      .catch(async (error: unknown) => {
        throw error instanceof NoLongerEntitled ? await refusal(user, dependencies) : error;
      });
    await tellIdentityProvider(deleted, now, dependencies);
    return { body: userRepresentation(deleted, now), headers: { ETag: entityTag(deleted) } };
  };
}

/** By which of their roles someone may delete users (routes.ts). */
function roleOf({ user }: Caller): Role {
  return user.roles.includes("contract-manager") ? "contract-manager" : "organisation-admin";
}

/**
 * CIZ must keep a contract manager: one who deletes another remains, an administrator of its users is none.
 * @throws last-administrator
 */
async function successorBeside(
  role: Role,
  user: User,
  { roles }: DeleteUserDependencies,
): Promise<RoleHolder | null> {
  const needed = indispensableRole(user.organisationId);
  if (role === "contract-manager" || role === needed || !isUsable(user.status)) return null;
  return user.roles.includes(needed) ? { user: await successorOf(user, roles), role: needed } : null;
}

/** Whoever is left to look after the users stays; otherwise it is the caller's account that has ended. */
async function refusal(user: User, { administrators }: DeleteUserDependencies): Promise<Error> {
  if (!administers(user.roles)) return new DomainError("not-authenticated");
  const { active } = await administrators.othersThan(user.organisationId, user.username);
  return active.length === 0 ? new DomainError("last-administrator") : new DomainError("not-authenticated");
}

/** The account is on the list for a job that does the same; here it is only done sooner. */
async function tellIdentityProvider(
  { organisationId, username }: User,
  now: Date,
  { endSignIn }: DeleteUserDependencies,
): Promise<void> {
  try {
    await endSignIn({ kind: "unfinished", organisationId, username, at: calendarDay(now), about: null });
  } catch (error) {
    logger.warn("the identity provider will be told of a deletion later", describeError(error));
  }
}
