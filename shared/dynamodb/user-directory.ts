import { DomainError } from "../domain/errors.ts";
import type { Page, UserDirectory } from "../domain/ports.ts";
import {
  directoryEntry,
  SearchableUsers,
  type DirectoryEntry,
  type UserPosition,
  type UserQuery,
} from "../domain/user-search.ts";
import type { User } from "../domain/user.ts";
import type { Tables } from "./client.ts";
import { parseEntry } from "./directory-entries.ts";
import { userItems } from "./items.ts";
import { changedIndex, directoryOf, entryOwner, userKey, userOwner, usersOf } from "./keys.ts";
import { getItems, queryAll, queryPage, type StoredItem } from "./read.ts";

/** Of an organisation with more users than this, a container remembers the entries. */
const mostReadWhole = 200;
/** How many entries a container remembers; the organisations that were asked for last. */
const mostRemembered = 50_000;
/** What is remembered is read anew after this long, whatever is known to have changed. */
const rememberedFor = 3_600_000;
/**
 * An entry notes when it is sent. One request, with the client's own retries, takes at most some 20 seconds to
 * reach the table (client.ts); the rest is for clocks that differ.
 */
const longestOnTheWay = 30_000;

/** An organisation's entries as they were read, and everything that has changed since. */
interface Remembered {
  readonly users: SearchableUsers;
  readonly firstRead: number;
  lastRead: number;
  /** The latest refresh: each waits for the one before it, so that none puts back what is older. */
  refreshed: Promise<void>;
}

/** Either all users, or who they are, to be read one by one. */
interface Directory {
  readonly users: SearchableUsers;
  readonly whole: ReadonlyMap<string, User> | null;
}

/**
 * An organisation of which one query can read all is read as it is. Of a larger one a container remembers the
 * entries, and from then on reads those alone that have changed since (ADR 10).
 */
export class DynamoUserDirectory implements UserDirectory {
  readonly #tables: Tables;
  readonly #mostReadWhole: number;
  /** In the order in which they were asked for. */
  readonly #remembered = new Map<string, Remembered>();

  /** @param limits up to how many users an organisation is read as a whole each time */
  constructor(tables: Tables, limits: { readonly mostReadWhole: number } = { mostReadWhole }) {
    this.#tables = tables;
    this.#mostReadWhole = limits.mostReadWhole;
  }

  async list(
    organisationId: string,
    query: UserQuery,
    { limit, after }: { readonly limit: number; readonly after: string | null },
  ): Promise<Page<User>> {
    const { users, whole } = await this.#read(organisationId);
    const { usernames, total, next } = users.page(query, limit, after === null ? null : parsePosition(after));
    const items = whole ? chosen(whole, usernames) : await this.#users(organisationId, usernames);
    return { items, total, next: next && position(next) };
  }

