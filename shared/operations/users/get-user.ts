import { DomainError } from "../../domain/errors.ts";
import { formatLoginName, parseLoginName } from "../../domain/login-name.ts";
import type { UserRepository } from "../../domain/ports/users.ts";
import type { Clock } from "../../domain/time.ts";
import type { User } from "../../domain/user.ts";
import type { Operation } from "../kit/operation.ts";
import { userShown } from "../kit/data-access.ts";
import { entityTag } from "../kit/entity-tag.ts";
import { userRepresentation } from "./user-representation.ts";
import type { routes } from "./routes.ts";

export function getUser({
  users,
  clock,
}: {
  readonly users: Pick<UserRepository, "find">;
  readonly clock: Clock;
}): Operation<typeof routes.getUser> {
  return async ({ params }) => {
    const user = await existingUser(users, params.id, params.username);
    return {
      body: userRepresentation(user, clock()),
      headers: { ETag: entityTag(user) },
      dataAccess: userShown(user),
    };
  };
}

/** A user by a login name as people type it. @throws not-found */
export async function existingUser(
  users: Pick<UserRepository, "find">,
  organisationId: string,
  typed: string,
): Promise<User> {
  const name = parseLoginName(typed);
  const user = name && (await users.find(organisationId, formatLoginName(name)));
  if (!user) throw new DomainError("not-found");
  return user;
}
