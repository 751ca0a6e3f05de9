import { DomainError } from "../../domain/errors.ts";
import { findOrganisations } from "../../domain/organisation-search.ts";
import { operatorOrganisationId, type OrganisationEntry } from "../../domain/organisation.ts";
import type { OrganisationRepository } from "../../domain/ports/organisations.ts";
import type { Cursors } from "../kit/cursor.ts";
import { organisationRepresentation } from "./organisation-representation.ts";
import type { Operation } from "../kit/operation.ts";
import type { routes } from "./routes.ts";

export interface ListOrganisationsDependencies {
  readonly organisations: Pick<OrganisationRepository, "entries" | "findAll">;
  readonly cursors: Cursors;
}

/**
 * All organisations, searched in their small directory entries; only those of the page are read in full. The data
 * access is recorded in CIZ's own trail, because the page names contact persons and signatories of many organisations.
 */
export function listOrganisations({
  organisations,
  cursors,
}: ListOrganisationsDependencies): Operation<typeof routes.listOrganisations> {
  return async ({ query }) => {
    const { search = null, status, limit, after } = query;
    const scope = { list: "organisations", search, status };
    const last = after === undefined ? null : await cursors.read(scope, after);
    const found = findOrganisations(await organisations.entries(), { search, status });
    const rest = last === null ? found : foundAfter(found, last);
    const ids = rest.slice(0, limit).map(({ id }) => id);
    const end = rest.length > limit ? ids.at(-1) : undefined;
    const page = await organisations.findAll(ids);
    return {
      body: {
        items: page.map((one) => organisationRepresentation(one, "operator")),
        next: end === undefined ? null : await cursors.write(scope, end),
        total: found.length,
      },
      dataAccess: {
        organisationId: operatorOrganisationId,
        detail: { what: "organisations", organisationIds: ids },
      },
    };
  };
}

/** @throws invalid-request if the search no longer finds the last item of the previous page */
function foundAfter(found: readonly OrganisationEntry[], last: string): readonly OrganisationEntry[] {
  const place = found.findIndex(({ id }) => id === last);
  if (place === -1)
    throw new DomainError("invalid-request", { errors: [{ pointer: "query:after", code: "cursor" }] });
  return found.slice(place + 1);
}
