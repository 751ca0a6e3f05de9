import type { OrganisationRepository } from "../../domain/ports/organisations.ts";
import type { SanctionRepository } from "../../domain/ports/sanctions.ts";
import type { Cursors } from "../kit/cursor.ts";
import type { Operation } from "../kit/operation.ts";
import { findOrganisation } from "../kit/find-organisation.ts";
import { pageOfList } from "../kit/page-of-list.ts";
import { closureRepresentation } from "./representations.ts";
import type { routes } from "./routes.ts";

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
    const page = await pageOfList(await sanctions.closures(params.id), query, scope, cursors);
    return {
      body: { ...page, items: page.items.map(closureRepresentation) },
      dataAccess: { organisationId: params.id, detail: { what: "closures" } },
    };
  };
}
