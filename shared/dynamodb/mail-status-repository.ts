import type { AuditEvent } from "../domain/audit.ts";
import { comparableEmail } from "../domain/person.ts";
import type { MailStatusRepository, SentLetter } from "../domain/ports/mail.ts";
import type { UndeliveredLetter } from "../domain/sanction.ts";
import { mailStatusTransitions, type MailStatus, type User } from "../domain/user.ts";
import type { Tables } from "./client.ts";
import { auditWrite } from "./consequences.ts";
import { emailItems, userItems } from "./items.ts";
import { auditKey, closureKey, emailKey, lettersTo, userKey } from "./keys.ts";
import { getItem, itemsOf, queryPage } from "./read.ts";
import { sentLetterItems } from "./sanction-items.ts";
import { commit, putNew, update } from "./write.ts";

class MailStatusUnchanged extends Error {}

export class DynamoMailStatusRepository implements MailStatusRepository {
  readonly #tables: Tables;

  constructor(tables: Tables) {
    this.#tables = tables;
  }

  async findByEmail(email: string): Promise<User | null> {
    const holder = emailItems.parseIfAny(await getItem(this.#tables, emailKey(email)));
    const user = holder && userItems.parseIfAny(await getItem(this.#tables, userKey(holder)));
    return user && comparableEmail(user.email) === comparableEmail(email) ? user : null;
  }

  async record({ email, ...user }: User, status: MailStatus, event: AuditEvent | null): Promise<boolean> {
    const from = Object.entries(mailStatusTransitions).filter(([, to]) => to.includes(status));
    const values = Object.fromEntries(from.map(([one]) => [`:${one}`, one]));
    const unchanged = () => new MailStatusUnchanged();
    const change = {
      Key: userKey(user),
      UpdateExpression: "SET mailStatus = :new",
      ConditionExpression: `email = :email AND mailStatus IN (${Object.keys(values).join(", ")})`,
      ExpressionAttributeValues: { ":new": status, ":email": email, ...values },
    };
    const { auditTableName } = this.#tables;
    const auditEventWrite = event && putNew(auditTableName, { ...auditKey(event), ...event }, unchanged);
    try {
      await commit(this.#tables, [
        update(this.#tables, change, unchanged),
        ...(auditEventWrite ? [auditEventWrite] : []),
      ]);
      return true;
    } catch (error) {
      if (error instanceof MailStatusUnchanged) return false;
      throw error;
    }
  }

  async lettersTo(email: string): Promise<SentLetter[]> {
    const query = { ...itemsOf(lettersTo(email)), ScanIndexForward: false };
    return (await queryPage(this.#tables, query)).items.map((item) => sentLetterItems.parse(item));
  }

  async recordUndelivered(
    { organisationId, closureId }: SentLetter,
    undelivered: UndeliveredLetter,
    event: AuditEvent,
  ): Promise<boolean> {
    const recorded = new MailStatusUnchanged();
    const change = {
      Key: closureKey(organisationId, closureId),
      UpdateExpression: "SET undelivered = list_append(if_not_exists(undelivered, :none), :letter)",
      ConditionExpression: "attribute_exists(PK)",
      ExpressionAttributeValues: { ":none": [], ":letter": [undelivered] },
    };
    const noClosure = () => new Error("A letter is about a closure that is not there");
    try {
      const auditEventWrite = { ...auditWrite(this.#tables, event), refusal: () => recorded };
      await commit(this.#tables, [update(this.#tables, change, noClosure), auditEventWrite]);
      return true;
    } catch (error) {
      if (error === recorded) return false;
      throw error;
    }
  }
}
