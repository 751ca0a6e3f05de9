import { inDutchOrder } from "./collation.ts";
import { fold } from "./fold.ts";
import { displayedName } from "./person.ts";
import type { Instant } from "./time.ts";
import { isUsable, type User } from "./user.ts";

/** The fields of a user that lists search and sort by, and that warnings need. */
export interface DirectoryEntry extends Pick<
  User,
  | "username"
  | "initials"
  | "infix"
  | "lastName"
  | "email"
  | "status"
  | "remark"
  | "lastLoginAt"
  | "passwordExpiresAt"
> {
  /** The last sign-in; for an account without one, its creation. */
  readonly unusedSince: Instant;
}

export function directoryEntry(user: User): DirectoryEntry {
  const { username, initials, infix, lastName, email, status, remark, lastLoginAt, passwordExpiresAt } = user;
  const shown = {
    username,
    initials,
    infix,
    lastName,
    email,
    status,
    remark,
    lastLoginAt,
    passwordExpiresAt,
  };
  return { ...shown, unusedSince: lastLoginAt ?? user.createdAt };
}

const sortFields = ["username", "name", "lastLoginAt", "remark"] as const;
type SortField = (typeof sortFields)[number];
/** A field to sort by, ascending, or descending with `-`. */
export type UserSort = SortField | `-${SortField}`;
export const userSorts: readonly UserSort[] = sortFields.flatMap((field) => [field, `-${field}` as const]);

/** `current`: invited and active users; `all`: inactive and deleted ones as well (DESIGN §4). */
export const userSelections = ["current", "all"] as const;

export interface UserQuery {
  /** Searched for in login name, displayed name and e-mail address; null finds all. */
  readonly search: string | null;
  readonly status: (typeof userSelections)[number];
  readonly sort: UserSort;
}

/** A user's place in a list. It includes the last sign-in, which may change between two pages. */
export type UserPosition = Pick<DirectoryEntry, "username" | "lastLoginAt">;

export interface DirectoryPage {
  readonly usernames: readonly string[];
  readonly total: number;
  /** The last user of this page, after whom the next one begins; null on the last page. */
  readonly next: UserPosition | null;
}

interface Row {
  readonly entry: DirectoryEntry;
  readonly name: string;
  /** The folded text to search in. The displayed name covers initials, infix and last name. */
  readonly text: string;
}

/** No value holds a line end, so a search never matches across two values. */
const between = "\n";

function row(entry: DirectoryEntry): Row {
  const name = displayedName(entry);
  return { entry, name, text: fold([entry.username, name, entry.email].join(between)) };
}

function isSame(one: DirectoryEntry | undefined, other: DirectoryEntry): boolean {
  const names = Object.keys(other) as (keyof DirectoryEntry)[];
  return one !== undefined && names.every((name) => one[name] === other[name]);
}

/** Empty values (null or "") come last in both directions. */
function byText(valueOf: (row: Row) => string | null, direction: number) {
  return (a: Row, b: Row): number => {
    const [one, other] = [valueOf(a), valueOf(b)];
    if (one && other) return direction * inDutchOrder(one, other);
    return Number(!one) - Number(!other);
  };
}

const byCode = (one: string, other: string) => (one < other ? -1 : Number(one > other));

/** Compares instants as text, which is the order of time. */
function byInstant(direction: number) {
  return ({ entry: { lastLoginAt: one } }: Row, { entry: { lastLoginAt: other } }: Row): number => {
    if (one !== null && other !== null) return direction * byCode(one, other);
    return Number(one === null) - Number(other === null);
  };
}

/** Login names hold only a to z and digits, so code order equals Dutch order; it also decides ties. */
const byUsername = (a: Row, b: Row): number => byCode(a.entry.username, b.entry.username);

