import { inDutchOrder } from "./collation.ts";
import { searchable } from "./fold.ts";
import { displayedName } from "./person.ts";
import type { Instant } from "./time.ts";
import { isUsable, type User } from "./user.ts";

/** The fields of a user that lists search and sort by, and that warnings need. */
export interface DirectoryEntry extends Pick<
  User,
  | "username"
  | "initials"
  | "firstName"
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
  const { username, initials, firstName, infix, lastName, email } = user;
  const { status, remark, lastLoginAt, passwordExpiresAt } = user;
  const shown = {
    username,
    initials,
    firstName,
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

/**
 * A user's place in a list: the value that it is sorted by, as it was when the page was shown, and the login name,
 * which decides among equal values. The user may have moved or left the list since.
 */
export interface UserPosition {
  readonly username: string;
  readonly value: string | null;
}

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

/**
 * Longer remarks are sorted by their beginning, so that a cursor, which holds the value, fits into an address: the
 * firewall refuses query strings of more than 2,048 bytes.
 */
const longestValue = 180;

/** No value holds a line end, so a search never matches across two values. */
const between = "\n";

function row(entry: DirectoryEntry): Row {
  const name = displayedName(entry);
  const { username, email, firstName, infix, lastName } = entry;
  const withFirstName = [firstName, infix, lastName].filter(Boolean).join(" ");
  const withoutInfix = infix === null ? [] : [`${firstName} ${lastName}`];
  const texts = [username, name, email, withFirstName, ...withoutInfix];
  return { entry, name, text: searchable(texts.join(between)) };
}

function isSame(one: DirectoryEntry | undefined, other: DirectoryEntry): boolean {
  const names = Object.keys(other) as (keyof DirectoryEntry)[];
  return one !== undefined && names.every((name) => one[name] === other[name]);
}

const byCode = (one: string, other: string) => (one < other ? -1 : Number(one > other));

/** The value of a user that a list is sorted by; null for none. An empty text is none. */
function sortValue({ entry, name }: Row, sort: UserSort): string | null {
  switch (sort) {
    case "username":
    case "-username":
      return entry.username;
    case "name":
    case "-name":
      return beginning(name);
    case "lastLoginAt":
    case "-lastLoginAt":
      return entry.lastLoginAt;
    case "remark":
    case "-remark":
      return beginning(entry.remark ?? "") || null;
  }
}

/** A pair of surrogates that is cut in two would not come back out of a cursor as it went in. */
function beginning(text: string): string {
  return text.length > longestValue ? text.slice(0, longestValue).toWellFormed() : text;
}

const placeOf = (row: Row, sort: UserSort): UserPosition => ({
  username: row.entry.username,
  value: sortValue(row, sort),
});

/** Instants as text, and login names, which hold only a to z and digits, sort by code. */
const sortedByCode: readonly UserSort[] = ["username", "-username", "lastLoginAt", "-lastLoginAt"];

/** Empty values come last in both directions, and equal ones are sorted by login name. */
function comparison(sort: UserSort): (a: UserPosition, b: UserPosition) => number {
  const direction = sort.startsWith("-") ? -1 : 1;
  const order = sortedByCode.includes(sort) ? byCode : inDutchOrder;
  return (a, b) => {
    const [one, other] = [a.value, b.value];
    const first = one && other ? direction * order(one, other) : Number(!one) - Number(!other);
    return first || byCode(a.username, b.username);
  };
}

/** The users of one organisation, ready to be searched. Sort orders are kept, and repaired when users change. */
export class SearchableUsers {
  readonly #rows = new Map<string, Row>();
  /** Each order with the rows that changed since it was sorted. */
  readonly #orders = new Map<UserSort, { readonly rows: Row[]; readonly changes: Map<string, Row> }>();

  #revision = 0;

  constructor(entries: Iterable<DirectoryEntry>) {
    for (const entry of entries) this.#rows.set(entry.username, row(entry));
  }

  /** Another number after each update that changed something. */
  get revision(): number {
    return this.#revision;
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
    this.#revision += 1;
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
    const page = found.slice(start, start + limit);
    const last = page.at(-1);
    const next = last && start + limit < found.length ? placeOf(last, query.sort) : null;
    return {
      usernames: page.map(({ entry }) => entry.username),
      total: found.length,
      next,
    };
  }

  #found({ search, status, sort }: UserQuery): Row[] {
    const wanted = search === null ? "" : searchable(search);
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
    const compare = comparison(sort);
    const order = [...unchanged, ...changes.values()]
      .map((row) => ({ row, place: placeOf(row, sort) }))
      .sort((a, b) => compare(a.place, b.place))
      .map(({ row }) => row);
    this.#orders.set(sort, { rows: order, changes: new Map() });
    return order;
  }

  /** Binary search by sort position, because the user of `after` may have moved or left the list meanwhile. */
  #firstAfter(found: readonly Row[], sort: UserSort, after: UserPosition): number {
    const compare = comparison(sort);
    let [low, high] = [0, found.length];
    while (low < high) {
      const middle = (low + high) >> 1;
      const one = found[middle];
      if (one && compare(placeOf(one, sort), after) <= 0) low = middle + 1;
      else high = middle;
    }
    return low;
  }
}
