import * as z from "zod/mini";
import type { StoredItem } from "./read.ts";

/** A stored item does not parse; it must be repaired, retrying does not help. */
export class DamagedItem extends Error {}

/** Parses stored items of one kind. An item that does not parse is our fault, not the caller's. */
export class ItemParser<T> {
  readonly #kind: string;
  readonly #schema: z.ZodMiniType<T>;

  constructor(kind: string, schema: z.ZodMiniType<T>) {
    this.#kind = kind;
    this.#schema = schema;
  }

  /** @throws DamagedItem that names the wrong attributes, without their values */
  parse(item: StoredItem): T {
    const result = z.safeParse(this.#schema, item);
    if (result.success) return result.data;
    const wrong = new Set(result.error.issues.map(({ path }) => String(path[0] ?? "item")));
    throw new DamagedItem(`A stored ${this.#kind} does not parse: ${[...wrong].join(", ")}`);
  }

  /** @throws DamagedItem as `parse` */
  parseIfAny(item: StoredItem | null): T | null {
    return item && this.parse(item);
  }
}
