import { DomainError } from "../domain/errors.ts";
import { changedFields, movesAddress } from "../domain/account-changes.ts";
import type { Person } from "../domain/person.ts";
import type { User } from "../domain/user.ts";
import { usable } from "./account-writes.ts";
import type { Tables } from "./client.ts";
import { entryChanged } from "./directory-entries.ts";
import { emailReleased, linkRevoked } from "./ending-writes.ts";
import { emailKey, userKey } from "./keys.ts";
import { putNew, type Write } from "./write.ts";

/**
 * The writes of an edit, if the account is unchanged since it was read. A new address is reserved and the former
 * one released.
 * @param changed makes the error for an account that changed; gets the account as stored now
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
    emailReleased(tables, user),
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
      ":one": 1,
      ":version": user.version,
      ...usable.values,
      ...Object.fromEntries(fields.map((field) => [`:${field}`, person[field]])),
      ...moved.values,
    },
    ReturnValuesOnConditionCheckFailure: "ALL_OLD" as const,
  };
  return { item: { Update: change }, refusal: changed };
}

const none = { set: "", condition: "", names: {}, values: {} };

/** A new address has an unknown mail status, and links that were sent to the former one are revoked. */
function addressMoved(user: User) {
  const link = linkRevoked(user);
  return {
    set: `, mailStatus = :unknown${link.set}`,
    condition: ` AND ${link.condition}`,
    names: link.names,
    values: { ":unknown": "unknown", ...link.values },
  };
}
