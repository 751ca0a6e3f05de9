import * as z from "zod/mini";
import type { AdministratorRepository, LapseDigest } from "../domain/jobs/ports.ts";
import type { OutboxMail } from "../domain/mail.ts";
import type { Instant } from "../domain/time.ts";
import type { User } from "../domain/user.ts";
import type { Tables } from "./client.ts";
import { ItemParser } from "./item-parser.ts";
import { userItems } from "./items.ts";
import { administratorsKey, dueIndex, userKey } from "./keys.ts";
import { getItem, getItems } from "./read.ts";
import { queueOnce } from "./queue-once.ts";
import { updateIf } from "./write.ts";

/** DynamoDB stores no empty sets, so a missing attribute means an empty set. */
const usernames = z._default(
  z.pipe(
    z.set(z.string()),
    z.transform((names) => [...names].sort()),
  ),
  [],
);

export const administratorItems = new ItemParser("list of administrators", z.object({ usernames }));

const sealedItems = new ItemParser(
  "digest",
  z.object({
    usernames,
    digestId: z.string(),
    lapsed: z.array(z.string()),
    lapsedCount: z.int().check(z.minimum(1)),
  }),
);

/** The number of users that a digest lists; further ones are only counted. */
const mostNamed = 100;

/** An organisation's list of administrators and its digest share one item. */
export class DynamoAdministratorRepository implements AdministratorRepository {
  readonly #tables: Tables;

  constructor(tables: Tables) {
    this.#tables = tables;
  }

  async othersThan(organisationId: string, username: string): Promise<{ all: string[]; active: string[] }> {
    const item = await getItem(this.#tables, administratorsKey(organisationId));
    const all = administratorItems.parse(item ?? {}).usernames.filter((one) => one !== username);
    const keys = all.map((one) => userKey({ organisationId, username: one }));
    const users = (await getItems(this.#tables, keys)).filter((item) => item !== null);
    const active = users
      .map((item) => userItems.parse(item))
      .filter(isActive)
      .map(nameOf);
    return { all, active };
  }

  /** An update returns the digest without a read. Sealing again changes nothing. */
  async sealDigest(organisationId: string, at: Instant): Promise<LapseDigest | null> {
    const stored = await updateIf(this.#tables, {
      Key: administratorsKey(organisationId),
      UpdateExpression: "SET sealedAt = if_not_exists(sealedAt, :at)",
      ConditionExpression: "attribute_exists(digestId)",
      ExpressionAttributeValues: { ":at": at },
      ReturnValues: "ALL_NEW",
    });
    if (!stored) return null;
    const { digestId, lapsed, lapsedCount, usernames: administrators } = sealedItems.parse(stored);
    return {
      id: digestId,
      organisationId,
      administrators,
      usernames: lapsed.slice(0, mostNamed),
      count: lapsedCount,
    };
  }

  /** Queues one mail per transaction. A repeat is safe: a sealed digest is fixed, and mail ids are derived from it. */
  async mailDigest(digest: LapseDigest, mails: readonly OutboxMail[]): Promise<void> {
    for (const mail of mails) await queueOnce(this.#tables, mail);
    await updateIf(this.#tables, {
      Key: administratorsKey(digest.organisationId),
      UpdateExpression: `REMOVE digestId, lapsed, lapsedCount, sealedAt, ${dueIndex.partitionKey}, ${dueIndex.sortKey}`,
      ConditionExpression: "digestId = :id",
      ExpressionAttributeValues: { ":id": digest.id },
    });
  }
}

const isActive = ({ status }: User) => status === "active";
const nameOf = ({ username }: User) => username;
