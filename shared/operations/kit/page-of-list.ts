import { wrongCursor, type Cursors, type CursorScope } from "./cursor.ts";

/** An item's place in a list that is sorted by time, the newest first, and by id at the same moment. */
export interface ListPlace {
  readonly at: string;
  readonly id: string;
}

/** Sorts the newest first. */
export function newestFirst<T>(placeOf: (item: T) => ListPlace): (a: T, b: T) => number {
  return (a, b) => comparePlaces(placeOf(a), placeOf(b));
}

function comparePlaces(a: ListPlace, b: ListPlace): number {
  if (a.at !== b.at) return a.at < b.at ? 1 : -1;
  return a.id < b.id ? 1 : Number(a.id > b.id) * -1;
}

/**
 * Bytes of a page's items as Lambda counts them, after which the page ends, whatever `limit` says; Lambda takes 6 MB
 * for the whole answer.
 */
const mostBytes = 5_000_000;

/**
 * A page of a list that is read in full, beginning after the place in the cursor. That place need not have an item any
 * more. A page of large items ends before `limit`, but has at least one item.
 * @param all sorted by `newestFirst` with the same `placeOf`
 * @throws invalid-request for a malformed cursor, or one of another list
 */
export async function pageOfList<T, R>(
  all: readonly T[],
  { placeOf, represent }: { placeOf: (item: T) => ListPlace; represent: (item: T) => R },
  query: { readonly limit: number; readonly after?: string | undefined },
  scope: CursorScope,
  cursors: Pick<Cursors, "read" | "write">,
): Promise<{ items: R[]; next: string | null; total: number }> {
  const last = query.after === undefined ? null : parsePlace(await cursors.read(scope, query.after));
  const rest = last === null ? all : all.filter((item) => comparePlaces(placeOf(item), last) > 0);
  const items: R[] = [];
  let bytes = 0;
  for (const item of rest.slice(0, query.limit)) {
    const shown = represent(item);
    bytes += bytesInAnswer(shown);
    if (bytes > mostBytes && items.length > 0) break;
    items.push(shown);
  }
  const end = items.length < rest.length ? rest[items.length - 1] : undefined;
  const next = end === undefined ? null : await cursors.write(scope, placeText(placeOf(end)));
  return { items, next, total: all.length };
}

/** The size of a part of a JSON answer in Lambda's payload, in which the whole answer is a text in JSON again. */
export function bytesInAnswer(part: unknown): number {
  return Buffer.byteLength(JSON.stringify(JSON.stringify(part)));
}

const placeText = ({ at, id }: ListPlace) => `${at} ${id}`;

function parsePlace(text: string): ListPlace {
  const gap = text.indexOf(" ");
  if (gap === -1) throw wrongCursor();
  return { at: text.slice(0, gap), id: text.slice(gap + 1) };
}
