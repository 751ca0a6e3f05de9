import type { UserEntry } from "../domain/jobs/due.ts";
import type { Lapse, LapseRepository } from "../domain/jobs/ports.ts";
import type { Instant } from "../domain/time.ts";
import { indispensableRole } from "../domain/role-change.ts";
import { administers, type User } from "../domain/user.ts";
import { usable } from "./account-writes.ts";
import { roleHeld } from "./checks.ts";
import type { Tables } from "./client.ts";
import { consequenceWrites } from "./consequences.ts";
import { replaceEntry } from "./due-list.ts";
import { endingWrites } from "./ending-writes.ts";
import { userItems } from "./items.ts";
import { administratorsKey, dueAttributes, dueIndex, userKey } from "./keys.ts";
import { commit, update, updateOrFind, type Write } from "./write.ts";

class EntryChanged extends Error {}
class AccountChanged extends Error {}
class DigestSealed extends Error {}

export class DynamoLapseRepository implements LapseRepository {
  readonly #tables: Tables;

  constructor(tables: Tables) {
    this.#tables = tables;
  }

  /** An unused account has no valid sessions; the update is made for the account that it returns. */
  async begin(entry: UserEntry, unusedBefore: Instant): Promise<{ lapses: boolean; user: User | null }> {
    const { updated, item } = await updateOrFind(this.#tables, {
      Key: userKey(entry),
      UpdateExpression: "SET sessions = :none",
      ConditionExpression: `${usable.expression} AND (attribute_type(lastLoginAt, :null) OR lastLoginAt < :before)`,
      ExpressionAttributeNames: { "#status": "status" },
      ExpressionAttributeValues: { ":none": {}, ":null": "NULL", ":before": unusedBefore, ...usable.values },
      ReturnValues: "ALL_NEW",
      ReturnValuesOnConditionCheckFailure: "ALL_OLD",
    });
    return { lapses: updated, user: userItems.parseIfAny(item) };
  }

  async lapse(lapse: Lapse): Promise<"done" | "no-longer-due" | "changed" | "digest-sealed"> {
    try {
      await commit(this.#tables, this.#writes(lapse));
      return "done";
    } catch (error) {
      if (error instanceof EntryChanged) return "no-longer-due";
      if (error instanceof AccountChanged) return "changed";
      if (error instanceof DigestSealed) return "digest-sealed";
      throw error;
    }
  }

  #writes(lapse: Lapse): Write[] {
    const { entry, event, mails, successor } = lapse;
    return [
      ...(successor ? [this.#successorRemains(successor)] : []),
      replaceEntry(this.#tables, entry, null, () => new EntryChanged()),
      ...endingWrites(this.#tables, { ...lapse, status: "inactive" }, () => new AccountChanged()),
      this.#organisationTold(lapse),
      ...consequenceWrites(this.#tables, { mails, events: [event] }),
    ];
  }

  /** Transactions are serial, so two contract managers who are due at once cannot both lapse. */
  #successorRemains(successor: User): Write {
    const { status, organisationId } = successor;
    const held = { status, role: indispensableRole(organisationId) };
    return roleHeld(this.#tables, successor, held, () => new AccountChanged());
  }

  /** Adds to the organisation's digest, which has a due entry of kind `unfinished` until it is mailed. */
  #organisationTold({ user, on, digestId, named }: Lapse): Write {
    const { organisationId, username } = user;
    const place = dueAttributes({ kind: "unfinished", organisationId, username: null, at: on, about: null });
    const { partitionKey, sortKey } = dueIndex;
    const leaving = administers(user.roles);
    const change = {
      Key: administratorsKey(organisationId),
      UpdateExpression:
        `SET digestId = if_not_exists(digestId, :digest), ${partitionKey} = :partition,
          ${sortKey} = if_not_exists(${sortKey}, :sort), lapsed = list_append(if_not_exists(lapsed, :none), :named)
        ADD lapsedCount :one` + (leaving ? " DELETE usernames :leaving" : ""),
      ConditionExpression: "attribute_not_exists(sealedAt)",
      ExpressionAttributeValues: {
        ":digest": digestId,
        ":partition": place[partitionKey],
        ":sort": place[sortKey],
        ":none": [],
        ":named": named ? [username] : [],
        ":one": 1,
        ...(leaving && { ":leaving": new Set([username]) }),
      },
    };
    return update(this.#tables, change, () => new DigestSealed());
  }
}
