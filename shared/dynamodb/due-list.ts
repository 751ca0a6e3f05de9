import type { DueEntry, DueKind, Moment, UserEntry } from "../domain/jobs/due.ts";
import type { DueList } from "../domain/jobs/ports.ts";
import type { Tables } from "./client.ts";
import { dueBefore } from "./due-index.ts";
import { dueAttributes, dueEntry, dueIndex, dueItem, dueKey, duePartition, dueShards } from "./keys.ts";
import { commit, type Write } from "./write.ts";

/** Reads the sparse, keys-only index, so items that are not due cost nothing. */
export class DynamoDueList implements DueList {
  readonly #tables: Tables;

  constructor(tables: Tables) {
    this.#tables = tables;
  }

  async before(kind: DueKind, moment: Moment): Promise<DueEntry[]> {
    const shards = Array.from({ length: dueShards(kind) }, (_, shard) => this.#shard(kind, shard, moment));
    return (await Promise.all(shards)).flat().sort(byAge);
  }

  async replace(entry: UserEntry, next: UserEntry | null): Promise<boolean> {
    const elsewhere = new Error("The entry is no longer where it was found");
    try {
      await commit(this.#tables, [replaceEntry(this.#tables, entry, next, () => elsewhere)]);
      return true;
    } catch (error) {
      if (error === elsewhere) return false;
      throw error;
    }
  }

  async #shard(kind: DueKind, shard: number, moment: Moment): Promise<DueEntry[]> {
    return (await dueBefore(this.#tables, duePartition(kind, shard), moment)).map(dueEntry);
  }
}

/** A total order, so that all runs handle entries in the same order. */
function byAge(one: DueEntry, other: DueEntry): number {
  const [a, b] = [one, other].map((entry) => dueAttributes(entry)[dueIndex.sortKey]);
  return (a ?? "") < (b ?? "") ? -1 : 1;
}

/** Moves or removes an entry, if it is unchanged since it was read. */
export function replaceEntry(
  { tableName }: Pick<Tables, "tableName">,
  entry: UserEntry,
  next: UserEntry | null,
  refusal: Write["refusal"],
): Write {
  const found = dueAttributes(entry);
  const condition = {
    ConditionExpression: "#partition = :partition AND #sort = :sort",
    ExpressionAttributeNames: { "#partition": dueIndex.partitionKey, "#sort": dueIndex.sortKey },
    ExpressionAttributeValues: {
      ":partition": found[dueIndex.partitionKey],
      ":sort": found[dueIndex.sortKey],
    },
  };
  if (next === null) {
    return {
      item: { Delete: { TableName: tableName, Key: dueKey(entry.kind, entry), ...condition } },
      refusal,
    };
  }
  const Item = dueItem(next.kind, next, next.at, next.about);
  return { item: { Put: { TableName: tableName, Item, ...condition } }, refusal };
}
