import { NotFound } from "../../shared/domain/errors.ts";
import type { OrganisationRepository, UserRepository } from "../../shared/domain/ports.ts";
import type { Clock } from "../../shared/domain/time.ts";
import { userRepresentation } from "../../shared/http/representations.ts";
import type { Operation } from "../../shared/http/route.ts";
import type { routes } from "./routes.ts";

export function listUsers({
  users,
  organisations,
  clock,
}: {
  users: Pick<UserRepository, "list">;
  organisations: Pick<OrganisationRepository, "find">;
  clock: Clock;
}): Operation<typeof routes.listUsers> {
  return async ({ params, query, caller }) => {
    if (caller.organisation.id !== params.id && !(await organisations.find(params.id))) throw new NotFound();
    const page = await users.list(params.id, { limit: query.limit, after: query.after ?? null });
    const now = clock();
    return { body: { ...page, items: page.items.map((user) => userRepresentation(user, now)) } };
  };
}
