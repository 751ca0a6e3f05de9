import type { Reminder, ReminderRepository } from "../domain/jobs/ports.ts";
import { usable } from "./account-writes.ts";
import { canBeMailed, organisationOpen } from "./checks.ts";
import type { Tables } from "./client.ts";
import { consequenceWrites } from "./consequences.ts";
import { replaceEntry } from "./due-list.ts";
import { userItems } from "./items.ts";
import { userKey } from "./keys.ts";
import { check, commit, type Write } from "./write.ts";

type Warning = Parameters<ReminderRepository["warn"]>[0];
type Notice = Parameters<ReminderRepository["giveNotice"]>[0];

/** Thrown to cancel the transaction; `reminder` says why nothing was queued. */
class ReminderNotSent extends Error {
  readonly reminder: Reminder;

  constructor(reminder: Reminder) {
    super();
    this.reminder = reminder;
  }
}

/**
 * Queues reminders without reading the account first. The transaction's conditions check it, and a failed condition
 * returns the account.
 */
export class DynamoReminderRepository implements ReminderRepository {
  readonly #tables: Tables;

  constructor(tables: Tables) {
    this.#tables = tables;
  }

  async warn(warning: Warning): Promise<Reminder> {
    return this.#send(warning, {
      ConditionExpression: `#status = :active AND passwordExpiresAt = :expiresAt AND ${canBeMailed.expression}`,
      ExpressionAttributeNames: { "#status": "status" },
      ExpressionAttributeValues: {
        ":active": "active",
        ":expiresAt": warning.expiresAt,
        ...canBeMailed.values,
      },
    });
  }

  async giveNotice(notice: Notice): Promise<Reminder> {
    return this.#send(notice, {
      ConditionExpression: `${usable.expression} AND ${notUsedAfter.expression} AND ${canBeMailed.expression}`,
      ExpressionAttributeNames: { "#status": "status" },
      ExpressionAttributeValues: {
        ":since": notice.since,
        ...usable.values,
        ...notUsedAfter.values,
        ...canBeMailed.values,
      },
    });
  }

  async #send(reminder: Warning | Notice, condition: AccountCondition): Promise<Reminder> {
    const { entry, next, mail } = reminder;
    const mails = consequenceWrites(this.#tables, { mails: [mail], events: [] });
    const closed = () => new ReminderNotSent({ result: "organisation-closed" });
    try {
      await commit(this.#tables, [
        replaceEntry(this.#tables, entry, next, () => new ReminderNotSent({ result: "no-longer-due" })),
        this.#accountCheck(reminder, condition),
        organisationOpen(this.#tables, entry.organisationId, closed),
        ...mails.map((write) => ({
          ...write,
          refusal: () => new ReminderNotSent({ result: "sent-before" }),
        })),
      ]);
      return { result: "sent" };
    } catch (error) {
      if (error instanceof ReminderNotSent) return error.reminder;
      throw error;
    }
  }

  #accountCheck({ entry }: Warning | Notice, condition: AccountCondition): Write {
    const account = {
      Key: userKey(entry),
      ReturnValuesOnConditionCheckFailure: "ALL_OLD" as const,
      ...condition,
    };
    return check(
      this.#tables,
      account,
      (stored) => new ReminderNotSent({ result: "not-to-be-sent", user: userItems.parseIfAny(stored) }),
    );
  }
}

interface AccountCondition {
  readonly ConditionExpression: string;
  readonly ExpressionAttributeNames: Record<string, string>;
  readonly ExpressionAttributeValues: Record<string, unknown>;
}

const notUsedAfter = {
  expression: "(attribute_type(lastLoginAt, :null) OR lastLoginAt <= :since)",
  values: { ":null": "NULL" },
};
