import { QueryCommand, type QueryCommandOutput } from "@aws-sdk/lib-dynamodb";
import type { Tables } from "./client.ts";
import { dueIndex } from "./keys.ts";
import type { StoredItem } from "./read.ts";

/**
 * The keys of all items in a partition of the due index that sort before a moment, oldest first. An index is only
 * eventually consistent, so it may lag a moment behind.
 */
export async function dueBefore(
  { client, tableName }: Tables,
  partition: string,
  moment: string,
): Promise<StoredItem[]> {
  const items: StoredItem[] = [];
  let from: QueryCommandOutput["LastEvaluatedKey"];
  do {
    const page: QueryCommandOutput = await client.send(
      new QueryCommand({
        TableName: tableName,
        IndexName: dueIndex.name,
        KeyConditionExpression: "#partition = :partition AND #sort < :moment",
        ExpressionAttributeNames: { "#partition": dueIndex.partitionKey, "#sort": dueIndex.sortKey },
        ExpressionAttributeValues: { ":partition": partition, ":moment": moment },
        ExclusiveStartKey: from,
      }),
    );
    items.push(...(page.Items ?? []));
    from = page.LastEvaluatedKey;
  } while (from);
  return items;
}
