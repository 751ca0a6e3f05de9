import type { AuditEvent } from "../domain/audit.ts";
import { dueKinds, type DueEntry, type DueKind, type Moment } from "../domain/jobs/due.ts";
import type { HourlyCount } from "../domain/hourly-limit.ts";
import { formatLoginName, type LoginName } from "../domain/login-name.ts";
import { comparableEmail } from "../domain/person.ts";
import type { LetterKind } from "../domain/sanction.ts";
import { calendarDay, type Instant } from "../domain/time.ts";

/*
 * All keys are built here. docs/architecture.md lists the items; the composition of their keys stands here only.
 */

export const partitionKey = "PK";
export const sortKey = "SK";
/** Seconds since 1970. DynamoDB deletes expired items late, so code checks expiry itself. */
export const expiryAttribute = "expireAt";
/** A sparse, keys-only index that jobs read: it holds only items that are due on some day. */
export const dueIndex = { name: "due", partitionKey: "duePartition", sortKey: "dueSort" } as const;

/**
 * The local index of directory entries by the time that they were sent (milliseconds since 1970). Other items do
 * not have its key.
 */
export const changedIndex = { name: "changed", partitionKey, sortKey: "c" } as const;

/** The letters that went to an address, in order of time. */
export const lettersTo = (email: string) => ({ partition: `LETTERTO#${comparableEmail(email)}` });

export const sentLetterKey = (email: string, at: Instant, mailId: string): Key => ({
  PK: lettersTo(email).partition,
  SK: `${at}#${mailId}`,
});

/** The prefix of every outbox item's partition key; the stream to send-mail is filtered by it. */
export const mailPrefix = "MAIL#";

export interface Key {
  readonly PK: string;
  readonly SK: string;
}

/** The two parts of a user's key. */
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

/** The users of an organisation, ordered by login name. */
export const usersOf = (organisationId: string) => ({
  partition: organisationPartition(organisationId),
  sortPrefix: userPrefix,
});

const entryPrefix = "ENTRY#";

/** A small copy of the fields that user lists search and sort by. */
export const entryKey = ({ organisationId, username }: UserIdentity): Key => ({
  PK: organisationPartition(organisationId),
  SK: `${entryPrefix}${username}`,
});

/** The login name in a sort key; null for an item of another kind. */
export const entryOwner = (sortKeyValue: string) => after(entryPrefix, sortKeyValue);

/** The directory entries of an organisation, ordered by login name. */
export const directoryOf = (organisationId: string) => ({
  partition: organisationPartition(organisationId),
  sortPrefix: entryPrefix,
});

const after = (prefix: string, text: string) => (text.startsWith(prefix) ? text.slice(prefix.length) : null);

/** The history has a partition of its own, so that rights can exclude it. */
export const passwordHistoryKey = ({ username }: UserIdentity): Key => ({
  PK: `HISTORY#${username}`,
  SK: "HISTORY",
});

/** The number has six digits, so that text order equals number order. */
export const loginNameKey = ({ stem, number }: LoginName): Key => ({
  PK: loginNamePartition(stem),
  SK: String(number).padStart(longestNumber, "0"),
});

/** All login names with a stem, ordered by number. */
export const loginNamesOf = (stem: string) => ({ partition: loginNamePartition(stem) });

export const emailKey = (email: string): Key => ({ PK: `EMAIL#${comparableEmail(email)}`, SK: "EMAIL" });

export const agbCodeKey = (agbCode: string): Key => ({ PK: `AGB#${agbCode}`, SK: "AGB" });

export const organisationCounterKey: Key = { PK: "COUNTER", SK: "ORGANISATION" };

/** @param secretHash SHA-256 of the link's secret, hexadecimal */
export const passwordLinkKey = (secretHash: string): Key => ({ PK: `LINK#${secretHash}`, SK: "LINK" });

/** The journal of an import: its head, and parts with the people who are still to be added. */
const importPartition = (id: string) => `IMPORT#${id}`;
const importPartPrefix = "PART#";

export const importKey = (id: string): Key => ({ PK: importPartition(id), SK: "IMPORT" });

export const importPartKey = (id: string, part: number): Key => ({
  PK: importPartition(id),
  SK: `${importPartPrefix}${String(part).padStart(4, "0")}`,
});

