import type { Instant } from "../domain/time.ts";
import { isUsable, type User } from "../domain/user.ts";
import type { Tables } from "./client.ts";
import { entryChanged } from "./directory-entries.ts";
import { dueIndex, dueItem, dueKey, emailKey, userKey } from "./keys.ts";
import { remove, unconditional, type Write } from "./write.ts";

/** The end of an account. The writes require that it is unchanged since it was read. */
export interface Ending {
  readonly user: User;
  readonly status: "inactive" | "deleted";
  readonly remark: string;
  /** The start of the retention period, unless the account had ended before. */
  readonly endedAt: Instant;
}

/**
 * The writes of every end of an account, by a user or by the job: sessions and password link end, the e-mail address
 * is released, the password's due entry is removed, and one for retention is added. Cognito is not told: the admission
 * check refuses every token from now on, and a disabled account would be answered later than others. The caller handles the due entry for inactivity and the list of administrators.
 * @param changed makes the error for an account that changed; gets the account as stored now
 */
export function endingWrites(tables: Tables, ending: Ending, changed: Write["refusal"]): Write[] {
  const { user, status, remark, endedAt } = ending;
  const { tableName } = tables;
  return [
    userEnds(tables, ending, changed),
    // A lapsed account released its address when it lapsed; another user may have it now.
    ...(isUsable(user.status) ? [emailReleased(tables, user)] : []),
    entryChanged(tableName, user, { status, remark }),
    remove(tableName, dueKey("password-expiry", user)),
    retentionStarted(tableName, user, endedAt),
  ];
}

/** Retention starts at the first end: deleting a lapsed account does not extend it. */
function retentionStarted(tableName: string, user: User, endedAt: Instant): Write {
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
  const link = linkRevoked(user);
  const change = {
    TableName: tableName,
    Key: userKey(user),
    UpdateExpression: `SET #status = :status, remark = :remark, sessions = :none, version = :version + :one${link.set}`,
    ConditionExpression: `#status = :before AND version = :version AND lastLoginAt = :lastLoginAt AND ${link.condition}`,
    ExpressionAttributeNames: { "#status": "status", ...link.names },
    ExpressionAttributeValues: {
      ":status": status,
      ":remark": remark,
      ":none": {},
      ":one": 1,
      ":before": user.status,
      ":version": user.version,
      ":lastLoginAt": user.lastLoginAt,
      ...link.values,
    },
    ReturnValuesOnConditionCheckFailure: "ALL_OLD" as const,
  };
  return { item: { Update: change }, refusal: changed };
}

/** Releases an account's e-mail address. */
export function emailReleased({ tableName }: Tables, user: User): Write {
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

/** Parts of an update that requires the newest link to be unchanged, and revokes it if it is open. */
export function linkRevoked({ passwordLink: link }: User) {
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
