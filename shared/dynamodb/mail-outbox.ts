import type { MailOutcome, MailState, OutboxMail } from "../domain/mail.ts";
import type { MailOutbox } from "../domain/ports.ts";
import type { Tables } from "./client.ts";
import { mailItems, mailStateItems } from "./items.ts";
import { mailKey } from "./keys.ts";
import { getItem } from "./read.ts";
import { updateIf } from "./write.ts";

export class DynamoMailOutbox implements MailOutbox {
  readonly #tables: Tables;

  constructor(tables: Tables) {
    this.#tables = tables;
  }

  async find(id: string): Promise<{ mail: OutboxMail; state: MailState } | null> {
    const item = await getItem(this.#tables, mailKey(id));
    return item && { mail: mailItems.parse(item), state: mailStateItems.parse(item).state };
  }

  async settle(id: string, outcome: MailOutcome): Promise<void> {
    const { state, ...rest } = outcome;
    await updateIf(this.#tables, {
      Key: mailKey(id),
      UpdateExpression: "SET #state = :state, outcome = :outcome",
      ConditionExpression: "#state = :queued",
      ExpressionAttributeNames: { "#state": "state" },
      ExpressionAttributeValues: { ":state": state, ":outcome": rest, ":queued": "queued" },
    });
  }
}
