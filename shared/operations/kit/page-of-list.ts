import { DomainError } from "../../domain/errors.ts";
import type { Cursors, CursorScope } from "./cursor.ts";

/**
 * A page of a list that is read in full, beginning after the item that the cursor names.
 * @throws invalid-request for a malformed cursor, or one of another list
 */
export async function pageOfList<T extends { readonly id: string }>(
  all: readonly T[],
  query: { readonly limit: number; readonly after?: string | undefined },
  scope: CursorScope,
  cursors: Pick<Cursors, "read" | "write">,
): Promise<{ items: T[]; next: string | null; total: number }> {
  const begin = query.after === undefined ? 0 : placeAfter(all, await cursors.read(scope, query.after));
  const items = all.slice(begin, begin + query.limit);
  const last = items.at(-1);
  const more = last !== undefined && begin + query.limit < all.length;
  return { items, next: more ? await cursors.write(scope, last.id) : null, total: all.length };
}

function placeAfter(all: readonly { readonly id: string }[], id: string): number {
  const place = all.findIndex((one) => one.id === id);
  if (place === -1)
    throw new DomainError("invalid-request", { errors: [{ pointer: "query:after", code: "cursor" }] });
  return place + 1;
}
