import { findOrganisation } from "../kit/find-organisation.ts";
import type { Clock } from "../../domain/time.ts";
import { inDutchOrder } from "../../domain/collation.ts";
import { displayedName } from "../../domain/person.ts";
import type { OrganisationRepository } from "../../domain/ports/organisations.ts";
import type { RoleRepository } from "../../domain/role-change.ts";
import { userRepresentation } from "../users/user-representation.ts";
import type { Operation } from "../kit/operation.ts";
import type { routes } from "./routes.ts";

export interface ListAdministratorsDependencies {
  readonly organisations: Pick<OrganisationRepository, "find">;
  readonly roles: Pick<RoleRepository, "holders">;
  readonly clock: Clock;
}

/** All users with a role at an organisation; they are few, so the list has one page. */
export function listAdministrators(
  dependencies: ListAdministratorsDependencies,
): Operation<typeof routes.listAdministrators> {
  const { roles, clock } = dependencies;
  return async ({ params: { id: organisationId }, caller }) => {
    await findOrganisation(organisationId, caller, dependencies);
    const holders = await roles.holders(organisationId);
    const now = clock();
    const items = holders
      .map((user) => userRepresentation(user, now))
      .sort((a, b) => inDutchOrder(displayedName(a), displayedName(b)));
    return {
      body: { items, next: null, total: items.length },
      dataAccess: { organisationId, detail: { what: "administrators" } },
    };
  };
}
