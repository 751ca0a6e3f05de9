import { BatchGetCommand, GetCommand, QueryCommand, type QueryCommandInput } from "@aws-sdk/lib-dynamodb";
import type { Tables } from "./client.ts";
import type { Key } from "./keys.ts";
import { isTryAgain, retrying, TryAgain } from "./retry.ts";

/** An item as it comes out of a table, before anything is known of it. */
export type StoredItem = Readonly<Record<string, unknown>>;

/** All reads are strongly consistent, so that everyone sees what they just wrote. */
const ConsistentRead = true;

export async function getItem(tables: Tables, key: Key): Promise<StoredItem | null> {
  const { Item } = await tables.client.send(
    new GetCommand({ TableName: tables.tableName, Key: key, ConsistentRead }),
  );
  return Item ?? null;
}

/**
 * Reads several items in one round trip, or more where DynamoDB leaves some for later.
 * @returns them in the order of the keys, null where there is none
 */
export async function getItems(tables: Tables, keys: readonly Key[]): Promise<(StoredItem | null)[]> {
  const { client, tableName } = tables;
  const found: StoredItem[] = [];
  let left: Record<string, unknown>[] = keys.map((key) => ({ ...key }));
  await retrying(async () => {
    const request = { RequestItems: { [tableName]: { Keys: left, ConsistentRead } } };
    const answer = await client.send(new BatchGetCommand(request));
    found.push(...(answer.Responses?.[tableName] ?? []));
    left = answer.UnprocessedKeys?.[tableName]?.Keys ?? [];
    if (left.length > 0) throw new TryAgain();
  }, isTryAgain);
  return keys.map(({ PK, SK }) => found.find((item) => item["PK"] === PK && item["SK"] === SK) ?? null);
}

type Query = Omit<QueryCommandInput, "TableName" | "ConsistentRead" | "ExclusiveStartKey">;
type StartKey = QueryCommandInput["ExclusiveStartKey"];

/** What one round trip of a query finds, how many items it looked at for that, and where the next goes on. */
export async function queryPage(
  { client, tableName }: Tables,
  query: Query,
  from?: StartKey,
): Promise<{ readonly items: readonly StoredItem[]; readonly looked: number; readonly next: StartKey }> {
  const command = new QueryCommand({
    ...query,
    TableName: tableName,
    ConsistentRead,
    ExclusiveStartKey: from,
  });
  const { Items = [], ScannedCount, LastEvaluatedKey } = await client.send(command);
  return { items: Items, looked: ScannedCount ?? 0, next: LastEvaluatedKey };
}

/** Everything that a query finds, page after page to the end. */
export async function* queryAll(tables: Tables, query: Query, start?: StartKey): AsyncGenerator<StoredItem> {
  let from = start;
  do {
    const page = await queryPage(tables, query, from);
    yield* page.items;
    from = page.next;
  } while (from);
}
