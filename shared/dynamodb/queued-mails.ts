import { QueryCommand } from "@aws-sdk/lib-dynamodb";
import type { Instant } from "../domain/time.ts";
import type { Tables } from "./client.ts";
import { asideMailPartition, dueIndex, queuedMailPartitions, queuedSince } from "./keys.ts";

/** Reads queued mails from the sparse, keys-only index. */
export class DynamoQueuedMails {
  readonly #table: Pick<Tables, "client" | "tableName">;

  constructor(table: Pick<Tables, "client" | "tableName">) {
    this.#table = table;
  }

  /** The time that the oldest mail was queued that is not set aside; null if there is none. */
  async oldest(): Promise<Instant | null> {
    const found = await Promise.all(queuedMailPartitions.map((partition) => this.#oldestIn(partition)));
    return found.reduce(
      (one, other) => (one === null || (other !== null && other < one) ? other : one),
      null,
    );
  }

  /** The number of mails that are set aside. */
  async setAside(): Promise<number> {
    let count = 0;
    let from: Record<string, unknown> | undefined;
    do {
      const page = await this.#table.client.send(
        new QueryCommand({ ...this.#in(asideMailPartition), Select: "COUNT", ExclusiveStartKey: from }),
      );
      count += page.Count ?? 0;
      from = page.LastEvaluatedKey;
    } while (from);
    return count;
  }

  #in(partition: string) {
    return {
      TableName: this.#table.tableName,
      IndexName: dueIndex.name,
      KeyConditionExpression: "#partition = :partition",
      ExpressionAttributeNames: { "#partition": dueIndex.partitionKey },
      ExpressionAttributeValues: { ":partition": partition },
    };
  }

  async #oldestIn(partition: string): Promise<Instant | null> {
    const { Items = [] } = await this.#table.client.send(
      new QueryCommand({ ...this.#in(partition), Limit: 1 }),
    );
    const [first] = Items;
    return first ? queuedSince(String(first[dueIndex.sortKey])) : null;
  }
}
