import { findOrganisation } from "../kit/find-organisation.ts";
import type { OrganisationRepository } from "../../domain/ports/organisations.ts";
import { isOperator } from "../../domain/operator.ts";
import { organisationShown } from "../kit/data-access.ts";
import { entityTag } from "../kit/entity-tag.ts";
import { organisationRepresentation } from "./organisation-representation.ts";
import type { Operation } from "../kit/operation.ts";
import type { routes } from "./routes.ts";

/** Only CIZ sees contact person and signatory, which is personal data and so recorded as data access. */
export function getOrganisation(dependencies: {
  readonly organisations: Pick<OrganisationRepository, "find">;
}): Operation<typeof routes.getOrganisation> {
  return async ({ params: { id: organisationId }, caller }) => {
    const organisation = await findOrganisation(organisationId, caller, dependencies);
    const viewer = isOperator(caller) ? "operator" : "organisation";
    return {
      body: organisationRepresentation(organisation, viewer),
      headers: { ETag: entityTag(organisation) },
      dataAccess: organisationShown(organisationId),
    };
  };
}
