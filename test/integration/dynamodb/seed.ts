import { isDomainError } from "../../../shared/domain/errors.ts";
import { randomUUID } from "node:crypto";
import { PutCommand } from "@aws-sdk/lib-dynamodb";
import { expect } from "vitest";
import { auditEvent, type AuditEvent } from "../../../shared/domain/audit.ts";
import type { OutboxMail } from "../../../shared/domain/mail.ts";
import type { Organisation } from "../../../shared/domain/organisation.ts";
import type { Consequences } from "../../../shared/domain/ports/consequences.ts";
import type { User } from "../../../shared/domain/user.ts";
import { storedEntry } from "../../../shared/dynamodb/directory-entries.ts";
import { storedUser } from "../../../shared/dynamodb/items.ts";
import { changedIndex, loginNameKey, organisationKey, userKey } from "../../../shared/dynamodb/keys.ts";
import { parseLoginName } from "../../../shared/domain/login-name.ts";
import type { TestTables } from "../../support/dynamodb.ts";

/** Stores entities as the repositories do, without their mails and audit events. */
export async function seed(
  { client, tableName }: TestTables,
  entities: { organisations?: Organisation[]; users?: User[] },
): Promise<void> {
  const put = (Item: Record<string, unknown>) => client.send(new PutCommand({ TableName: tableName, Item }));
  for (const one of entities.organisations ?? []) await put({ ...organisationKey(one.id), ...one });
  for (const one of entities.users ?? []) {
    const { organisationId, username } = one;
    await put({ ...userKey(one), ...storedUser(one) });
    await put({ ...storedEntry(one), [changedIndex.sortKey]: Date.now() });
    await put({ ...loginNameKey(parseLoginName(username)!), organisationId, username });
  }
}

/** Overwrites attributes of the only item with this partition or sort key. */
export async function damage(
  tables: TestTables,
  key: string,
  attributes: Record<string, unknown>,
): Promise<void> {
  const items = (await tables.items()).filter(({ PK, SK }) => PK === key || SK === key);
  expect(items).toHaveLength(1);
  const { client, tableName } = tables;
  await client.send(new PutCommand({ TableName: tableName, Item: { ...items[0], ...attributes } }));
}

export function sampleEvent(parts: Partial<AuditEvent> = {}): AuditEvent {
  const origin = { actor: null, address: "192.0.2.1", requestId: null };
  const event = auditEvent(randomUUID(), "2026-11-22T12:00:00.000Z", origin, {
    organisationId: "2",
    action: "user.created",
    subject: { type: "user", id: "ftest" },
    outcome: "done",
  });
  return { ...event, ...parts };
}

export function mail(parts: { id?: string; linkId?: string } = {}): OutboxMail {
  return {
    id: parts.id ?? randomUUID(),
    template: "password-link",
    data: { linkId: parts.linkId ?? "link-1" },
    organisationId: "2",
    username: "ftest",
    createdAt: "2026-11-22T12:00:00.000Z",
  };
}

/** One mail and one audit event. */
export const consequences = (): Consequences => ({ mails: [mail()], events: [sampleEvent()] });

export function inParallel<T>(times: number, act: (index: number) => Promise<T>) {
  return Promise.allSettled(Array.from({ length: times }, (_, index) => act(index)));
}

/** The refusals among the results, as codes or errors. */
export function refusalsOf(results: readonly PromiseSettledResult<unknown>[]): unknown[] {
  return results.flatMap((one) => (one.status === "rejected" ? [codeOf(one.reason)] : []));
}

/** The code of a domain error; any other error itself. */
function codeOf(error: unknown): unknown {
  return isDomainError(error) ? error.code : error;
}
