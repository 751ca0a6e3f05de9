import type { LetterRepository } from "../domain/ports/sanctions.ts";
import type { LetterKind } from "../domain/sanction.ts";
import type { Tables } from "./client.ts";
import { letterKey } from "./keys.ts";
import { getItem } from "./read.ts";
import { letterItems } from "./sanction-items.ts";

export class DynamoLetterRepository implements LetterRepository {
  readonly #tables: Tables;

  constructor(tables: Tables) {
    this.#tables = tables;
  }

  async find(organisationId: string, closureId: string, kind: LetterKind): Promise<Uint8Array | null> {
    const item = await getItem(this.#tables, letterKey(organisationId, closureId, kind));
    return letterItems.parseIfAny(item)?.pdf ?? null;
  }
}
