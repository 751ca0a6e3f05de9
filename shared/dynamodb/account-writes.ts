import { EmailInUse } from "../domain/errors.ts";
import { parseLoginName } from "../domain/login-name.ts";
import { LoginNameTaken } from "../domain/ports.ts";
import {
  accountStatuses,
  accountTransitions,
  isUsable,
  type AccountStatus,
  type User,
} from "../domain/user.ts";
import type { Tables } from "./client.ts";
import { storedUser } from "./items.ts";
import { dueItem, emailKey, loginNameKey, userKey } from "./keys.ts";
import { put, putNew, type Write } from "./write.ts";

/**
 * The writes that bring an account into being, e-mail address and login name reserved. The address stands
 * first: where both are taken, choosing another name would not help.
 * @param emailPointer where the address stood in the request
 */
export function accountWrites({ tableName }: Tables, user: User, emailPointer: string): Write[] {
  const name = parseLoginName(user.username);
  if (!name) throw new Error("Login names are made by formatLoginName");
  const { organisationId, username } = user;
  const nameTaken = () => new LoginNameTaken();
  const emailInUse = () => new EmailInUse(emailPointer);
  return [
    putNew(tableName, { ...emailKey(user.email), organisationId, username }, emailInUse),
    putNew(tableName, { ...loginNameKey(name), organisationId, username }, nameTaken),
    putNew(tableName, { ...userKey(user), ...storedUser(user) }, nameTaken),
    put(tableName, dueItem("inactivity", user, user.createdAt)),
  ];
}

/** A condition on an account's status and the values it uses; `#status` is for the caller to name. */
export interface StatusCondition {
  readonly expression: string;
  readonly values: Readonly<Record<string, AccountStatus>>;
}

export function statusIn(statuses: readonly AccountStatus[]): StatusCondition {
  const values = Object.fromEntries(statuses.map((status) => [`:${status}`, status]));
  return { expression: `#status IN (${Object.keys(values).join(", ")})`, values };
}

/** That an account has not come to its end. */
export const usable = statusIn(accountStatuses.filter(isUsable));

/** That an account is in a state, or may move to it. */
export function canBecome(status: AccountStatus): StatusCondition {
  const from = accountStatuses.filter((one) => one === status || accountTransitions[one].includes(status));
  return statusIn(from);
}
