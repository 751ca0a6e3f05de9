import { inDutchOrder } from "./collation.ts";
import { fold } from "./fold.ts";
import type { OrganisationEntry, OrganisationStatus } from "./organisation.ts";

export interface OrganisationQuery {
  /** Looked for anywhere in name, displayed name, AGB code, city and number; null: all. */
  readonly search: string | null;
  readonly status: OrganisationStatus | "all";
}

/** No value holds one, so nothing is found across two values. */
const between = "\n";

/** What a query finds, case- and accent-insensitively, by name in Dutch order. */
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