function comparison(sort: UserSort): (a: Row, b: Row) => number {
  const direction = sort.startsWith("-") ? -1 : 1;
  switch (sort) {
    case "username":
    case "-username":
      return (a, b) => direction * byUsername(a, b);
    case "name":
    case "-name":
      return thenByUsername(byText((one) => one.name, direction));
    case "lastLoginAt":
    case "-lastLoginAt":
      return thenByUsername(byInstant(direction));
    case "remark":
    case "-remark":
      return thenByUsername(byText((one) => one.entry.remark, direction));
  }
}

const thenByUsername = (first: (a: Row, b: Row) => number) => (a: Row, b: Row) =>
  first(a, b) || byUsername(a, b);

/** The users of one organisation, ready to be searched. Sort orders are kept, and repaired when users change. */
export class SearchableUsers {
  readonly #rows = new Map<string, Row>();
  /** Each order with the rows that changed since it was sorted. */
  readonly #orders = new Map<UserSort, { readonly rows: Row[]; readonly changes: Map<string, Row> }>();

  constructor(entries: Iterable<DirectoryEntry>) {
    for (const entry of entries) this.#rows.set(entry.username, row(entry));
  }

  get size(): number {
    return this.#rows.size;
  }

  entries(): DirectoryEntry[] {
    return [...this.#rows.values()].map(({ entry }) => entry);
  }

  /** Adds new entries and replaces changed ones. */
  update(entries: Iterable<DirectoryEntry>): void {
    const changed = new Map<string, Row>();
    for (const entry of entries) {
      if (!isSame(this.#rows.get(entry.username)?.entry, entry)) changed.set(entry.username, row(entry));
    }
    if (changed.size === 0) return;
    for (const [username, one] of changed) {
      this.#rows.set(username, one);
      for (const { changes } of this.#orders.values()) changes.set(username, one);
    }
  }

  /** The login names of all users that a query finds, in its order. */
  find(query: UserQuery): string[] {
    return this.#found(query).map(({ entry }) => entry.username);
  }

  /** @param after the last user of the previous page */
  page(query: UserQuery, limit: number, after: UserPosition | null): DirectoryPage {
    const found = this.#found(query);
    const start = after ? this.#firstAfter(found, query.sort, after) : 0;
    const page = found.slice(start, start + limit).map(({ entry }) => entry);
    const last = page.at(-1);
    const next = last && start + limit < found.length ? last : null;
    return {
      usernames: page.map(({ username }) => username),
      total: found.length,
      next: next && { username: next.username, lastLoginAt: next.lastLoginAt },
    };
  }

  #found({ search, status, sort }: UserQuery): Row[] {
    const wanted = search === null ? "" : fold(search);
    return this.#ordered(sort).filter(
      ({ entry, text }) => (status === "all" || isUsable(entry.status)) && text.includes(wanted),
    );
  }

  #ordered(sort: UserSort): Row[] {
    const known = this.#orders.get(sort);
    if (known?.changes.size === 0) return known.rows;
    const { rows, changes } = known ?? { rows: [], changes: this.#rows };
    const unchanged = rows.filter(({ entry }) => !changes.has(entry.username));
    // Sorting an almost sorted list is fast, so the former order is reused.
    const order = [...unchanged, ...changes.values()].sort(comparison(sort));
    this.#orders.set(sort, { rows: order, changes: new Map() });
    return order;
  }

  /** Binary search by sort position, because the user of `after` may have moved or left the list meanwhile. */
  #firstAfter(found: readonly Row[], sort: UserSort, after: UserPosition): number {
    const known = this.#rows.get(after.username);
    if (!known) return found.length;
    const place = { ...known, entry: { ...known.entry, lastLoginAt: after.lastLoginAt } };
    const compare = comparison(sort);
    let [low, high] = [0, found.length];
    while (low < high) {
      const middle = (low + high) >> 1;
      const one = found[middle];
      if (one && compare(one, place) <= 0) low = middle + 1;
      else high = middle;
    }
    return low;
  }
}
