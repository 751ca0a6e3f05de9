import type { AuditEvent } from "../domain/audit.ts";
import { dueKinds, type DueEntry, type DueKind } from "../domain/jobs/due.ts";
import { formatLoginName, type LoginName } from "../domain/login-name.ts";
import { comparableEmail } from "../domain/person.ts";
import { calendarDay, type CalendarDay, type Instant } from "../domain/time.ts";

/*
 * The only place that puts keys together. docs/architecture.md says which items there are; what a key is made
 * of stands here.
 */

export const partitionKey = "PK";
export const sortKey = "SK";
/** Seconds since 1970 after which DynamoDB may remove an item; until it does, code decides. */
export const expiryAttribute = "expireAt";
/** The sparse, keys-only index that jobs read: only items that fall due on a day have its keys. */
export const dueIndex = { name: "due", partitionKey: "duePartition", sortKey: "dueSort" } as const;

/** How the partition key of every outbox item begins; the stream to send-mail is filtered by it. */
export const mailPrefix = "MAIL#";

export interface Key {
  readonly PK: string;
  readonly SK: string;
}

/** Who a user is to the database: of which organisation, and by which login name. */
export interface UserIdentity {
  readonly organisationId: string;
  readonly username: string;
}

const organisationPartition = (id: string) => `ORG#${id}`;
const userPrefix = "USER#";
const loginNamePartition = (stem: string) => `USERNAME#${stem}`;
const longestNumber = 6;

export const organisationKey = (id: string): Key => ({ PK: organisationPartition(id), SK: "ORG" });

export const userKey = ({ organisationId, username }: UserIdentity): Key => ({
  PK: organisationPartition(organisationId),
  SK: `${userPrefix}${username}`,
});

/** Where all users of an organisation lie, in the order of their login names. */
export const usersOf = (organisationId: string) => ({
  partition: organisationPartition(organisationId),
  sortPrefix: userPrefix,
});

/** In a partition of its own, so that rights can leave it out. */
export const passwordHistoryKey = ({ username }: UserIdentity): Key => ({
  PK: `HISTORY#${username}`,
  SK: "HISTORY",
});

/** The number is written in six digits, so that text order is the order of numbers. */
export const loginNameKey = ({ stem, number }: LoginName): Key => ({
  PK: loginNamePartition(stem),
  SK: String(number).padStart(longestNumber, "0"),
});

/** Where all login names with a stem lie, in the order of their numbers. */
export const loginNamesOf = (stem: string) => ({ partition: loginNamePartition(stem) });

export const emailKey = (email: string): Key => ({ PK: `EMAIL#${comparableEmail(email)}`, SK: "EMAIL" });

export const agbCodeKey = (agbCode: string): Key => ({ PK: `AGB#${agbCode}`, SK: "AGB" });

export const organisationCounterKey: Key = { PK: "COUNTER", SK: "ORGANISATION" };

/** @param secretHash SHA-256 of the link's secret, hexadecimal */
export const passwordLinkKey = (secretHash: string): Key => ({ PK: `LINK#${secretHash}`, SK: "LINK" });

export const mailKey = (id: string): Key => ({ PK: `${mailPrefix}${id}`, SK: "MAIL" });

/** The id in the partition key of an outbox item; null for any other item. */
export function mailIdOf(partition: string): string | null {
  return partition.startsWith(mailPrefix) ? partition.slice(mailPrefix.length) : null;
}

/** Something written for nobody, so that it takes as long as for somebody; TTL clears it away. */
export const decoyKey = (id: string): Key => ({ PK: `DECOY#${id}`, SK: "DECOY" });

/** No organisation has it: their ids begin at 1. */
export const noOrganisationKey: Key = organisationKey("0");

const limitKey = (kind: string, subject: string): Key => ({ PK: `LIMIT#${kind}#${subject}`, SK: "LIMIT" });

export const userLinkLimitKey = (name: LoginName): Key => limitKey("link-user", formatLoginName(name));

/** For what people typed that can be no login name: its length and its characters are anyone's guess. */
export const otherNameLinkLimitKey = (textHash: string): Key => limitKey("link-other-name", textHash);

export const sourceLinkLimitKey = (source: string): Key => limitKey("link-source", source);

export const signInGuardKey = (name: LoginName): Key => limitKey("sign-in", formatLoginName(name));

export const otherNameSignInGuardKey = (textHash: string): Key => limitKey("sign-in-other-name", textHash);

/** Acts on names that nobody has are kept by calendar day. */
export function auditKey(event: Pick<AuditEvent, "id" | "at" | "organisationId">): Key {
  const { organisationId, at, id } = event;
  const trail =
    organisationId === null ? `UNATTRIBUTED#${calendarDay(at)}` : organisationPartition(organisationId);
  return { PK: trail, SK: `${at}#${id}` };
}

/** Which runs of a job have been completed. */
export const jobKey = (job: string): Key => ({ PK: `JOB#${job}`, SK: "JOB" });

/** Who administer an organisation, and what they are still to be told. */
export const administratorsKey = (organisationId: string): Key => ({
  PK: organisationPartition(organisationId),
  SK: "ADMINISTRATORS",
});

/** A user stands in one place at a time for the kinds that share one. */
const duePlaces: Record<DueKind, string> = {
  "password-expiry": "password",
  "password-warning": "password",
  inactivity: "inactivity",
  lapse: "inactivity",
  retention: "retention",
  unfinished: "unfinished",
};

/** How many partitions a kind has: enough to spread writes, few enough to read on a quiet day (ADR 6). */
export const dueShards = (kind: DueKind): number => (kind === "unfinished" ? 1 : 2);

export const duePartition = (kind: DueKind, shard: number) => `${kind}#${shard}`;

type DueAttributes = Record<(typeof dueIndex)["partitionKey" | "sortKey"], string>;

/** The attributes that put an item in the index. */
export function dueAttributes({ kind, organisationId, username, at, about }: DueEntry): DueAttributes {
  const parts = [at, organisationId, username ?? "", ...(about === null ? [] : [about])];
  return {
    [dueIndex.partitionKey]: duePartition(kind, shardOf(username ?? organisationId, dueShards(kind))),
    [dueIndex.sortKey]: parts.join("#"),
  };
}

/** The item that holds a user's entry: put again, it moves to its new place. */
export function dueItem(
  kind: DueKind,
  { organisationId, username }: UserIdentity,
  at: Instant | CalendarDay,
  about: Instant | null = null,
): Key & DueAttributes {
  return {
    ...dueKey(kind, { organisationId, username }),
    ...dueAttributes({ kind, organisationId, username, at, about }),
  };
}

export const dueKey = (kind: DueKind, { organisationId, username }: UserIdentity): Key => ({
  PK: organisationPartition(organisationId),
  SK: `DUE#${duePlaces[kind]}#${username}`,
});

/** The entry that an item's index keys say. @throws Error if they are none */
export function dueEntry(item: Partial<DueAttributes>): DueEntry {
  const kind = dueKinds.find((one) => one === item[dueIndex.partitionKey]?.split("#")[0]);
  const [at, organisationId, username, about] = item[dueIndex.sortKey]?.split("#") ?? [];
  if (!kind || !at || !organisationId || username === undefined)
    throw new Error("A stored due entry does not parse");
  return { kind, organisationId, username: username || null, at, about: about ?? null };
}

function shardOf(text: string, shards: number): number {
  let sum = 0;
  for (const character of text) sum += character.codePointAt(0) ?? 0;
  return sum % shards;
}
