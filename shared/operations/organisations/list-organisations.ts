import { compareOrganisations, findOrganisations } from "../../domain/organisation-search.ts";
import { operatorOrganisationId, type OrganisationEntry } from "../../domain/organisation.ts";
import type { OrganisationRepository } from "../../domain/ports/organisations.ts";
import { wrongCursor, type Cursors } from "../kit/cursor.ts";
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
    const rest = last === null ? found : foundAfter(found, parsePlace(last));
    const shown = rest.slice(0, limit);
    const ids = shown.map(({ id }) => id);
    const end = rest.length > limit ? shown.at(-1) : undefined;
    const page = await organisations.findAll(ids);
    return {
      body: {
        items: page.map((one) => organisationRepresentation(one, "operator")),
        next: end === undefined ? null : await cursors.write(scope, placeText(end)),
        total: found.length,
      },
      dataAccess: {
        organisationId: operatorOrganisationId,
        detail: { what: "organisations", organisationIds: ids },
      },
    };
  };
}

/** An organisation's place in the list, as it was when its page was shown. */
type Place = Pick<OrganisationEntry, "name" | "id">;

const placeText = ({ name, id }: Place) => `${id} ${name}`;

function parsePlace(text: string): Place {
  const gap = text.indexOf(" ");
  if (gap === -1) throw wrongCursor();
  return { id: text.slice(0, gap), name: text.slice(gap + 1) };
}

/** The last organisation of the previous page may have another name by now, or not be found any more. */
function foundAfter(found: readonly OrganisationEntry[], last: Place): readonly OrganisationEntry[] {
  return found.filter((one) => compareOrganisations(one, last) > 0);
}
