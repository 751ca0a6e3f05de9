import type { AuditEvent } from "../domain/audit.ts";
import type { Consequences } from "../domain/ports.ts";
import type { Tables } from "./client.ts";
import { auditKey, mailKey } from "./keys.ts";
import { putNew, type Write } from "./write.ts";

/** Ids are made at random by whoever asks; meeting one twice is a fault. */
const idTaken = (what: string) => () => new Error(`There is a ${what} with this id already`);

/** The writes that go with a change: its mails into the outbox, its traces into the audit table. */
export function consequenceWrites(tables: Tables, { mails, events }: Consequences): Write[] {
  const queued = mails.map((mail) =>
    putNew(tables.tableName, { ...mailKey(mail.id), ...mail, state: "queued" }, idTaken("mail")),
  );
  return [...queued, ...events.map((event) => auditWrite(tables, event))];
}

export function auditWrite({ auditTableName }: Tables, event: AuditEvent): Write {
  return putNew(auditTableName, { ...auditKey(event), ...event }, idTaken("trace"));
}