/** The parts of an import that are not done yet. */
export const importPartsOf = (id: string) => ({
  partition: importPartition(id),
  sortPrefix: importPartPrefix,
});

/** The index partition with all unfinished imports, ordered by the time that they began. */
export const unfinishedImports = { partition: "import#unfinished" } as const;

export const unfinishedImport = (id: string, at: Instant) => ({
  [dueIndex.partitionKey]: unfinishedImports.partition,
  [dueIndex.sortKey]: `${at}#${id}`,
});

/** Takes the id from the sort key of an unfinished import. */
export function unfinishedImportId(sort: string): string {
  return sort.slice(sort.indexOf("#") + 1);
}

/** @param id a hash of the caller, the route and the idempotency key */
export const keptAnswerKey = (id: string): Key => ({ PK: `ANSWER#${id}`, SK: "ANSWER" });

/** A secret that functions generate themselves and share. */
export const cursorSecretKey: Key = { PK: "SECRET#CURSOR", SK: "SECRET" };

export const mailKey = (id: string): Key => ({ PK: `${mailPrefix}${id}`, SK: "MAIL" });

/** Enough shards for the writes of the busiest job, few enough to query each of them. */
const queuedMailShards = 4;

/** The index partitions with all queued mails, oldest first. */
export const queuedMailPartitions: readonly string[] = Array.from(
  { length: queuedMailShards },
  (_, shard) => `mail#queued#${shard}`,
);

/** The index partition with all refused mails, which a redrive can queue again. */
export const refusedMailPartition = "mail#refused";

/** The index keys of a refused mail. @param at when it was refused */
export function refusedMail({ id, at }: { readonly id: string; readonly at: Instant }) {
  return { [dueIndex.partitionKey]: refusedMailPartition, [dueIndex.sortKey]: `${at}#${id}` };
}

/** The index keys of a queued mail; settling the mail removes them. */
export function queuedMail({ id, createdAt }: { readonly id: string; readonly createdAt: Instant }) {
  return {
    [dueIndex.partitionKey]: queuedMailPartitions[shardOf(id, queuedMailShards)],
    [dueIndex.sortKey]: `${createdAt}#${id}`,
  };
}

/** The index partition with all mails that are set aside; each keeps its sort key. */
export const asideMailPartition = "mail#aside";

/** Takes the time that a mail was queued from its index sort key. */
export const queuedSince = (sortKeyValue: string): Instant => sortKeyValue.split("#", 1)[0] ?? "";

/** Takes the mail id from a partition key; null for an item that is no mail. */
export function mailIdOf(partition: string): string | null {
  return partition.startsWith(mailPrefix) ? partition.slice(mailPrefix.length) : null;
}

/** A write without effect, so that unknown login names take as long as known ones; TTL removes it. */
export const decoyKey = (id: string): Key => ({ PK: `DECOY#${id}`, SK: "DECOY" });

/** Never exists, because organisation ids begin at 1. */
export const noOrganisationKey: Key = organisationKey("0");

const limitKey = (kind: string, subject: string): Key => ({ PK: `LIMIT#${kind}#${subject}`, SK: "LIMIT" });

export const userLinkLimitKey = (name: LoginName): Key => limitKey("link-user", formatLoginName(name));

/** For text that cannot be a login name. It is hashed, because its length and characters are not limited. */
export const otherNameLinkLimitKey = (textHash: string): Key => limitKey("link-other-name", textHash);

/** For reminders of login names; the address is hashed, because its characters are not limited. */
export const reminderLimitKey = (addressHash: string): Key => limitKey("login-name", addressHash);

export const sourceLinkLimitKey = (source: string): Key => limitKey("link-source", source);

/** For links that administrators request on a user's behalf. */
export const orderedLinkLimitKey = (name: LoginName): Key => limitKey("link-ordered", formatLoginName(name));

/** The count of an organisation's acts of one kind in one hour. */
export const hourlyLimitKey = ({ kind, organisationId, hour }: HourlyCount): Key =>
  limitKey(kind, `${organisationId}#${hour}`);

export const signInGuardKey = (name: LoginName): Key => limitKey("sign-in", formatLoginName(name));

/** @param device the id of one browser or session of this user's */
export const signInDeviceGuardKey = (name: LoginName, device: string): Key =>
  limitKey("sign-in-device", `${formatLoginName(name)}#${device}`);

