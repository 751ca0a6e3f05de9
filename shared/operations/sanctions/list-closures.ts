import type { OrganisationRepository } from "../../domain/ports/organisations.ts";
import type { SanctionRepository } from "../../domain/ports/sanctions.ts";
import type { Closure } from "../../domain/sanction.ts";
import type { Cursors } from "../kit/cursor.ts";
import type { Operation } from "../kit/operation.ts";
import { findOrganisation } from "../kit/find-organisation.ts";
import { pageOfList } from "../kit/page-of-list.ts";
import { closureRepresentation } from "./representations.ts";
import type { routes } from "./routes.ts";

const placeOf = ({ closedAt: at, id }: Closure) => ({ at, id });

export function listClosures({
  organisations,
  sanctions,
  cursors,
}: {
  organisations: Pick<OrganisationRepository, "find">;
  sanctions: Pick<SanctionRepository, "closures">;
  cursors: Cursors;
}): Operation<typeof routes.listClosures> {
  return async ({ params, query, caller }) => {
    await findOrganisation(params.id, caller, { organisations });
    const scope = { list: "closures", organisationId: params.id };
    const shown = { placeOf, represent: closureRepresentation };
    return {
      body: await pageOfList(await sanctions.closures(params.id), shown, query, scope, cursors),
      dataAccess: { organisationId: params.id, detail: { what: "closures" } },
    };
  };
}
