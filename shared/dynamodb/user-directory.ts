import { DomainError } from "../domain/errors.ts";
import type { Page, UserDirectory } from "../domain/ports/users.ts";
import {
  directoryEntry,
  SearchableUsers,
  type DirectoryEntry,
  type DirectoryPage,
  type UserPosition,
  type UserQuery,
} from "../domain/user-search.ts";
import type { User } from "../domain/user.ts";
import type { Tables } from "./client.ts";
import { parseEntry } from "./directory-entries.ts";
import { userItems } from "./items.ts";
import { changedIndex, directoryOf, userKey, usersOf } from "./keys.ts";
import { getItems, itemsOf, parseAll, queryAll, queryPage, type StoredItem } from "./read.ts";

/**
 * Lists of an organisation with at most so many users are made from one query of all of them; up to here that takes no
 * longer than reading what has changed and the page's users (`npm run bench -- search`).
 */
const mostReadWhole = 50;
/** The maximum number of cached entries; the least recently used organisations are dropped first. */
const mostCachedEntries = 50_000;
/** Milliseconds after which a cached organisation is loaded again in full. */
const cachedForMilliseconds = 3_600_000;
/**
 * Milliseconds from the time in an entry to its arrival in the table: one request with the client's retries takes up
 * to about 20 seconds (client.ts); the rest allows for clocks that differ.
 */
const longestDelayMilliseconds = 30_000;

/** An organisation's entries, kept up to date by reading the changed ones. */
interface CachedDirectory {
  readonly users: SearchableUsers;
  readonly loadedAt: number;
  refreshedAt: number;
  /** The latest refresh. Refreshes run one after the other, so that an older one cannot overwrite newer entries. */
  latestRefresh: Promise<void>;
}

/** The users of an organisation that is not cached. `whole` has their items if all were read. */
interface Directory {
  readonly users: SearchableUsers;
  readonly whole: ReadonlyMap<string, User> | null;
}

/**
 * Small organisations are read in full for each list. For larger ones a container caches the entries; later lists read
 * the changed ones and, beside them, the users of the page that the cached ones give (ADR 10).
 */
export class DynamoUserDirectory implements UserDirectory {
  readonly #tables: Tables;
  readonly #mostReadWhole: number;
  /** Ordered by last use. */
  readonly #cache = new Map<string, CachedDirectory>();

  /** @param limits `mostReadWhole`: organisations with more users are cached */
  constructor(tables: Tables, limits: { readonly mostReadWhole: number } = { mostReadWhole }) {
    this.#tables = tables;
    this.#mostReadWhole = limits.mostReadWhole;
  }

