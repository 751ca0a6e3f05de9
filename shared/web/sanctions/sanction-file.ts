import type { PageCall } from "../kit/page-operation.ts";
import type { WebOperations } from "../operations.ts";
import type { ClosureRepresentation, IncidentRepresentation } from "./incidents-page.tsx";

type Call = PageCall;

/** The largest page that the list operations allow. */
const limit = "100";

/** All incidents of an organisation, the newest first. */
export async function allIncidents(
  id: string,
  call: Call,
  { listIncidents }: Pick<WebOperations, "listIncidents">,
): Promise<IncidentRepresentation[]> {
  return all(
    async (after) => (await listIncidents({ ...call, params: { id }, query: { limit, ...after } })).body,
  );
}

/** All closures of an organisation, the newest first. */
export async function allClosures(
  id: string,
  call: Call,
  { listClosures }: Pick<WebOperations, "listClosures">,
): Promise<ClosureRepresentation[]> {
  return all(
    async (after) => (await listClosures({ ...call, params: { id }, query: { limit, ...after } })).body,
  );
}

/** Every page of a list, one after the other. */
async function all<T>(
  page: (after: {
    after?: string;
  }) => Promise<{ readonly items: readonly T[]; readonly next: string | null }>,
): Promise<T[]> {
  const items: T[] = [];
  for (let after: { after?: string } | null = {}; after;) {
    const { items: more, next }: { readonly items: readonly T[]; readonly next: string | null } =
      await page(after);
    items.push(...more);
    after = next === null ? null : { after: next };
  }
  return items;
}
