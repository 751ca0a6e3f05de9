import { NotFound } from "../../shared/domain/errors.ts";
import { formatLoginName, parseLoginName } from "../../shared/domain/login-name.ts";
import type { UserRepository } from "../../shared/domain/ports.ts";
import type { Clock } from "../../shared/domain/time.ts";
import { entityTag, userRepresentation } from "../../shared/http/representations.ts";
import type { Operation } from "../../shared/http/route.ts";
import type { routes } from "./routes.ts";

export function getUser({
  users,
  clock,
}: {
  users: Pick<UserRepository, "find">;
  clock: Clock;
}): Operation<typeof routes.getUser> {
  return async ({ params }) => {
    const name = parseLoginName(params.username);
    const user = name && (await users.find(params.id, formatLoginName(name)));
    if (!user) throw new NotFound();
    return { body: userRepresentation(user, clock()), headers: { ETag: entityTag(user) } };
  };
}
