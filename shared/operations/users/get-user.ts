import { DomainError } from "../../domain/errors.ts";
import { formatLoginName, parseLoginName } from "../../domain/login-name.ts";
import type { UserRepository } from "../../domain/ports.ts";
import type { User } from "../../domain/user.ts";
import { entityTag, userRepresentation } from "../kit/representations.ts";
import type { Operation } from "../kit/route.ts";
import { traceView, type TraceViewDependencies } from "../kit/record-data-access.ts";
import type { routes } from "./routes.ts";

export function getUser(
  dependencies: TraceViewDependencies & { readonly users: Pick<UserRepository, "find"> },
): Operation<typeof routes.getUser> {
  const note = traceView(dependencies);
  return async ({ params, caller, origin }) => {
    const user = await existing(dependencies.users, params.id, params.username);
    await note({
      caller,
      origin,
      organisationId: params.id,
      subject: { type: "user", id: user.username },
      detail: { what: "user" },
    });
    return { body: userRepresentation(user, dependencies.clock()), headers: { ETag: entityTag(user) } };
  };
}

/** A user by a login name as people type it. @throws not-found */
export async function existing(
  users: Pick<UserRepository, "find">,
  organisationId: string,
  typed: string,
): Promise<User> {
  const name = parseLoginName(typed);
  const user = name && (await users.find(organisationId, formatLoginName(name)));
  if (!user) throw new DomainError("not-found");
  return user;
}