  async list(
    organisationId: string,
    query: UserQuery,
    { limit, after }: { readonly limit: number; readonly after: string | null },
  ): Promise<Page<User>> {
    const place = after === null ? null : parsePosition(after);
    const cached = this.#cached(organisationId);
    if (!cached) {
      const { users, whole } = await this.#load(organisationId);
      const page = users.page(query, limit, place);
      const read = whole ?? (await this.#users(organisationId, page.usernames));
      return pageOf(page, read);
    }
    const expected = cached.users.page(query, limit, place);
    const { revision } = cached.users;
    const [read] = await Promise.all([
      this.#users(organisationId, expected.usernames),
      this.#bringUpToDate(organisationId, cached),
    ]);
    if (cached.users.revision === revision) return pageOf(expected, read);
    const page = cached.users.page(query, limit, place);
    const others = page.usernames.filter((username) => !read.has(username));
    return pageOf(page, new Map([...read, ...(await this.#users(organisationId, others))]));
  }

  async all(organisationId: string, query: UserQuery): Promise<User[]> {
    const found = await parseAll(this.#tables, itemsOf(usersOf(organisationId)), userItems);
    const users = byUsername(found);
    // Every organisation has at least its first administrator, in some state.
    if (users.size === 0) throw new DomainError("not-found");
    return chosen(users, searchable(users).find(query));
  }

  async entries(organisationId: string): Promise<DirectoryEntry[]> {
    const cached = this.#cached(organisationId);
    if (cached) await this.#bringUpToDate(organisationId, cached);
    const { users } = cached ?? (await this.#load(organisationId));
    return users.entries();
  }

  /** A cached organisation, which is then the one used last. */
  #cached(organisationId: string): CachedDirectory | null {
    const cached = this.#cache.get(organisationId);
    if (!cached || Date.now() - cached.loadedAt > cachedForMilliseconds) return null;
    this.#cache.delete(organisationId);
    this.#cache.set(organisationId, cached);
    return cached;
  }

  async #bringUpToDate(organisationId: string, cached: CachedDirectory): Promise<void> {
    const refresh = () => this.#refresh(organisationId, cached);
    cached.latestRefresh = cached.latestRefresh.then(refresh, refresh);
    await cached.latestRefresh;
  }

  /**
   * One query reads a small organisation's users. If there are more, all entries are read, and no further users. The
   * two ranges are read apart, because incidents and letters lie between them.
   */
  async #load(organisationId: string): Promise<Directory> {
    const readAt = Date.now();
    const query = { ...itemsOf(usersOf(organisationId)), Limit: this.#mostReadWhole + 1 };
    const first = await queryPage(this.#tables, query);
    if (first.items.length === 0) throw new DomainError("not-found");
    if (!first.next) {
      const whole = byUsername(first.items.map((item) => userItems.parse(item)));
      if (whole.size <= this.#mostReadWhole) return { users: searchable(whole), whole };
    }
    const entries: StoredItem[] = [];
    for await (const item of queryAll(this.#tables, itemsOf(directoryOf(organisationId)))) entries.push(item);
    const users = new SearchableUsers(entriesAmong(entries));
    if (users.size > this.#mostReadWhole) this.#store(organisationId, users, readAt);
    return { users, whole: null };
  }

  #store(organisationId: string, users: SearchableUsers, readAt: number): void {
    const cached = { users, loadedAt: readAt, refreshedAt: readAt, latestRefresh: Promise.resolve() };
    this.#cache.delete(organisationId);
    this.#cache.set(organisationId, cached);
    let size = [...this.#cache.values()].reduce((sum, one) => sum + one.users.size, 0);
    for (const [oldest, { users: dropped }] of this.#cache) {
      if (size <= mostCachedEntries || oldest === organisationId) break;
      this.#cache.delete(oldest);
      size -= dropped.size;
    }
  }

  async #refresh(organisationId: string, cached: CachedDirectory): Promise<void> {
    const readAt = Date.now();
    const changed: StoredItem[] = [];
    const changes = queryAll(this.#tables, {
      IndexName: changedIndex.name,
      KeyConditionExpression: "PK = :partition AND #changed >= :since",
      ExpressionAttributeNames: { "#changed": changedIndex.sortKey },
      ExpressionAttributeValues: {
        ":partition": directoryOf(organisationId).partition,
        ":since": cached.refreshedAt - longestDelayMilliseconds,
      },
    });
    for await (const item of changes) changed.push(item);
    cached.users.update(entriesAmong(changed));
    cached.refreshedAt = readAt;
  }

  async #users(organisationId: string, usernames: readonly string[]): Promise<Map<string, User>> {
    if (usernames.length === 0) return new Map();
    const keys = usernames.map((username) => userKey({ organisationId, username }));
    const items = await getItems(this.#tables, keys);
    return byUsername(items.flatMap((item) => (item ? [userItems.parse(item)] : [])));
  }
}

function pageOf({ usernames, total, next }: DirectoryPage, users: ReadonlyMap<string, User>): Page<User> {
  return { items: chosen(users, usernames), total, next: next && position(next) };
}

function entriesAmong(items: readonly StoredItem[]): DirectoryEntry[] {
  return items.map(parseEntry).filter((entry) => entry !== null);
}

function byUsername(users: readonly User[]): Map<string, User> {
  return new Map(users.map((user) => [user.username, user]));
}

function searchable(users: ReadonlyMap<string, User>): SearchableUsers {
  return new SearchableUsers([...users.values()].map(directoryEntry));
}

function chosen(users: ReadonlyMap<string, User>, usernames: readonly string[]): User[] {
  return usernames.flatMap((username) => users.get(username) ?? []);
}

/** A place in a list as text. Login names hold no space; without one, there is no value. */
function position({ username, value }: UserPosition): string {
  return value === null ? username : `${username} ${value}`;
}

function parsePosition(text: string): UserPosition {
  const gap = text.indexOf(" ");
  return gap === -1
    ? { username: text, value: null }
    : { username: text.slice(0, gap), value: text.slice(gap + 1) };
}
