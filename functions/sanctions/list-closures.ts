import type { OrganisationRepository } from "../../shared/domain/ports.ts";
import type { SanctionRepository } from "../../shared/domain/sanction-ports.ts";
import type { Cursors } from "../../shared/http/cursor.ts";
import type { Operation } from "../../shared/http/route.ts";
import { organisationOf } from "./organisation-of.ts";
import { pageOfList } from "./page.ts";
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
    await organisationOf(params.id, caller, organisations);
    const scope = { list: "closures", organisationId: params.id };
    const page = await pageOfList(await sanctions.closures(params.id), query, scope, cursors);
    return { body: { ...page, items: page.items.map(closureRepresentation) } };
  };
}
