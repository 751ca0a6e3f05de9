import type { AuditEvent } from "../domain/audit.ts";
import type { HourlyCount } from "../domain/hourly-limit.ts";
import { comparableEmail } from "../domain/person.ts";
import { epochSeconds, type Instant } from "../domain/time.ts";
import {
  ImportUndone,
  type ImportedUser,
  type ImportProgress,
  type ImportState,
  type PlannedUser,
  type UserImport,
  type UserImportRepository,
} from "../domain/user-import.ts";
import { reservationWrites, userWrites } from "./account-writes.ts";
import { takesNewUsers } from "./checks.ts";
import type { Tables } from "./client.ts";
import { auditWrite, consequenceWrites } from "./consequences.ts";
import { dueBefore } from "./due-index.ts";
import { forgottenImportItems, importItems, importPartItems, type ImportPart } from "./import-items.ts";
import { hourlyCountWrite } from "./hourly-limit.ts";
import * as writes from "./import-writes.ts";
import {
  dueIndex,
  emailKey,
  expiryAttribute,
  importKey,
  importPartKey,
  importPartsOf,
  loginNameKey,
  unfinishedImportId,
  unfinishedImports,
  type Key,
} from "./keys.ts";
import { highestLoginNumber } from "./login-numbers.ts";
import { inGroups, inParallel } from "./parallel.ts";
import { getItem, getItems, itemsOf, parseAll } from "./read.ts";
import { commit, updateIf, type Write } from "./write.ts";

/** A transaction takes 100 writes: one for the part itself and up to six per user. */
const usersInPart = 16;
/** A compromise between speed and throttling: a partition takes 1,000 write units a second. */
const partsAtATime = 4;
const keysInRead = 100;
const readsAtATime = 10;

/** Another process changed the journal item since it was read. */
class JournalChanged extends Error {}
const journalChanged = () => new JournalChanged();

/**
 * Imports more users than fit in one transaction. A journal holds the people to add, in parts of one transaction
 * each. The result of a part is committed together with the part's own change, so a repeated, parallel or resumed
 * import does nothing twice (docs/adr/0007).
 */
export class DynamoUserImportRepository implements UserImportRepository {
  readonly #tables: Tables;

  constructor(tables: Tables) {
    this.#tables = tables;
  }

