import type { AuditEvent } from "../domain/audit.ts";
import { AlreadyAnswered, type Consequences, type KeptAnswer } from "../domain/ports/consequences.ts";
import { epochSeconds } from "../domain/time.ts";
import type { Tables } from "./client.ts";
import { auditKey, expiryAttribute, keptAnswerKey, mailKey, queuedMail } from "./keys.ts";
import { hourlyCountWrite } from "./hourly-limit.ts";
import { putNew, type Write } from "./write.ts";

/** Ids are random, so meeting one twice is a bug. */
const idTaken = (what: string) => () => new Error(`There is ${what} with this id already`);

/**
 * The writes that go with a change: its mails into the outbox, its audit events into the audit table, and its
 * answer for a repeat of the request.
 * @throws AlreadyAnswered from the commit, if the request was answered before; too-many-attempts
 */
export function consequenceWrites(tables: Tables, { mails, events, kept, counted }: Consequences): Write[] {
  const queued = mails.map((mail) =>
    putNew(
      tables.tableName,
      { ...mailKey(mail.id), ...queuedMail(mail), ...mail, state: "queued" },
      idTaken("a mail"),
    ),
  );
  const auditEvents = events.map((event) => auditWrite(tables, event));
  return [
    ...queued,
    ...auditEvents,
    ...(kept ? [keptAnswerWrite(tables, kept)] : []),
    ...(counted ? [hourlyCountWrite(tables, counted)] : []),
  ];
}

/** Replaces an expired answer, because DynamoDB may not have deleted it yet. */
function keptAnswerWrite({ tableName }: Tables, kept: KeptAnswer): Write {
  const put = {
    TableName: tableName,
    Item: { ...keptAnswerKey(kept.id), ...kept, [expiryAttribute]: epochSeconds(kept.expiresAt) },
    ConditionExpression: "attribute_not_exists(PK) OR expiresAt <= :now",
    ExpressionAttributeValues: { ":now": kept.keptAt },
  };
  return { item: { Put: put }, refusal: () => new AlreadyAnswered() };
}

export function auditWrite({ auditTableName }: Tables, event: AuditEvent): Write {
  return putNew(auditTableName, { ...auditKey(event), ...event }, idTaken("an audit event"));
}
