import { isDomainError } from "../../domain/errors.ts";
import { administratorsTexts } from "../../texts/pages/administrators.ts";
import { formFailure } from "../kit/form-failure.ts";
import type { UserRepresentation } from "../users/users-page.tsx";
import type { PageCall } from "../kit/page-operation.ts";
import type { FormError } from "../kit/form.tsx";
import type { Site } from "../kit/site.ts";
import type { WebOperations } from "../operations.ts";

/** Enough to choose from; more results ask for a narrower search. */
const mostShown = "20";

interface Found {
  readonly found: { readonly items: readonly UserRepresentation[]; readonly total: number } | null;
  readonly errors: readonly FormError[];
  readonly status: number;
}

/** Searches an organisation's users; an empty search finds nobody, so that no list is read for it. */
export async function findUsers(
  search: string,
  id: string,
  call: PageCall,
  site: Site,
  { listUsers }: Pick<WebOperations, "listUsers">,
  selection: "current" | "all" = "current",
): Promise<Found> {
  if (search === "") return { found: null, errors: [], status: 200 };
  try {
    const query = { search, status: selection, limit: mostShown };
    const { body } = await listUsers({ ...call, params: { id }, query });
    if ("csv" in body) throw new Error("A list of users came as a file");
    return { found: body, errors: [], status: 200 };
  } catch (error) {
    if (!isDomainError(error, "invalid-request")) throw error;
    const labels = { search: administratorsTexts[site.language].search };
    const { errors, status } = formFailure(error, site, labels);
    return { found: null, errors, status };
  }
}
