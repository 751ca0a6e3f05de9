import {
  ConditionalCheckFailedException,
  TransactionCanceledException,
  TransactionConflictException,
} from "@aws-sdk/client-dynamodb";
import {
  TransactWriteCommand,
  UpdateCommand,
  type TransactWriteCommandInput,
  type UpdateCommandInput,
} from "@aws-sdk/lib-dynamodb";
import { unmarshall } from "@aws-sdk/util-dynamodb";
import type { Tables } from "./client.ts";
import type { Key } from "./keys.ts";
import type { StoredItem } from "./read.ts";
import { retrying } from "./retry.ts";

type TransactItem = NonNullable<TransactWriteCommandInput["TransactItems"]>[number];

/** A write in a transaction, and the error to throw if its condition fails. */
export interface Write {
  readonly item: TransactItem;
  /** @param stored the current item, if the write requests it (`ALL_OLD`) */
  readonly refusal: (stored: StoredItem | null) => Error;
}

/** TransactWriteItems accepts at most this many writes. */
export const mostWritesInTransaction = 100;

const conditionFailed = "ConditionalCheckFailed";
const passingReasons = new Set(["TransactionConflict", "ThrottlingError", "ProvisionedThroughputExceeded"]);

/**
 * Commits all writes or none, in one round trip; retries after conflicts with other transactions and throttling.
 * The SDK adds a token to each request, so a retry after a lost response does not apply it twice.
 * @throws the refusal of the first write, in the given order, whose condition fails
 */
export async function commit({ client }: Pick<Tables, "client">, writes: readonly Write[]): Promise<void> {
  if (writes.length > mostWritesInTransaction) throw new Error("A transaction has more than 100 writes");
  const attempt = async () => {
    // Evaluate `item` anew on every attempt, because an entry holds the time of its own sending.
    const TransactItems = writes.map(({ item }) => item);
    await client.send(new TransactWriteCommand({ TransactItems }));
  };
  try {
    await retrying(attempt, collided);
  } catch (error) {
    const refused = reasonsOf(error).indexOf(conditionFailed);
    throw writes[refused]?.refusal(foundBy(error, refused)) ?? error;
  }
}

/** The reason codes of a cancelled transaction, one per write. */
function reasonsOf(error: unknown): (string | undefined)[] {
  if (!(error instanceof TransactionCanceledException)) return [];
  return (error.CancellationReasons ?? []).map(({ Code }) => Code);
}

function foundBy(error: unknown, write: number): StoredItem | null {
  if (!(error instanceof TransactionCanceledException)) return null;
  const item = error.CancellationReasons?.[write]?.Item;
  return item ? unmarshall(item) : null;
}

function collided(error: unknown): boolean {
  const reasons = reasonsOf(error);
  if (reasons.includes(conditionFailed)) return false;
  return reasons.some((code) => code !== undefined && passingReasons.has(code));
}

/**
 * Updates one item if its condition holds.
 * @returns the attributes that `ReturnValues` requests, or null if the condition fails
 */
export async function updateIf(
  { client, tableName }: Tables,
  update: Omit<UpdateCommandInput, "TableName">,
): Promise<StoredItem | null> {
  const { updated, item } = await updateOrFind({ client, tableName }, update);
  return updated ? (item ?? {}) : null;
}

/**
 * Updates one item if its condition holds.
 * @returns the attributes that `ReturnValues` requests or, if the condition fails, the current item where
 * `ReturnValuesOnConditionCheckFailure` requests it
 */
export async function updateOrFind(
  { client, tableName }: Pick<Tables, "client" | "tableName">,
  update: Omit<UpdateCommandInput, "TableName">,
): Promise<{ readonly updated: boolean; readonly item: StoredItem | null }> {
  const command = () => client.send(new UpdateCommand({ TableName: tableName, ...update }));
  try {
    const { Attributes } = await retrying(command, (error) => error instanceof TransactionConflictException);
    return { updated: true, item: Attributes ?? null };
  } catch (error) {
    if (!(error instanceof ConditionalCheckFailedException)) throw error;
    return { updated: false, item: error.Item ? unmarshall(error.Item) : null };
  }
}

/** A conditional update of an item of the main table, for a transaction. */
export function update(
  { tableName }: Tables,
  change: Omit<NonNullable<TransactItem["Update"]>, "TableName"> & { ConditionExpression: string },
  refusal: Write["refusal"],
): Write {
  return { item: { Update: { TableName: tableName, ...change } }, refusal };
}

/** A condition on an item of the main table that the transaction does not change. */
export function check(
  { tableName }: Tables,
  condition: Omit<NonNullable<TransactItem["ConditionCheck"]>, "TableName">,
  refusal: Write["refusal"],
): Write {
  return { item: { ConditionCheck: { TableName: tableName, ...condition } }, refusal };
}

/** Creates an item; refused if it exists. */
export function putNew(tableName: string, item: StoredItem, refusal: () => Error): Write {
  const put = { TableName: tableName, Item: { ...item }, ConditionExpression: "attribute_not_exists(PK)" };
  return { item: { Put: put }, refusal };
}

/** Creates or replaces an item. */
export function put(tableName: string, item: StoredItem): Write {
  return { item: { Put: { TableName: tableName, Item: { ...item } } }, refusal: neverRefused };
}

/** Deletes an item if it exists. */
export function remove(tableName: string, Key: Key): Write {
  return { item: { Delete: { TableName: tableName, Key } }, refusal: neverRefused };
}

/** A write without a condition. */
export function unconditional(item: TransactItem): Write {
  return { item, refusal: neverRefused };
}

const neverRefused = () => new Error("A write without a condition was refused");
