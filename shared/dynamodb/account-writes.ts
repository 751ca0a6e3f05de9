import { DomainError } from "../domain/errors.ts";
import { parseLoginName } from "../domain/login-name.ts";
import { LoginNameTaken } from "../domain/ports/users.ts";
import {
  accountStatuses,
  accountTransitions,
  administers,
  isUsable,
  type AccountStatus,
  type User,
} from "../domain/user.ts";
import { administratorAdded } from "./administrators.ts";
import type { Tables } from "./client.ts";
import { entryOf } from "./directory-entries.ts";
import { storedUser } from "./items.ts";
import type { StoredItem } from "./read.ts";
import { dueItem, emailKey, loginNameKey, userKey } from "./keys.ts";
import { put, putNew, type Write } from "./write.ts";

/**
 * The writes of a new account with its reservations. The e-mail address comes first: if it and the login name are
 * both taken, the caller must not retry with another login name.
 * @param emailPointer JSON Pointer to the address in the request
 */
export function accountWrites(tables: Tables, user: User, emailPointer: string): Write[] {
  return [...reservationWrites(tables, user, emailPointer), ...userWrites(tables, user)];
}

/**
 * The writes that reserve an account's e-mail address and login name.
 * @param mark further attributes, which tell an import's reservations from others
 */
export function reservationWrites(
  { tableName }: Tables,
  { organisationId, username, email }: Pick<User, "organisationId" | "username" | "email">,
  emailPointer: string,
  mark: StoredItem = {},
): Write[] {
  const name = parseLoginName(username);
  if (!name) throw new Error("Login names are made by formatLoginName");
  const holder = { organisationId, username, ...mark };
  return [
    putNew(
      tableName,
      { ...emailKey(email), ...holder },
      () => new DomainError("email-in-use", { errors: [{ pointer: emailPointer, code: "in-use" }] }),
    ),
    putNew(tableName, { ...loginNameKey(name), ...holder }, () => new LoginNameTaken()),
  ];
}

/** The writes of a new account whose login name and e-mail address are reserved already. */
export function userWrites({ tableName }: Tables, user: User): Write[] {
  return [
    putNew(tableName, { ...userKey(user), ...storedUser(user) }, () => new LoginNameTaken()),
    put(tableName, dueItem("inactivity", user, user.createdAt)),
    entryOf(tableName, user),
    ...(administers(user.roles) ? [administratorAdded(tableName, user)] : []),
  ];
}

/** A condition on an account's status, with its values. The caller maps `#status` to the attribute's name. */
export interface StatusCondition {
  readonly expression: string;
  readonly values: Readonly<Record<string, AccountStatus>>;
}

export function statusIn(statuses: readonly AccountStatus[]): StatusCondition {
  const values = Object.fromEntries(statuses.map((status) => [`:${status}`, status]));
  return { expression: `#status IN (${Object.keys(values).join(", ")})`, values };
}

/** The account has not been deactivated or deleted. */
export const usable = statusIn(accountStatuses.filter(isUsable));

/** The account has a status, or may move to it. */
export function canBecome(status: AccountStatus): StatusCondition {
  const from = accountStatuses.filter((one) => one === status || accountTransitions[one].includes(status));
  return statusIn(from);
}
