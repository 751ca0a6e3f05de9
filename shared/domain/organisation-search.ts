import { inDutchOrder } from "./collation.ts";
import { fold } from "./fold.ts";
import type { OrganisationEntry, OrganisationStatus } from "./organisation.ts";

export interface OrganisationQuery {
  /** Searched for in name, displayed name, AGB code, city and number; null finds all. */
  readonly search: string | null;
  readonly status: OrganisationStatus | "all";
}

/** No value holds a line end, so a search never matches across two values. */
const between = "\n";

/** Searches without regard to case and accents; sorted by name in Dutch order. */
export function findOrganisations(
  entries: readonly OrganisationEntry[],
  { search, status }: OrganisationQuery,
): OrganisationEntry[] {
  const wanted = fold(search ?? "");
  return entries
    .filter((one) => status === "all" || one.status === status)
    .filter((one) => searchable(one).includes(wanted))
    .sort((a, b) => inDutchOrder(a.name, b.name) || Number(a.id) - Number(b.id));
}

function searchable({ id, name, displayName, agbCode, city }: OrganisationEntry): string {
  return fold([id, name, displayName, agbCode, city].filter((value) => value !== null).join(between));
}
