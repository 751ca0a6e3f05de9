import { randomUUID } from "node:crypto";
import { ConditionalCheckFailedException, TransactionCanceledException } from "@aws-sdk/client-dynamodb";
import {
  BatchGetCommand,
  GetCommand,
  QueryCommand,
  TransactWriteCommand,
  UpdateCommand,
  type TransactWriteCommandInput,
  type UpdateCommandInput,
} from "@aws-sdk/lib-dynamodb";
import type { Tables } from "./client.ts";
import { decoyKey } from "./keys.ts";

type Part = NonNullable<TransactWriteCommandInput["TransactItems"]>[number];

const reading = [GetCommand, BatchGetCommand, QueryCommand];

/**
 * Tables that are read as they are, and that no write reaches: the conditions of a transaction are checked and nothing
 * else of it, so that a write which would be refused is refused here, too. What was written before in the same run is
 * not there.
 */
export function withoutWrites(tables: Tables): Tables {
  const { client } = tables;
  const send = async (command: object): Promise<unknown> => {
    if (reading.some((one) => command instanceof one)) return client.send(command as never);
    if (command instanceof UpdateCommand) return updateChecked(command.input, tables);
    if (!(command instanceof TransactWriteCommand))
      throw new Error(`A dry run cannot check a ${command.constructor.name}`);
    const checks = (command.input.TransactItems ?? []).map((part) => checkOf(part, tables));
    if (checks.every((check) => check === null)) return {};
    const TransactItems = checks.map((check) => check ?? unconditional(tables.tableName));
    return client.send(new TransactWriteCommand({ TransactItems }));
  };
  return { ...tables, client: Object.assign(Object.create(client) as typeof client, { send }) };
}

/** An update that answers with the item as it is, or is refused as the update would be. */
async function updateChecked(input: UpdateCommandInput, tables: Tables): Promise<{ Attributes: unknown }> {
  const { TableName, Key } = input;
  const check = checkOf({ Update: input as Part["Update"] }, tables);
  try {
    if (check) await tables.client.send(new TransactWriteCommand({ TransactItems: [check] }));
  } catch (error) {
    if (!(error instanceof TransactionCanceledException)) throw error;
    const Item = error.CancellationReasons?.[0]?.Item;
    const refusal = { message: error.message, $metadata: error.$metadata };
    throw new ConditionalCheckFailedException(Item ? { ...refusal, Item } : refusal);
  }
  const { Item } = await tables.client.send(new GetCommand({ TableName, Key, ConsistentRead: true }));
  return { Attributes: Item };
}

/** The condition of a write alone; null for a write without one, and for the audit table, which jobs only add to. */
function checkOf({ Put, Update, Delete, ConditionCheck }: Part, { tableName }: Tables): Part | null {
  if (ConditionCheck) return { ConditionCheck };
  const write = Put ?? Update ?? Delete;
  const { ConditionExpression } = write ?? {};
  if (ConditionExpression === undefined || write?.TableName !== tableName) return null;
  const Key =
    "Item" in write ? { PK: write.Item?.["PK"] as unknown, SK: write.Item?.["SK"] as unknown } : write.Key;
  const { TableName, ReturnValuesOnConditionCheckFailure } = write;
  return {
    ConditionCheck: {
      ...{ TableName, Key, ConditionExpression, ReturnValuesOnConditionCheckFailure },
      ExpressionAttributeNames: usedIn(ConditionExpression, write.ExpressionAttributeNames),
      ExpressionAttributeValues: usedIn(ConditionExpression, write.ExpressionAttributeValues),
    },
  };
}

/** DynamoDB refuses names and values that no expression uses. */
function usedIn<T>(expression: string, all: Record<string, T> | undefined): Record<string, T> | undefined {
  const used = Object.entries(all ?? {}).filter(([name]) => new RegExp(`${name}\\b`).test(expression));
  return used.length > 0 ? Object.fromEntries(used) : undefined;
}

/** A check that always holds, in the place of a write without a condition, so that refusals keep their places. */
function unconditional(TableName: string): Part {
  const Key = decoyKey(randomUUID());
  return { ConditionCheck: { TableName, Key, ConditionExpression: "attribute_not_exists(PK)" } };
}
