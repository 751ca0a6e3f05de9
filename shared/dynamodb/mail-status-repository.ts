import * as z from "zod/mini";
import type { AuditEvent } from "../domain/audit.ts";
import { comparableEmail } from "../domain/person.ts";
import type { MailStatusRepository } from "../domain/ports/mail.ts";
import { mailStatusTransitions, type MailStatus, type User } from "../domain/user.ts";
import type { Tables } from "./client.ts";
import { ItemParser } from "./item-parser.ts";
import { userItems } from "./items.ts";
import { auditKey, emailKey, userKey } from "./keys.ts";
import { getItem } from "./read.ts";
import { commit, putNew, update } from "./write.ts";

const emailItems = new ItemParser("address", z.object({ organisationId: z.string(), username: z.string() }));

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
}