  async all(organisationId: string, query: UserQuery): Promise<User[]> {
    const users = new Map<string, User>();
    for await (const item of queryAll(this.#tables, beginningWith(usersOf(organisationId)))) {
      const user = userItems.parse(item);
      users.set(user.username, user);
    }
    // An organisation has at least its first administrator, whatever became of them.
    if (users.size === 0) throw new DomainError("not-found");
    return chosen(users, searchable(users).find(query));
  }

  async entries(organisationId: string): Promise<DirectoryEntry[]> {
    return (await this.#read(organisationId)).users.entries();
  }

  async #read(organisationId: string): Promise<Directory> {
    const remembered = this.#remembered.get(organisationId);
    if (!remembered || Date.now() - remembered.firstRead > rememberedFor) return this.#load(organisationId);
    this.#remembered.delete(organisationId);
    this.#remembered.set(organisationId, remembered);
    const refresh = () => this.#refresh(organisationId, remembered);
    remembered.refreshed = remembered.refreshed.then(refresh, refresh);
    await remembered.refreshed;
    return { users: remembered.users, whole: null };
  }

  /** One query finds entries and users, or as many of them as fit in an answer; of the rest only entries count. */
  async #load(organisationId: string): Promise<Directory> {
    const readAt = Date.now();
    const directory = directoryOf(organisationId);
    const first = await queryPage(this.#tables, between(directory));
    if (first.items.length === 0) throw new DomainError("not-found");
    const items = [...first.items];
    if (first.next && entryOwner(String(first.next["SK"])) !== null) {
      const rest = queryAll(this.#tables, beginningWith(directory), first.next);
      for await (const item of rest) items.push(item);
    }
    const whole = first.next ? null : usersAmong(items);
    const users = whole ? searchable(whole) : new SearchableUsers(entriesAmong(items));
    if (users.size > this.#mostReadWhole) this.#remember(organisationId, users, readAt);
    return { users, whole };
  }

  #remember(organisationId: string, users: SearchableUsers, readAt: number): void {
    const remembered = { users, firstRead: readAt, lastRead: readAt, refreshed: Promise.resolve() };
    this.#remembered.delete(organisationId);
    this.#remembered.set(organisationId, remembered);
    let size = [...this.#remembered.values()].reduce((sum, one) => sum + one.users.size, 0);
    for (const [oldest, { users: forgotten }] of this.#remembered) {
      if (size <= mostRemembered || oldest === organisationId) break;
      this.#remembered.delete(oldest);
      size -= forgotten.size;
    }
  }

  async #refresh(organisationId: string, remembered: Remembered): Promise<void> {
    const readAt = Date.now();
    const changed: StoredItem[] = [];
    const changes = queryAll(this.#tables, {
      IndexName: changedIndex.name,
      KeyConditionExpression: "PK = :partition AND #changed >= :since",
      ExpressionAttributeNames: { "#changed": changedIndex.sortKey },
      ExpressionAttributeValues: {
        ":partition": directoryOf(organisationId).partition,
        ":since": remembered.lastRead - longestOnTheWay,
      },
    });
    for await (const item of changes) changed.push(item);
    remembered.users.update(entriesAmong(changed));
    remembered.lastRead = readAt;
  }

  async #users(organisationId: string, usernames: readonly string[]): Promise<User[]> {
    if (usernames.length === 0) return [];
    const keys = usernames.map((username) => userKey({ organisationId, username }));
    const items = await getItems(this.#tables, keys);
    return items.flatMap((item) => (item ? [userItems.parse(item)] : []));
  }
}

const between = ({ partition, from, to }: ReturnType<typeof directoryOf>) => ({
  KeyConditionExpression: "PK = :partition AND SK BETWEEN :from AND :to",
  ExpressionAttributeValues: { ":partition": partition, ":from": from, ":to": to },
});

const beginningWith = ({ partition, sortPrefix }: ReturnType<typeof usersOf>) => ({
  KeyConditionExpression: "PK = :partition AND begins_with(SK, :prefix)",
  ExpressionAttributeValues: { ":partition": partition, ":prefix": sortPrefix },
});

function entriesAmong(items: readonly StoredItem[]): DirectoryEntry[] {
  return items.map(parseEntry).filter((entry) => entry !== null);
}

function usersAmong(items: readonly StoredItem[]): Map<string, User> {
  const users = items.filter(({ SK }) => userOwner(String(SK)) !== null).map((item) => userItems.parse(item));
  return new Map(users.map((user) => [user.username, user]));
}

function searchable(users: ReadonlyMap<string, User>): SearchableUsers {
  return new SearchableUsers([...users.values()].map(directoryEntry));
}

function chosen(users: ReadonlyMap<string, User>, usernames: readonly string[]): User[] {
  return usernames.flatMap((username) => users.get(username) ?? []);
}

/** A place in a list as text: login names and instants have no spaces. */
function position({ username, lastLoginAt }: UserPosition): string {
  return lastLoginAt === null ? username : `${username} ${lastLoginAt}`;
}

function parsePosition(text: string): UserPosition {
  const [username = "", lastLoginAt = null] = text.split(" ");
  return { username, lastLoginAt };
}
