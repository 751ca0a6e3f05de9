import { randomBytes } from "node:crypto";
import { PutCommand } from "@aws-sdk/lib-dynamodb";
import { ConditionalCheckFailedException } from "@aws-sdk/client-dynamodb";
import type { Tables } from "./client.ts";
import { cursorSecretItems } from "./items.ts";
import { cursorSecretKey } from "./keys.ts";
import { getItem } from "./read.ts";

/**
 * The secret that cursors are made with (shared/operations/kit/cursor.ts): read once per container, and created by
 * the first container. If several create it in parallel, the first write is kept.
 */
export function cursorSecret(tables: Tables): () => Promise<Uint8Array> {
  let secret: Promise<Uint8Array> | undefined;
  return () => {
    secret ??= storedOrMade(tables).catch((error: unknown) => {
      // The next use tries again.
      secret = undefined;
      throw error;
    });
    return secret;
  };
}

async function storedOrMade(tables: Tables): Promise<Uint8Array> {
  return (await stored(tables)) ?? (await make(tables));
}

async function stored(tables: Tables): Promise<Uint8Array | null> {
  return cursorSecretItems.parseIfAny(await getItem(tables, cursorSecretKey))?.secret ?? null;
}

async function make(tables: Tables): Promise<Uint8Array> {
  const secret = randomBytes(32);
  try {
    await tables.client.send(
      new PutCommand({
        TableName: tables.tableName,
        Item: { ...cursorSecretKey, secret },
        ConditionExpression: "attribute_not_exists(PK)",
      }),
    );
    return secret;
  } catch (error) {
    if (!(error instanceof ConditionalCheckFailedException)) throw error;
  }
  const another = await stored(tables);
  if (!another) throw new Error("The cursors' secret has gone");
  return another;
}