export const otherNameSignInGuardKey = (textHash: string): Key => limitKey("sign-in-other-name", textHash);

/** The count of a user's refused acts in one hour. */
export const refusedActsKey = ({ organisationId, username }: UserIdentity, hour: Instant): Key =>
  limitKey("refused-acts", `${organisationId}#${username}#${hour}`);

/** The partition keys of all those counts, for rights. */
export const everyRefusedActsKey = limitKey("refused-acts", "*").PK;

/** The index partition with the hours whose total has to be recorded. */
export const refusedActTotals = { partition: "refused-acts#unrecorded" } as const;

/** The index keys of an hour whose total has to be recorded. */
export const refusedActTotal = ({ organisationId, username }: UserIdentity, hour: Instant, at: Instant) => ({
  [dueIndex.partitionKey]: refusedActTotals.partition,
  [dueIndex.sortKey]: [at, organisationId, username, hour].join("#"),
});

/** An organisation's audit trail in order of time. All sort keys lie between `first` and `last`. */
export const auditTrailOf = (organisationId: string) => ({
  partition: organisationPartition(organisationId),
  first: "0",
  last: ":",
});

/** Events about login names that do not exist have a partition per calendar day. */
export function auditKey(event: Pick<AuditEvent, "id" | "at" | "organisationId">): Key {
  const { organisationId, at, id } = event;
  const trail =
    organisationId === null ? `UNATTRIBUTED#${calendarDay(at)}` : organisationPartition(organisationId);
  return { PK: trail, SK: `${at}#${id}` };
}

/** The item that records a job's runs. */
export const jobKey = (job: string): Key => ({ PK: `JOB#${job}`, SK: "JOB" });

/** An organisation's list of administrators and its digest. */
export const administratorsKey = (organisationId: string): Key => ({
  PK: organisationPartition(organisationId),
  SK: "ADMINISTRATORS",
});

/** Kinds with the same value share one item per user, so a user is in one of their lists at a time. */
const duePlaces: Record<DueKind, string> = {
  "password-expiry": "password",
  "password-warning": "password",
  inactivity: "inactivity",
  lapse: "inactivity",
  retention: "retention",
  unfinished: "unfinished",
};

/** Partitions per kind: enough to spread writes, few enough to query on a quiet day (ADR 12). */
export const dueShards = (kind: DueKind): number => (kind === "unfinished" ? 1 : 2);

export const duePartition = (kind: DueKind, shard: number) => `${kind}#${shard}`;

type DueAttributes = Record<(typeof dueIndex)["partitionKey" | "sortKey"], string>;

/** The index keys of a due entry. */
export function dueAttributes({ kind, organisationId, username, at, about }: DueEntry): DueAttributes {
  const parts = [at, organisationId, username ?? "", ...(about === null ? [] : [about])];
  return {
    [dueIndex.partitionKey]: duePartition(kind, shardOf(username ?? organisationId, dueShards(kind))),
    [dueIndex.sortKey]: parts.join("#"),
  };
}

/** The item of a user's due entry. Putting it again moves the entry. */
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

/** Parses a due entry from index keys. @throws Error if they do not parse */
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

/** All organisations have a small entry in one partition, so that they can be listed and searched. */
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

/** Sorts after its incident, in order of the time that the contact took place. */
export const contactKey = (organisationId: string, incidentId: string, at: Instant, id: string): Key => ({
  PK: organisationPartition(organisationId),
  SK: `${incidentPrefix}${incidentId}#CONTACT#${at}#${id}`,
});

const incidentPrefix = "INCIDENT#";

/** All incidents of an organisation, each followed by its contacts. */
export const incidentsOf = (organisationId: string) => ({
  partition: organisationPartition(organisationId),
  sortPrefix: incidentPrefix,
});

/** One incident, followed by its contacts. All ids have the same length, so none is the beginning of another. */
export const incidentOf = (organisationId: string, id: string) => ({
  partition: organisationPartition(organisationId),
  sortPrefix: `${incidentPrefix}${id}`,
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

/** A letter has an item of its own, so that listing closures does not read letters. */
export const letterKey = (organisationId: string, closureId: string, kind: LetterKind): Key => ({
  PK: organisationPartition(organisationId),
  SK: `LETTER#${closureId}#${kind}`,
});
