import { DomainError } from "../domain/errors.ts";
import { changedFields, movedTo, movesAddress } from "../domain/account-changes.ts";
import type { Person } from "../domain/person.ts";
import type { Instant } from "../domain/time.ts";
import type { User } from "../domain/user.ts";
import { usable } from "./account-writes.ts";
import type { Tables } from "./client.ts";
import { entryChanged } from "./directory-entries.ts";
import { emailReleased, linkRevoked } from "./ending-writes.ts";
import { emailKey, userKey } from "./keys.ts";
import { putNew, type Write } from "./write.ts";

/** An edit of an account at a moment. */
interface Edit {
  readonly user: User;
  readonly person: Person;
  readonly at: Instant;
}

/**
 * The writes of an edit, if the account is unchanged since it was read. A new address is reserved and the former
 * one released.
 * @param changed makes the error for an account that changed; gets the account as stored now
 */
export function editWrites(tables: Tables, edit: Edit, changed: Write["refusal"]): Write[] {
  const { tableName } = tables;
  const { user, person } = edit;
  const { organisationId, username } = user;
  const entry = entryChanged(tableName, user, { person });
  if (!movesAddress(user, person)) return [userEdited(tables, edit, changed), entry];
  const holder = { ...emailKey(person.email), organisationId, username };
  return [
    userEdited(tables, edit, changed),
    putNew(tableName, holder, () => new DomainError("email-in-use")),
    emailReleased(tables, user),
    entry,
  ];
}

function userEdited({ tableName }: Tables, edit: Edit, changed: Write["refusal"]): Write {
  const { user, person } = edit;
  const moved = movesAddress(user, person) ? addressMoved(edit) : none;
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

/** Feedback on a mail to the former address may come in at the same time, so its status has to be as it was read. */
function addressMoved({ user, person, at }: Edit) {
  const link = linkRevoked(user);
  const { mailStatus, undeliverable } = movedTo(person, user, at);
  return {
    set: `, mailStatus = :mailStatus, undeliverable = :undeliverable${link.set}`,
    condition: ` AND mailStatus = :mailStatusBefore AND ${link.condition}`,
    names: link.names,
    values: {
      ":mailStatus": mailStatus,
      ":mailStatusBefore": user.mailStatus,
      ":undeliverable": undeliverable,
      ...link.values,
    },
  };
}