  async emailsInUse(emails: readonly string[]): Promise<ReadonlySet<string>> {
    const distinct = [...new Set(emails.map(comparableEmail))];
    return new Set(await this.#existing(distinct, emailKey));
  }

  /** If one name of a stem is needed, reads only the first one, which is usually free. */
  async highestLoginNumbers(wanted: ReadonlyMap<string, number>): Promise<ReadonlyMap<string, number>> {
    const single = [...wanted].filter(([, count]) => count === 1).map(([stem]) => stem);
    const taken = new Set(await this.#existing(single, (stem) => loginNameKey({ stem, number: 1 })));
    const highest = new Map([...wanted.keys()].map((stem) => [stem, 0]));
    const severalOrTaken = [...wanted].filter(([stem, count]) => count > 1 || taken.has(stem));
    await inParallel(readsAtATime, severalOrTaken, async ([stem]) =>
      highest.set(stem, await highestLoginNumber(this.#tables, stem)),
    );
    return highest;
  }

  async find(id: string, now: Instant): Promise<UserImport | null> {
    const item = await getItem(this.#tables, importKey(id));
    if (!item) return null;
    const { expireAt } = forgottenImportItems.parse(item);
    return expireAt !== undefined && expireAt <= epochSeconds(now) ? null : importItems.parse(item);
  }

  async begin(
    userImport: UserImport,
    users: readonly PlannedUser[],
    counted: HourlyCount | null,
  ): Promise<boolean> {
    const parts = inGroups(usersInPart, users).map((group, part) =>
      writes.newPart(this.#tables, userImport.id, part, group),
    );
    const count = counted ? [hourlyCountWrite(this.#tables, counted)] : [];
    return this.#tryCommit([writes.newHead(this.#tables, userImport, journalChanged), ...parts, ...count]);
  }

  async recordTrial(event: AuditEvent, counted: HourlyCount): Promise<void> {
    await commit(this.#tables, consequenceWrites(this.#tables, { mails: [], events: [event], counted }));
  }

  async reserve({ id, organisationId }: UserImport): Promise<void> {
    const planned = (await this.#parts(id)).filter(({ state }) => state === "planned");
    await inParallel(partsAtATime, planned, async ({ part, users }) => {
      const reservations = users.flatMap((user) =>
        reservationWrites(this.#tables, { ...user, organisationId }, "/email", writes.importMark(id)),
      );
      const reserved = writes.reservedPart(this.#tables, id, part, journalChanged);
      if (await this.#tryCommit([reserved, ...reservations])) return;
      const stored = importPartItems.parseIfAny(await getItem(this.#tables, importPartKey(id, part)));
      if (stored?.state !== "reserved") throw new ImportUndone();
    });
  }

  async accept(userImport: UserImport, event: AuditEvent): Promise<void> {
    const accepted = writes.acceptedHead(this.#tables, userImport, journalChanged);
    const open = takesNewUsers(this.#tables, userImport.organisationId);
    if (await this.#tryCommit([accepted, open, auditWrite(this.#tables, event)])) return;
    if (!(await this.#isAccepted(userImport))) throw new ImportUndone();
  }

  async complete(
    userImport: UserImport,
    imported: (user: PlannedUser) => ImportedUser,
    forgottenAt: Instant,
  ): Promise<void> {
    const { id } = userImport;
    await inParallel(partsAtATime, await this.#parts(id), async (part) => {
      const users = part.users
        .map(imported)
        .flatMap(({ user, consequences }) => [
          ...userWrites(this.#tables, user),
          ...consequenceWrites(this.#tables, consequences),
        ]);
      // If the part is gone, another process has added its users: accepted imports are only ever completed.
      await this.#tryCommit([writes.removedPart(this.#tables, id, part, journalChanged), ...users]);
    });
    await this.#close(userImport, forgottenAt);
  }

  async undo(userImport: UserImport): Promise<boolean> {
    const { id } = userImport;
    const condition = writes.headIn(["reserving", "undoing"], userImport);
    const undoing = await updateIf(this.#tables, {
      Key: importKey(id),
      UpdateExpression: "SET #state = :undoing",
      ...condition,
    });
    if (!undoing) return !(await this.#isAccepted(userImport));
    for (let parts = await this.#parts(id); parts.length > 0; parts = await this.#parts(id)) {
      await inParallel(partsAtATime, parts, async (part) => {
        const reserved = part.state === "reserved" ? part.users : [];
        const reservations = reserved.flatMap((user) => writes.reservationsReleased(this.#tables, id, user));
        await this.#tryCommit([writes.removedPart(this.#tables, id, part, journalChanged), ...reservations]);
      });
    }
    await this.#tryCommit([writes.removedHead(this.#tables, userImport, journalChanged)]);
    return true;
  }

  async progress({ id, state, rows }: UserImport): Promise<ImportProgress> {
    const parts = await this.#parts(id);
    const usersIn = (some: readonly ImportPart[]) => some.reduce((sum, { users }) => sum + users.length, 0);
    if (state === "creating" || state === "done")
      return { reserved: rows.length, added: rows.length - usersIn(parts) };
    return { reserved: usersIn(parts.filter((part) => part.state === "reserved")), added: 0 };
  }

  async unfinished(before: Instant): Promise<string[]> {
    const items = await dueBefore(this.#tables, unfinishedImports.partition, before);
    return items.map((item) => unfinishedImportId(String(item[dueIndex.sortKey])));
  }

  /** @returns false if the first write, which is the journal's, was refused */
  async #tryCommit(parts: readonly Write[]): Promise<boolean> {
    try {
      await commit(this.#tables, parts);
      return true;
    } catch (error) {
      if (error instanceof JournalChanged) return false;
      throw error;
    }
  }

  async #isAccepted({ id, at }: UserImport): Promise<boolean> {
    const stored = importItems.parseIfAny(await getItem(this.#tables, importKey(id)));
    return stored?.at === at && (stored.state === "creating" || stored.state === "done");
  }

  /** Marks the import as done. Its head stays, to recognise repeats, until it expires. */
  async #close(userImport: UserImport, forgottenAt: Instant): Promise<void> {
    const condition = writes.headIn(["creating"], userImport);
    await updateIf(this.#tables, {
      Key: importKey(userImport.id),
      UpdateExpression: "SET #state = :done, #expiry = :expiry REMOVE #partition, #sort",
      ...condition,
      ExpressionAttributeNames: {
        ...condition.ExpressionAttributeNames,
        "#expiry": expiryAttribute,
        "#partition": dueIndex.partitionKey,
        "#sort": dueIndex.sortKey,
      },
      ExpressionAttributeValues: {
        ...condition.ExpressionAttributeValues,
        ":done": "done" satisfies ImportState,
        ":expiry": epochSeconds(forgottenAt),
      },
    });
  }

  /** The parts of an import that are not done yet. */
  async #parts(id: string): Promise<ImportPart[]> {
    return parseAll(this.#tables, itemsOf(importPartsOf(id)), importPartItems);
  }

  /** The values whose item exists. */
  async #existing(values: readonly string[], keyOf: (value: string) => Key): Promise<string[]> {
    const existing: string[] = [];
    await inParallel(readsAtATime, inGroups(keysInRead, values), async (group) => {
      const items = await getItems(this.#tables, group.map(keyOf));
      existing.push(...group.filter((_, index) => items[index] !== null));
    });
    return existing;
  }
}
