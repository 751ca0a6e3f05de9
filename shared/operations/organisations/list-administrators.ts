import { DomainError } from "../../domain/errors.ts";
import { inDutchOrder } from "../../domain/collation.ts";
import { displayedName } from "../../domain/person.ts";
import type { OrganisationRepository } from "../../domain/ports.ts";
import type { RoleRepository } from "../../domain/role-change.ts";
import { userRepresentation } from "../kit/representations.ts";
import type { Operation } from "../kit/route.ts";
import { traceView, type TraceViewDependencies } from "../kit/record-data-access.ts";
import type { routes } from "./routes.ts";

export interface ListAdministratorsDependencies extends TraceViewDependencies {
  readonly organisations: Pick<OrganisationRepository, "find">;
  readonly roles: Pick<RoleRepository, "holders">;
}

/** Who looks after an organisation's users and, at the operator, who works for all of them; never many. */
export function listAdministrators(
  dependencies: ListAdministratorsDependencies,
): Operation<typeof routes.listAdministrators> {
  const { organisations, roles, clock } = dependencies;
  const note = traceView(dependencies);
  return async ({ params: { id: organisationId }, caller, origin }) => {
    const isOwn = caller.organisation.id === organisationId;
    if (!isOwn && !(await organisations.find(organisationId))) throw new DomainError("not-found");
    const holders = await roles.holders(organisationId);
    await note({ caller, origin, organisationId, detail: { what: "administrators" } });
    const now = clock();
    const items = holders
      .map((user) => userRepresentation(user, now))
      .sort((a, b) => inDutchOrder(displayedName(a), displayedName(b)));
    return { body: { items, next: null, total: items.length } };
  };
}
