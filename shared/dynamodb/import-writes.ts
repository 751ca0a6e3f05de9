import { comparableEmail } from "../domain/person.ts";
import { parseLoginName } from "../domain/login-name.ts";
import { epochSeconds } from "../domain/time.ts";
import type { ImportState, PlannedUser, UserImport } from "../domain/user-import.ts";
import type { Tables } from "./client.ts";
import type { ImportPart } from "./import-items.ts";
import {
  emailKey,
  expiryAttribute,
  importKey,
  importPartKey,
  loginNameKey,
  unfinishedImport,
  type Key,
} from "./keys.ts";
import type { StoredItem } from "./read.ts";
import { put, update, type Write } from "./write.ts";

type Refusal = () => Error;

/** Marks a reservation as made by an import. */
export const importMark = (id: string): StoredItem => ({ importId: id });

/** The head of a new journal; replaces an expired one that DynamoDB has not deleted yet. */
export function newHead({ tableName }: Tables, userImport: UserImport, refusal: Refusal): Write {
  const { id, at } = userImport;
  const head = {
    TableName: tableName,
    Item: { ...importKey(id), ...userImport, ...unfinishedImport(id, at) },
    ConditionExpression: `attribute_not_exists(PK) OR ${expiryAttribute} <= :now`,
    ExpressionAttributeValues: { ":now": epochSeconds(at) },
  };
  return { item: { Put: head }, refusal };
}

export function newPart(
  { tableName }: Tables,
  id: string,
  part: number,
  users: readonly PlannedUser[],
): Write {
  const content: ImportPart = { part, state: "planned", users };
  return put(tableName, { ...importPartKey(id, part), ...content });
}

/** A condition on the head: the same attempt, in one of these states. */
export function headIn(states: readonly ImportState[], { at }: UserImport) {
  const values = Object.fromEntries(states.map((state) => [`:${state}`, state]));
  return {
    ConditionExpression: `#at = :at AND #state IN (${Object.keys(values).join(", ")})`,
    ExpressionAttributeNames: { "#at": "at", "#state": "state" },
    ExpressionAttributeValues: { ":at": at, ...values },
  };
}

export function acceptedHead(tables: Tables, userImport: UserImport, refusal: Refusal): Write {
  const condition = headIn(["reserving"], userImport);
  const change = {
    Key: importKey(userImport.id),
    UpdateExpression: "SET #state = :creating",
    ...condition,
    ExpressionAttributeValues: {
      ...condition.ExpressionAttributeValues,
      ":creating": "creating" satisfies ImportState,
    },
  };
  return update(tables, change, refusal);
}

export function removedHead({ tableName }: Tables, userImport: UserImport, refusal: Refusal): Write {
  const removal = { TableName: tableName, Key: importKey(userImport.id), ...headIn(["undoing"], userImport) };
  return { item: { Delete: removal }, refusal };
}

export function reservedPart(tables: Tables, id: string, part: number, refusal: Refusal): Write {
  const change = {
    Key: importPartKey(id, part),
    UpdateExpression: "SET #state = :reserved",
    ConditionExpression: "#state = :planned",
    ExpressionAttributeNames: { "#state": "state" },
    ExpressionAttributeValues: { ":reserved": "reserved", ":planned": "planned" },
  };
  return update(tables, change, refusal);
}

/** Deletes a finished part, if it is unchanged since it was read. */
export function removedPart(
  { tableName }: Tables,
  id: string,
  { part, state }: ImportPart,
  refusal: Refusal,
): Write {
  const removal = {
    TableName: tableName,
    Key: importPartKey(id, part),
    ConditionExpression: "#state = :state",
    ExpressionAttributeNames: { "#state": "state" },
    ExpressionAttributeValues: { ":state": state },
  };
  return { item: { Delete: removal }, refusal };
}

/** Releases an import's reservations for a user; reservations of others stay. */
export function reservationsReleased(
  { tableName }: Tables,
  id: string,
  { email, username }: PlannedUser,
): Write[] {
  const name = parseLoginName(username);
  const keys: Key[] = [emailKey(comparableEmail(email)), ...(name ? [loginNameKey(name)] : [])];
  const refusal = () => new Error("What an import reserved has become another's");
  return keys.map((key) => ({
    item: {
      Delete: {
        TableName: tableName,
        Key: key,
        ConditionExpression: "importId = :id",
        ExpressionAttributeValues: { ":id": id },
      },
    },
    refusal,
  }));
}
