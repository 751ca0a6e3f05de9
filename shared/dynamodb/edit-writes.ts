import { DomainError } from "../domain/errors.ts";
import { changedFields, movesAddress } from "../domain/account-changes.ts";
import type { Person } from "../domain/person.ts";
import type { User } from "../domain/user.ts";
import { usable } from "./account-writes.ts";
import type { Tables } from "./client.ts";
import { entryChanged } from "./directory-entries.ts";
import { emailFreed, linkEnds } from "./ending-writes.ts";
import { emailKey, userKey } from "./keys.ts";
import { putNew, type Write } from "./write.ts";

/**
 * What gives an account other data, as long as it is as it was read: another address is reserved, and the one
 * before it given back.
 * @param changed what it means that the account is no longer as it was read; is given it as it is now
 */
export function editWrites(tables: Tables, user: User, person: Person, changed: Write["refusal"]): Write[] {
  const { tableName } = tables;
  const { organisationId, username } = user;
  const entry = entryChanged(tableName, user, { person });
  if (!movesAddress(user, person)) return [userEdited(tables, user, person, changed), entry];
  const holder = { ...emailKey(person.email), organisationId, username };
  return [
    userEdited(tables, user, person, changed),
    putNew(tableName, holder, () => new DomainError("email-in-use")),
    emailFreed(tables, user),
    entry,
  ];
}

function userEdited({ tableName }: Tables, user: User, person: Person, changed: Write["refusal"]): Write {
  const moved = movesAddress(user, person) ? addressMoved(user) : none;
  const fields = changedFields(user, person);
  const assignments = fields.map((field) => `, #${field} = :${field}`).join("");
  const change = {
    TableName: tableName,
    Key: userKey(user),
    UpdateExpression: `SET version = version + :one${assignments}${moved.set}`,
    ConditionExpression: `version = :version AND ${usable.expression}${moved.condition}`,
    ExpressionAttributeNames: {
      "#status": "status",
      ...Object.fromEntries(fields.map((field) => [`#${field}`, field])),
      ...moved.names,
    },
    ExpressionAttributeValues: {
      ...{ ":one": 1, ":version": user.version },
      ...usable.values,
      ...Object.fromEntries(fields.map((field) => [`:${field}`, person[field]])),
      ...moved.values,
    },
    ReturnValuesOnConditionCheckFailure: "ALL_OLD" as const,
  };
  return { item: { Update: change }, refusal: changed };
}

const none = { set: "", condition: "", names: {}, values: {} };

/** Nothing is known yet of another address, and links that went to the one before no longer work. */
function addressMoved(user: User) {
  const link = linkEnds(user);
  return {
    set: `, mailStatus = :unknown${link.set}`,
    condition: ` AND ${link.condition}`,
    names: link.names,
    values: { ":unknown": "unknown", ...link.values },
  };
}
