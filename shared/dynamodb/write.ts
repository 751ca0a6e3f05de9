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

/** One part of a transaction, and what it means when its condition does not hold. */
export interface Write {
  readonly item: TransactItem;
  /** @param stored the item as it was found, where the write asks for it (`ALL_OLD`) */
  readonly refusal: (stored: StoredItem | null) => Error;
}

const conditionFailed = "ConditionalCheckFailed";
const passingReasons = new Set(["TransactionConflict", "ThrottlingError", "ProvisionedThroughputExceeded"]);

/**
 * Writes everything or nothing, in one round trip; collisions with other transactions and throttling are
 * retried. The SDK gives each request a token, so that one whose answer was lost is not done twice.
 * @throws the refusal of the first write, in the order given, whose condition does not hold
 */
export async function commit({ client }: Pick<Tables, "client">, writes: readonly Write[]): Promise<void> {
  const attempt = async () => {
    // Taken anew each time: some note when they are sent.
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

/** One code for each write of a cancelled transaction, in their order. */
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
 * @returns the attributes that `ReturnValues` asks for, or null if the condition does not hold
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
 * @returns the attributes that `ReturnValues` asks for, or those of the item that did not meet the condition, if
 * `ReturnValuesOnConditionCheckFailure` asks for them and there is one
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

/** A change of an item of the main table, whose condition tells whether it may be made. */
export function update(
  { tableName }: Tables,
  change: Omit<NonNullable<TransactItem["Update"]>, "TableName"> & { ConditionExpression: string },
  refusal: Write["refusal"],
): Write {
  return { item: { Update: { TableName: tableName, ...change } }, refusal };
}

/** A new item, refused if there is one in its place. */
export function putNew(tableName: string, item: StoredItem, refusal: () => Error): Write {
  const put = { TableName: tableName, Item: { ...item }, ConditionExpression: "attribute_not_exists(PK)" };
  return { item: { Put: put }, refusal };
}

/** An item that takes the place of whatever was there. */
export function put(tableName: string, item: StoredItem): Write {
  return { item: { Put: { TableName: tableName, Item: { ...item } } }, refusal: neverRefused };
}

/** Takes an item away, if it is there. */
export function remove(tableName: string, Key: Key): Write {
  return { item: { Delete: { TableName: tableName, Key } }, refusal: neverRefused };
}

/** A write that is made whatever is there. */
export function unconditional(item: TransactItem): Write {
  return { item, refusal: neverRefused };
}

const neverRefused = () => new Error("A write without a condition was refused");
