import type { MailOutcome, MailState, OutboxMail, UserMail } from "../domain/mail.ts";
import type { MailOutbox } from "../domain/ports/mail.ts";
import type { Tables } from "./client.ts";
import { dueIndex, mailKey } from "./keys.ts";
import { mailItems, mailStateItems, roleMailItems } from "./mail-items.ts";
import { queueOnce } from "./queue-once.ts";
import { getItem } from "./read.ts";
import { updateIf } from "./write.ts";

export class DynamoMailOutbox implements MailOutbox {
  readonly #tables: Tables;

  constructor(tables: Tables) {
    this.#tables = tables;
  }

  async find(id: string): Promise<{ mail: OutboxMail; state: MailState } | null> {
    const item = await getItem(this.#tables, mailKey(id));
    if (!item) return null;
    const mail = "toRole" in item ? roleMailItems.parse(item) : mailItems.parse(item);
    return { mail, state: mailStateItems.parse(item).state };
  }

  async queueOnce(mail: UserMail): Promise<void> {
    await queueOnce(this.#tables, mail);
  }

  /** Removes the former address: it is personal data, and nothing else would erase it later. */
  async settle(id: string, outcome: MailOutcome): Promise<void> {
    const { state, ...rest } = outcome;
    await updateIf(this.#tables, {
      Key: mailKey(id),
      UpdateExpression: `SET #state = :state, outcome = :outcome REMOVE ${dueIndex.partitionKey}, ${dueIndex.sortKey}, #data.formerAddress`,
      ConditionExpression: "#state = :queued",
      ExpressionAttributeNames: { "#state": "state", "#data": "data" },
      ExpressionAttributeValues: { ":state": state, ":outcome": rest, ":queued": "queued" },
    });
  }
}
