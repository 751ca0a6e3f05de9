import type { OrganisationRepository } from "../../domain/ports.ts";
import type { SanctionRepository } from "../../domain/sanction-ports.ts";
import type { Cursors } from "../kit/cursor.ts";
import type { Operation } from "../kit/route.ts";
import { traceView, type TraceViewDependencies } from "../kit/record-data-access.ts";
import { organisationOf } from "./organisation-of.ts";
import { pageOfList } from "../kit/page-of-list.ts";
import { incidentRepresentation } from "./representations.ts";
import type { routes } from "./routes.ts";

export interface ListIncidentsDependencies extends TraceViewDependencies {
  readonly organisations: Pick<OrganisationRepository, "find">;
  readonly sanctions: Pick<SanctionRepository, "incidents">;
  readonly cursors: Cursors;
}

/** Incidents tell of people, so that looking at them leaves a trace. */
export function listIncidents(
  dependencies: ListIncidentsDependencies,
): Operation<typeof routes.listIncidents> {
  const { organisations, sanctions, cursors } = dependencies;
  const noteView = traceView(dependencies);
  return async ({ params: { id: organisationId }, query, caller, origin }) => {
    await organisationOf(organisationId, caller, organisations);
    const incidents = await sanctions.incidents(organisationId);
    const page = await pageOfList(incidents, query, { list: "incidents", organisationId }, cursors);
    const incidentIds = page.items.map(({ id }) => id);
    await noteView({ origin, organisationId, detail: { what: "incidents", incidentIds } });
    return { body: { ...page, items: page.items.map(incidentRepresentation) } };
  };
}
