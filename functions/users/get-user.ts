import { NotFound } from "../../shared/domain/errors.ts";
import { formatLoginName, parseLoginName } from "../../shared/domain/login-name.ts";
import type { UserRepository } from "../../shared/domain/ports.ts";
import type { User } from "../../shared/domain/user.ts";
import { entityTag, userRepresentation } from "../../shared/http/representations.ts";
import type { Operation } from "../../shared/http/route.ts";
import { noteView, type NoteViewDependencies } from "./note-view.ts";
import type { routes } from "./routes.ts";

export function getUser(
  dependencies: NoteViewDependencies & { readonly users: Pick<UserRepository, "find"> },
): Operation<typeof routes.getUser> {
  const note = noteView(dependencies);
  return async ({ params, caller, origin }) => {
    const user = await existing(dependencies.users, params.id, params.username);
    await note({ caller, origin, organisationId: params.id, what: "user", username: user.username });
    return { body: userRepresentation(user, dependencies.clock()), headers: { ETag: entityTag(user) } };
  };
}

/** A user by a login name as people type it. @throws NotFound */
export async function existing(
  users: Pick<UserRepository, "find">,
  organisationId: string,
  typed: string,
): Promise<User> {
  const name = parseLoginName(typed);
  const user = name && (await users.find(organisationId, formatLoginName(name)));
  if (!user) throw new NotFound();
  return user;
}
