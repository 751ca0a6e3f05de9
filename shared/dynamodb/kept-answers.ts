import type { KeptAnswer, KeptAnswers } from "../domain/ports/consequences.ts";
import type { Instant } from "../domain/time.ts";
import type { Tables } from "./client.ts";
import { keptAnswerItems } from "./items.ts";
import { keptAnswerKey } from "./keys.ts";
import { getItem } from "./read.ts";

/** Reads answers; they are written in the transaction of the change that they report (consequences.ts). */
export class DynamoKeptAnswers implements KeptAnswers {
  readonly #tables: Tables;

  constructor(tables: Tables) {
    this.#tables = tables;
  }

  async find(id: string, now: Instant): Promise<KeptAnswer | null> {
    const kept = keptAnswerItems.parseIfAny(await getItem(this.#tables, keptAnswerKey(id)));
    return kept && kept.expiresAt > now ? kept : null;
  }
}
