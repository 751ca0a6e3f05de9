import type { OrganisationRepository } from "../../domain/ports/organisations.ts";
import type { SanctionRepository } from "../../domain/ports/sanctions.ts";
import type { Incident } from "../../domain/sanction.ts";
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

const placeOf = ({ recordedAt: at, id }: Incident) => ({ at, id });

export function listIncidents({
  organisations,
  sanctions,
  cursors,
}: ListIncidentsDependencies): Operation<typeof routes.listIncidents> {
  return async ({ params: { id: organisationId }, query, caller }) => {
    await findOrganisation(organisationId, caller, { organisations });
    const incidents = await sanctions.incidents(organisationId);
    const scope = { list: "incidents", organisationId };
    const shown = { placeOf, represent: incidentRepresentation };
    const body = await pageOfList(incidents, shown, query, scope, cursors);
    const incidentIds = body.items.map(({ id }) => id);
    return { body, dataAccess: { organisationId, detail: { what: "incidents", incidentIds } } };
  };
}
