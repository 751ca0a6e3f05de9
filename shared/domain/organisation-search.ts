import { inDutchOrder } from "./collation.ts";
import { searchable } from "./fold.ts";
import type { OrganisationEntry, OrganisationStatus } from "./organisation.ts";

export interface OrganisationQuery {
  /** Searched for in name, displayed name, AGB code, city and number; null finds all. */
  readonly search: string | null;
  readonly status: OrganisationStatus | "all";
}

/** No value holds a line end, so a search never matches across two values. */
const between = "\n";

/** Searches without regard to case and accents; sorted by `compareOrganisations`. */
export function findOrganisations(
  entries: readonly OrganisationEntry[],
  { search, status }: OrganisationQuery,
): OrganisationEntry[] {
  const wanted = searchable(search ?? "");
  return entries
    .filter((one) => status === "all" || one.status === status)
    .filter((one) => textOf(one).includes(wanted))
    .sort(compareOrganisations);
}

/** The order of the list: by name in Dutch order, and by number for the same name. */
export function compareOrganisations(
  a: Pick<OrganisationEntry, "name" | "id">,
  b: Pick<OrganisationEntry, "name" | "id">,
): number {
  return inDutchOrder(a.name, b.name) || Number(a.id) - Number(b.id);
}

function textOf({ id, name, displayName, agbCode, city }: OrganisationEntry): string {
  return searchable([id, name, displayName, agbCode, city].filter((value) => value !== null).join(between));
}
