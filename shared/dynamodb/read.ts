import { BatchGetCommand, GetCommand, QueryCommand, type QueryCommandInput } from "@aws-sdk/lib-dynamodb";
import type { Tables } from "./client.ts";
import type { Key } from "./keys.ts";
import { inGroups } from "./parallel.ts";
import { isTryAgain, retrying, TryAgain } from "./retry.ts";

/** An item as read, not parsed yet. */
export type StoredItem = Readonly<Record<string, unknown>>;

/** All reads are strongly consistent, so that users see their own writes. */
const ConsistentRead = true;

export async function getItem(tables: Tables, key: Key): Promise<StoredItem | null> {
  const { Item } = await tables.client.send(
    new GetCommand({ TableName: tables.tableName, Key: key, ConsistentRead }),
  );
  return Item ?? null;
}

/** BatchGetItem accepts at most this many keys. */
const mostKeysInBatch = 100;

/**
 * Reads several items in one round trip per hundred keys, or more if DynamoDB leaves keys unprocessed.
 * @returns the items in the order of the keys; null for each that does not exist
 */
export async function getItems(tables: Tables, keys: readonly Key[]): Promise<(StoredItem | null)[]> {
  const found = new Map<string, StoredItem>();
  for (const batch of inGroups(mostKeysInBatch, keys)) {
    for (const item of await getBatch(tables, batch)) found.set(keyText(item), item);
  }
  return keys.map((key) => found.get(keyText(key)) ?? null);
}

const keyText = ({ PK, SK }: { readonly PK?: unknown; readonly SK?: unknown }) => JSON.stringify([PK, SK]);

async function getBatch({ client, tableName }: Tables, keys: readonly Key[]): Promise<StoredItem[]> {
  const found: StoredItem[] = [];
  let left: Record<string, unknown>[] = keys.map((key) => ({ ...key }));
  await retrying(async () => {
    const request = { RequestItems: { [tableName]: { Keys: left, ConsistentRead } } };
    const answer = await client.send(new BatchGetCommand(request));
    found.push(...(answer.Responses?.[tableName] ?? []));
    left = answer.UnprocessedKeys?.[tableName]?.Keys ?? [];
    if (left.length > 0) throw new TryAgain();
  }, isTryAgain);
  return found;
}

type Query = Omit<QueryCommandInput, "TableName" | "ConsistentRead" | "ExclusiveStartKey">;
type StartKey = QueryCommandInput["ExclusiveStartKey"];

/** One page of a query, the number of items that it evaluated, and the key that the next page starts after. */
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

/** A query for all items of a partition or, with a prefix, for those whose sort key begins with it. */
export function itemsOf(place: { readonly partition: string; readonly sortPrefix?: string }): Query {
  const { partition, sortPrefix } = place;
  if (sortPrefix === undefined) {
    return {
      KeyConditionExpression: "PK = :partition",
      ExpressionAttributeValues: { ":partition": partition },
    };
  }
  return {
    KeyConditionExpression: "PK = :partition AND begins_with(SK, :prefix)",
    ExpressionAttributeValues: { ":partition": partition, ":prefix": sortPrefix },
  };
}

/** All items of a query, on all pages, parsed. */
export async function parseAll<T>(
  tables: Tables,
  query: Query,
  parser: { parse(item: StoredItem): T },
): Promise<T[]> {
  const parsed: T[] = [];
  for await (const item of queryAll(tables, query)) parsed.push(parser.parse(item));
  return parsed;
}

/** All items of a query, on all pages. */
export async function* queryAll(tables: Tables, query: Query, start?: StartKey): AsyncGenerator<StoredItem> {
  let from = start;
  do {
    const page = await queryPage(tables, query, from);
    yield* page.items;
    from = page.next;
  } while (from);
}
