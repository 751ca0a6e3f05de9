import { NotFound } from "../../shared/domain/errors.ts";
import type { OrganisationRepository } from "../../shared/domain/ports.ts";
import { isOperator } from "../../shared/http/authorisation.ts";
import { entityTag, organisationRepresentation } from "../../shared/http/representations.ts";
import type { Operation } from "../../shared/http/route.ts";
import type { routes } from "./routes.ts";

export function getOrganisation({
  organisations,
}: {
  organisations: Pick<OrganisationRepository, "find">;
}): Operation<typeof routes.getOrganisation> {
  return async ({ params, caller }) => {
    const own = caller.organisation.id === params.id;
    const organisation = own ? caller.organisation : await organisations.find(params.id);
    if (!organisation) throw new NotFound();
    const viewer = isOperator(caller) ? "operator" : "organisation";
    return {
      body: organisationRepresentation(organisation, viewer),
      headers: { ETag: entityTag(organisation) },
    };
  };
}
