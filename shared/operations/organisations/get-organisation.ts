import { DomainError } from "../../domain/errors.ts";
import type { OrganisationRepository } from "../../domain/ports.ts";
import { isOperator } from "../../http/authorisation.ts";
import { entityTag, organisationRepresentation } from "../kit/representations.ts";
import type { Operation } from "../kit/route.ts";
import { traceView, type TraceViewDependencies } from "../kit/record-data-access.ts";
import type { routes } from "./routes.ts";

/** CIZ sees who the contact person and the signatory are, which leaves a trace. */
export function getOrganisation(
  dependencies: TraceViewDependencies & { readonly organisations: Pick<OrganisationRepository, "find"> },
): Operation<typeof routes.getOrganisation> {
  const noteView = traceView(dependencies);
  return async ({ params: { id: organisationId }, caller, origin }) => {
    const own = caller.organisation.id === organisationId;
    const organisation = own ? caller.organisation : await dependencies.organisations.find(organisationId);
    if (!organisation) throw new DomainError("not-found");
    if (!own) await noteView({ origin, organisationId, detail: { what: "organisation" } });
    const viewer = isOperator(caller) ? "operator" : "organisation";
    return {
      body: organisationRepresentation(organisation, viewer),
      headers: { ETag: entityTag(organisation) },
    };
  };
}
