import { findOrganisation } from "../kit/find-organisation.ts";
import type { Clock } from "../../domain/time.ts";
import { inDutchOrder } from "../../domain/collation.ts";
import { displayedName } from "../../domain/person.ts";
import type { OrganisationRepository } from "../../domain/ports/organisations.ts";
import type { RoleRepository } from "../../domain/role-change.ts";
import { wrongCursor, type Cursors } from "../kit/cursor.ts";
import { userRepresentation } from "../users/user-representation.ts";
import type { Operation } from "../kit/operation.ts";
import type { routes } from "./routes.ts";

export interface ListAdministratorsDependencies {
  readonly organisations: Pick<OrganisationRepository, "find">;
  readonly roles: Pick<RoleRepository, "holders">;
  readonly cursors: Pick<Cursors, "read" | "write">;
  readonly clock: Clock;
}

/** Somebody's place in the list, as it was when the page was shown. */
interface Place {
  readonly name: string;
  readonly username: string;
}

/** All users with a role at an organisation, by name. */
export function listAdministrators(
  dependencies: ListAdministratorsDependencies,
): Operation<typeof routes.listAdministrators> {
  const { roles, cursors, clock } = dependencies;
  return async ({ params: { id: organisationId }, query: { limit, after }, caller }) => {
    await findOrganisation(organisationId, caller, dependencies);
    const scope = { list: "administrators", organisationId };
    const last = after === undefined ? null : parsePlace(await cursors.read(scope, after));
    const holders = (await roles.holders(organisationId))
      .map((user) => ({ user, name: displayedName(user), username: user.username }))
      .sort(byName);
    const rest = last === null ? holders : holders.filter((one) => byName(one, last) > 0);
    const shown = rest.slice(0, limit);
    const end = rest.length > limit ? shown.at(-1) : undefined;
    const now = clock();
    return {
      body: {
        items: shown.map(({ user }) => userRepresentation(user, now)),
        next: end === undefined ? null : await cursors.write(scope, `${end.username} ${end.name}`),
        total: holders.length,
      },
      dataAccess: { organisationId, detail: { what: "administrators" } },
    };
  };
}

function byName(a: Place, b: Place): number {
  return inDutchOrder(a.name, b.name) || (a.username < b.username ? -1 : Number(a.username > b.username));
}

function parsePlace(text: string): Place {
  const gap = text.indexOf(" ");
  if (gap === -1) throw wrongCursor();
  return { username: text.slice(0, gap), name: text.slice(gap + 1) };
}
