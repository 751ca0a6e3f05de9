import type { Organisation } from "../organisation.ts";
import type { Person } from "../person.ts";
import type { Instant } from "../time.ts";
import type { DirectoryEntry, UserQuery } from "../user-search.ts";
import type { Role, User } from "../user.ts";
import type { Consequences } from "./consequences.ts";

// Every method that reads or writes throws temporarily-unavailable when the store stays busy after retries.

export interface Page<T> {
  readonly items: readonly T[];
  /** The number of items on all pages together. */
  readonly total: number;
  /** The cursor of the next page; null on the last page. */
  readonly next: string | null;
}

export interface Member {
  readonly user: User;
  readonly organisation: Organisation;
}

export interface UserRepository {
  find(organisationId: string, username: string): Promise<User | null>;
  /** A user with their organisation, in one strongly consistent round trip; null if either is missing. */
  findMember(organisationId: string, username: string): Promise<Member | null>;
  /** The organisation of the account that has this login name, or had it before it ended. */
  locate(username: string): Promise<string | null>;
  /** The highest number given out for a stem; 0 for none. Login names are never released, so the next one is free. */
  highestLoginNumber(stem: string): Promise<number>;
  /**
   * Stores a new user if the organisation is open; reserves login name and e-mail address.
   * @throws email-in-use; not-found without the organisation; no-new-users while it is closed; too-many-attempts; LoginNameTaken when another request took the name
   */
  create(user: User, consequences: Consequences): Promise<void>;
  /**
   * Stores changed data if the account still is as it was read. A new e-mail address is reserved and the former
   * one released; links that were sent to the former address are revoked.
   * @returns the account after the change
   * @throws email-in-use; precondition-failed when the account was changed or ended meanwhile
   */
  edit(before: User, person: Person, at: Instant, consequences: Consequences): Promise<User>;
  /**
   * Deletes an account: status `deleted` with its remark, sessions and password link ended, e-mail address
   * released, a due entry for retention.
   * @returns the account after the deletion
   * @throws already-deleted; NoLongerEntitled; not-allowed when the user got a role that outranks the deleter
   */
  delete(deletion: Deletion): Promise<User>;
}

export interface Deletion {
  /** The account as it was read. Changes that others made since do not stop the deletion. */
  readonly user: User;
  readonly remark: string;
  readonly at: Instant;
  /** The deleter and the role that allows it. They must still hold it at commit (see NoLongerEntitled). */
  readonly by: RoleHolder;
  readonly consequences: Consequences;
}

/** An active user and one of their roles. */
export interface RoleHolder {
  readonly user: User;
  readonly role: Role;
}

/** The caller lost the role that the operation needs, or their account, after the request came in. */
export class NoLongerEntitled extends Error {}

/** Lists of an organisation's users; strongly consistent. Methods throw not-found without the organisation. */
export interface UserDirectory {
  /** @param after the `next` of the page before */
  list(
    organisationId: string,
    query: UserQuery,
    page: { readonly limit: number; readonly after: string | null },
  ): Promise<Page<User>>;
  /** All users that a query finds, in its order. */
  all(organisationId: string, query: UserQuery): Promise<User[]>;
  /** The searchable fields of all users. */
  entries(organisationId: string): Promise<DirectoryEntry[]>;
}

/** Another request took the login name between choosing and storing it: choose again. */
export class LoginNameTaken extends Error {}
