import type { CalendarDay, Instant } from "../domain/time.ts";
import { isUsable, type User } from "../domain/user.ts";
import type { Tables } from "./client.ts";
import { entryChanged } from "./directory-entries.ts";
import { dueIndex, dueItem, dueKey, emailKey, userKey } from "./keys.ts";
import { put, remove, unconditional, type Write } from "./write.ts";

/** An account that comes to its end; the writes hold as long as it is as it was read. */
export interface Ending {
  readonly user: User;
  readonly status: "inactive" | "deleted";
  readonly remark: string;
  /** From when its data are kept for the retention period, unless it had come to its end before. */
  readonly endedAt: Instant;
  /** The day on which the identity provider is to be told. */
  readonly on: CalendarDay;
}

/**
 * What ends an account, whoever ends it: sessions and password link end, its e-mail address is free, its password
 * no longer falls due, and it is on the list for retention and for the identity provider to be told. Its entry
 * for inactivity and its place among the administrators are for the caller.
 * @param changed what it means that the account is no longer as it was read; is given it as it is now
 */
export function endingWrites(tables: Tables, ending: Ending, changed: Write["refusal"]): Write[] {
  const { user, status, remark, endedAt, on } = ending;
  const { tableName } = tables;
  return [
    userEnds(tables, ending, changed),
    // One that has lapsed gave its address back then; someone else may have it now.
    ...(isUsable(user.status) ? [emailFreed(tables, user)] : []),
    entryChanged(tableName, user, { status, remark }),
    remove(tableName, dueKey("password-expiry", user)),
    keptFrom(tableName, user, endedAt),
    put(tableName, dueItem("unfinished", user, on)),
  ];
}

/** From the account's first end: whoever deletes one that has lapsed does not make its data stay longer. */
function keptFrom(tableName: string, user: User, endedAt: Instant): Write {
  const entry = dueItem("retention", user, endedAt);
  const { partitionKey, sortKey } = dueIndex;
  return unconditional({
    Update: {
      TableName: tableName,
      Key: dueKey("retention", user),
      UpdateExpression: `SET ${partitionKey} = if_not_exists(${partitionKey}, :partition), ${sortKey} = if_not_exists(${sortKey}, :sort)`,
      ExpressionAttributeValues: { ":partition": entry[partitionKey], ":sort": entry[sortKey] },
    },
  });
}

function userEnds({ tableName }: Tables, { user, status, remark }: Ending, changed: Write["refusal"]): Write {
  const link = linkEnds(user);
  const change = {
    TableName: tableName,
    Key: userKey(user),
    UpdateExpression: `SET #status = :status, remark = :remark, sessions = :none, version = :version + :one${link.set}`,
    ConditionExpression: `#status = :before AND version = :version AND lastLoginAt = :lastLoginAt AND ${link.condition}`,
    ExpressionAttributeNames: { "#status": "status", ...link.names },
    ExpressionAttributeValues: {
      ...{ ":status": status, ":remark": remark, ":none": {}, ":one": 1, ":before": user.status },
      ...{ ":version": user.version, ":lastLoginAt": user.lastLoginAt },
      ...link.values,
    },
    ReturnValuesOnConditionCheckFailure: "ALL_OLD" as const,
  };
  return { item: { Update: change }, refusal: changed };
}

/** Gives an account's e-mail address back. */
export function emailFreed({ tableName }: Tables, user: User): Write {
  const condition = {
    ConditionExpression:
      "attribute_not_exists(PK) OR (organisationId = :organisation AND username = :username)",
    ExpressionAttributeValues: { ":organisation": user.organisationId, ":username": user.username },
  };
  return {
    item: { Delete: { TableName: tableName, Key: emailKey(user.email), ...condition } },
    refusal: () => new Error("The e-mail address of an account is reserved for another"),
  };
}

/** Parts of an update: the newest link must be as it was read, and no longer works; one that was used stays so. */
export function linkEnds({ passwordLink: link }: User) {
  const names = { "#state": "state" };
  if (!link) {
    return {
      set: "",
      condition: "attribute_type(passwordLink, :null)",
      names: {},
      values: { ":null": "NULL" },
    };
  }
  const works = link.state === "open";
  return {
    set: works ? ", passwordLink.#state = :revoked" : "",
    condition: "passwordLink.id = :link AND passwordLink.#state = :linkState",
    names,
    values: { ":link": link.id, ":linkState": link.state, ...(works && { ":revoked": "revoked" }) },
  };
}
