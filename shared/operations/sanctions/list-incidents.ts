import type { OrganisationRepository } from "../../domain/ports/organisations.ts";
import type { SanctionRepository } from "../../domain/ports/sanctions.ts";
import type { Cursors } from "../kit/cursor.ts";
import type { Operation } from "../kit/operation.ts";
import { findOrganisation } from "../kit/find-organisation.ts";
import { pageOfList } from "../kit/page-of-list.ts";
import { incidentRepresentation } from "./representations.ts";
import type { routes } from "./routes.ts";

export interface ListIncidentsDependencies {
  readonly organisations: Pick<OrganisationRepository, "find">;
  readonly sanctions: Pick<SanctionRepository, "incidents">;
  readonly cursors: Cursors;
}

export function listIncidents({
  organisations,
  sanctions,
  cursors,
}: ListIncidentsDependencies): Operation<typeof routes.listIncidents> {
  return async ({ params: { id: organisationId }, query, caller }) => {
    await findOrganisation(organisationId, caller, { organisations });
    const incidents = await sanctions.incidents(organisationId);
    const page = await pageOfList(incidents, query, { list: "incidents", organisationId }, cursors);
    const incidentIds = page.items.map(({ id }) => id);
    return {
      body: { ...page, items: page.items.map(incidentRepresentation) },
      dataAccess: { organisationId, detail: { what: "incidents", incidentIds } },
    };
  };
}
