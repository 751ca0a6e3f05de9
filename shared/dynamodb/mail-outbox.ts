import type { MailOutcome, MailState, OutboxMail, UserMail } from "../domain/mail.ts";
import type { MailOutbox } from "../domain/ports/mail.ts";
import { epochSeconds, type Instant } from "../domain/time.ts";
import type { Tables } from "./client.ts";
import { asideMailPartition, dueIndex, expiryAttribute, mailKey, refusedMail } from "./keys.ts";
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

  async setAside(id: string): Promise<void> {
    await updateIf(this.#tables, {
      Key: mailKey(id),
      UpdateExpression: `SET ${dueIndex.partitionKey} = :aside`,
      // It has no key of the index once it is settled.
      ConditionExpression: `attribute_exists(${dueIndex.partitionKey})`,
      ExpressionAttributeValues: { ":aside": asideMailPartition },
    });
  }

  async settle(id: string, outcome: MailOutcome): Promise<void> {
    const { state, ...rest } = outcome;
    const left = outcome.state === "refused" ? whileRefused(id, outcome.at) : whenSettled;
    await updateIf(this.#tables, {
      Key: mailKey(id),
      UpdateExpression: `SET #state = :state, outcome = :outcome${left.set} ${left.remove}`,
      ConditionExpression: "#state = :queued",
      ExpressionAttributeNames: { "#state": "state", ...left.names },
      ExpressionAttributeValues: {
        ":state": state,
        ":outcome": rest,
        ":queued": "queued",
        ...left.values,
      },
    });
  }
}

/** Removes the former address: it is personal data, and nothing else would erase it later. */
const whenSettled = {
  set: "",
  remove: `REMOVE ${dueIndex.partitionKey}, ${dueIndex.sortKey}, #data.formerAddress`,
  names: { "#data": "data" },
  values: {},
};

/** A redrive may queue a refused mail again, so it is kept whole, and in the index, for a year. */
function whileRefused(id: string, at: Instant) {
  const keys = refusedMail({ id, at });
  const { partitionKey, sortKey } = dueIndex;
  return {
    set: `, ${partitionKey} = :partition, ${sortKey} = :sort, ${expiryAttribute} = :expiry`,
    remove: "",
    names: {},
    values: {
      ":partition": keys[partitionKey],
      ":sort": keys[sortKey],
      ":expiry": epochSeconds(new Date(new Date(at).getTime() + refusedMilliseconds)),
    },
  };
}

const refusedMilliseconds = 365 * 86_400_000;
