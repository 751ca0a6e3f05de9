import * as z from "zod/mini";
import { instant } from "../domain/time.ts";
import type { DirectoryEntry } from "../domain/user-search.ts";
import { accountStatuses, type AccountStatus, type User } from "../domain/user.ts";
import { ItemParser } from "./item-parser.ts";
import { changedIndex, entryKey, entryOwner, type UserIdentity } from "./keys.ts";
import type { StoredItem } from "./read.ts";
import { unconditional, type Write } from "./write.ts";

/*
 * Every user has an entry beside their item, written in the same transaction as each change of what it shows. All
 * entries of an organisation are read at once, so they are small, with short attribute names: `d` initials, infix,
 * last name, e-mail address and, unless the entry is of an earlier version, first name; `s` status; `r` remark; `t` last sign-in; `n` creation, until there is a sign-in;
 * `p` end of the password; `c` when the entry was sent to the table (times in milliseconds since 1970). ADR 10.
 */

/** The fields of an entry that can change. Names and address are written together, as one attribute. */
export interface EntryChange {
  readonly person?: Pick<User, "initials" | "firstName" | "infix" | "lastName" | "email">;
  readonly status?: AccountStatus;
  readonly remark?: string | null;
  readonly lastLoginAt?: string;
  readonly passwordExpiresAt?: string;
}

/** No field of a person holds a tab. */
const separator = "\t";

const letterOf = { invited: "i", active: "a", inactive: "n", deleted: "d" } as const satisfies Record<
  AccountStatus,
  string
>;
const statusOf = Object.fromEntries(accountStatuses.map((status) => [letterOf[status], status]));

function joined(person: NonNullable<EntryChange["person"]>): string {
  const { initials, firstName, infix, lastName, email } = person;
  return [initials, infix ?? "", lastName, email, firstName].join(separator);
}

/** Writes the entry of a new user. */
export function entryOf(tableName: string, user: User): Write {
  return unconditional({
    get Put() {
      return { TableName: tableName, Item: { ...storedEntry(user), ...sentNow() } };
    },
  });
}

/** A new entry as stored, but without the time that it was sent. */
export function storedEntry(user: User): StoredItem {
  const { status, remark, lastLoginAt, passwordExpiresAt, createdAt } = user;
  return {
    ...entryKey(user),
    d: joined(user),
    s: letterOf[status],
    ...(remark !== null && { r: remark }),
    ...(lastLoginAt === null ? { n: Date.parse(createdAt) } : { t: Date.parse(lastLoginAt) }),
    ...(passwordExpiresAt !== null && { p: Date.parse(passwordExpiresAt) }),
  };
}

/** Commit it with every change of a user that their entry shows. */
export function entryChanged(tableName: string, user: UserIdentity, change: EntryChange): Write {
  const { person, status, remark, lastLoginAt, passwordExpiresAt } = change;
  const parts: Record<string, unknown> = {
    ...(person && { d: joined(person) }),
    ...(status && { s: letterOf[status] }),
    ...(typeof remark === "string" && { r: remark }),
    ...(lastLoginAt !== undefined && { t: Date.parse(lastLoginAt) }),
    ...(passwordExpiresAt !== undefined && { p: Date.parse(passwordExpiresAt) }),
  };
  const gone = [...(remark === null ? ["r"] : []), ...(lastLoginAt === undefined ? [] : ["n"])];
  const set = [...Object.keys(parts), changedIndex.sortKey].map((name) => `${name} = :${name}`).join(", ");
  return unconditional({
    get Update() {
      return {
        TableName: tableName,
        Key: entryKey(user),
        UpdateExpression: `SET ${set}${gone.length > 0 ? ` REMOVE ${gone.join(", ")}` : ""}`,
        ExpressionAttributeValues: Object.fromEntries(
          Object.entries({ ...parts, ...sentNow() }).map(([name, value]) => [`:${name}`, value]),
        ),
      };
    },
  });
}

/** The clock's time, not that of the job or request: caches read all entries that were sent since their last read. */
const sentNow = () => ({ [changedIndex.sortKey]: Date.now() });

const moment = z.pipe(
  z.int(),
  z.transform((milliseconds) => instant(new Date(milliseconds))),
);
const momentOrAbsent = z._default(z.nullable(moment), null);

const storedEntries = new ItemParser(
  "directory entry",
  z.object({
    SK: z.string(),
    d: z.pipe(
      z.string(),
      z.transform((text) => text.split(separator)),
    ),
    s: z.pipe(
      z.enum(letterOf),
      z.transform((letter) => statusOf[letter]),
    ),
    r: z._default(z.nullable(z.string()), null),
    t: momentOrAbsent,
    n: momentOrAbsent,
    p: momentOrAbsent,
  }),
);

/** @returns null for an item that is no entry. @throws Error for an entry that does not parse */
export function parseEntry(item: StoredItem): DirectoryEntry | null {
  if (entryOwner(String(item["SK"])) === null) return null;
  const { SK, d, s: status, r: remark, t: lastLoginAt, n, p: passwordExpiresAt } = storedEntries.parse(item);
  const [initials, infix, lastName, email, firstName = ""] = d;
  const [username, unusedSince] = [entryOwner(SK), lastLoginAt ?? n];
  if (!username || !status || email === undefined || lastName === undefined || unusedSince === null) {
    throw new Error("A stored directory entry does not parse");
  }
  const person = { initials: initials ?? "", firstName, infix: infix || null, lastName, email };
  return { username, ...person, status, remark, lastLoginAt, passwordExpiresAt, unusedSince };
}
