import type { AuditEvent } from "../domain/audit.ts";
import { dueKinds, type DueEntry, type DueKind, type Moment } from "../domain/jobs/due.ts";
import { formatLoginName, type LoginName } from "../domain/login-name.ts";
import { comparableEmail } from "../domain/person.ts";
import type { LetterKind } from "../domain/sanction.ts";
import { calendarDay, type Instant } from "../domain/time.ts";

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

/**
 * The local index of directory entries by the moment they were written (milliseconds since 1970); only they have
 * its key.
 */
export const changedIndex = { name: "changed", partitionKey, sortKey: "c" } as const;

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

const entryPrefix = "ENTRY#";

/** The lean copy of what lists are searched and sorted by. */
export const entryKey = ({ organisationId, username }: UserIdentity): Key => ({
  PK: organisationPartition(organisationId),
  SK: `${entryPrefix}${username}`,
});

/** Whose item of a kind this is, by its sort key; null for items of another kind. */
export const entryOwner = (sortKeyValue: string) => after(entryPrefix, sortKeyValue);
export const userOwner = (sortKeyValue: string) => after(userPrefix, sortKeyValue);

/**
 * Where the directory of an organisation lies: its entries first and its users after them, so that one query
 * finds both where they are few.
 */
export const directoryOf = (organisationId: string) => ({
  partition: organisationPartition(organisationId),
  sortPrefix: entryPrefix,
  from: entryPrefix,
  // The sign that follows the one at the end of the prefix.
  to: "USER$",
});

const after = (prefix: string, text: string) => (text.startsWith(prefix) ? text.slice(prefix.length) : null);

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

/** The journal of an import: its head, and the people who are still to be added. */
const importPartition = (id: string) => `IMPORT#${id}`;
const importPartPrefix = "PART#";

export const importKey = (id: string): Key => ({ PK: importPartition(id), SK: "IMPORT" });

export const importPartKey = (id: string, part: number): Key => ({
  PK: importPartition(id),
  SK: `${importPartPrefix}${String(part).padStart(4, "0")}`,
});

/** Where the parts of an import lie that have not been dealt with. */
export const importPartsOf = (id: string) => ({
  partition: importPartition(id),
  sortPrefix: importPartPrefix,
});

/** Where the index has every import that has not come to its end, by the time it began. */
export const unfinishedImports = { partition: "import#unfinished" } as const;

export const unfinishedImport = (id: string, at: Instant) => ({
  [dueIndex.partitionKey]: unfinishedImports.partition,
  [dueIndex.sortKey]: `${at}#${id}`,
});

/** The id in the sort key of an unfinished import. */
export function unfinishedImportId(sort: string): string {
  return sort.slice(sort.indexOf("#") + 1);
}

/** @param id a hash of who asked, for what, with which key */
export const keptAnswerKey = (id: string): Key => ({ PK: `ANSWER#${id}`, SK: "ANSWER" });

/** Secrets that functions make for themselves and share. */
export const cursorSecretKey: Key = { PK: "SECRET#CURSOR", SK: "SECRET" };

export const mailKey = (id: string): Key => ({ PK: `${mailPrefix}${id}`, SK: "MAIL" });

/** Enough for the writes of the busiest job, few enough to look through. */
const queuedMailShards = 4;

/** Where every mail lies in the index as long as it is queued, oldest first. */
export const queuedMailPartitions: readonly string[] = Array.from(
  { length: queuedMailShards },
  (_, shard) => `mail#queued#${shard}`,
);

/** The place in the index of a mail that is queued; settling takes it away. */
export function queuedMail({ id, createdAt }: { readonly id: string; readonly createdAt: Instant }) {
  return {
    [dueIndex.partitionKey]: queuedMailPartitions[shardOf(id, queuedMailShards)],
    [dueIndex.sortKey]: `${createdAt}#${id}`,
  };
}

/** When a mail was queued, by its place in the index. */
export const queuedSince = (sortKeyValue: string): Instant => sortKeyValue.split("#", 1)[0] ?? "";

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

/** Links that others than the user themself asked for. */
export const orderedLinkLimitKey = (name: LoginName): Key => limitKey("link-ordered", formatLoginName(name));

export const signInGuardKey = (name: LoginName): Key => limitKey("sign-in", formatLoginName(name));

export const otherNameSignInGuardKey = (textHash: string): Key => limitKey("sign-in-other-name", textHash);

/** Where an organisation's trail lies, in the order of time; before a moment lies what is before its text. */
export const auditTrailOf = (organisationId: string) => ({
  partition: organisationPartition(organisationId),
  first: "0",
  last: ":",
});

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

/** How many partitions a kind has: enough to spread writes, few enough to read on a quiet day (ADR 12). */
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
  at: Moment,
  about: Instant | null = null,
) {
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

/** A lean entry for every organisation in one partition, so that they can be listed and searched. */
export const organisationEntryKey = (id: string): Key => ({
  PK: organisationEntries.partition,
  SK: id.padStart(longestOrganisationId, "0"),
});

export const organisationEntries = { partition: "ORGANISATIONS" } as const;
const longestOrganisationId = 12;

export const incidentKey = (organisationId: string, id: string): Key => ({
  PK: organisationPartition(organisationId),
  SK: `${incidentPrefix}${id}`,
});

/** Beside its incident; the time it took place puts it in order. */
export const contactKey = (organisationId: string, incidentId: string, at: Instant, id: string): Key => ({
  PK: organisationPartition(organisationId),
  SK: `${incidentPrefix}${incidentId}#CONTACT#${at}#${id}`,
});

const incidentPrefix = "INCIDENT#";

/** Where all incidents of an organisation lie, each followed by its contacts. */
export const incidentsOf = (organisationId: string) => ({
  partition: organisationPartition(organisationId),
  sortPrefix: incidentPrefix,
});

const closurePrefix = "CLOSURE#";

export const closureKey = (organisationId: string, id: string): Key => ({
  PK: organisationPartition(organisationId),
  SK: `${closurePrefix}${id}`,
});

export const closuresOf = (organisationId: string) => ({
  partition: organisationPartition(organisationId),
  sortPrefix: closurePrefix,
});

/** Apart from its closure, so that listing closures reads no letters. */
export const letterKey = (organisationId: string, closureId: string, kind: LetterKind): Key => ({
  PK: organisationPartition(organisationId),
  SK: `LETTER#${closureId}#${kind}`,
});
