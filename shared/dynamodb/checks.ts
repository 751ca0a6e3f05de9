import { operatorRoles, type AccountStatus, type Role } from "../domain/user.ts";
import { DomainError } from "../domain/errors.ts";
import type { Tables } from "./client.ts";
import { organisationKey, userKey, type Key, type UserIdentity } from "./keys.ts";
import { check, type Write } from "./write.ts";

/* Conditions on items that a transaction does not change, but that must hold when it commits. */

export function itemExists(tables: Tables, Key: Key, refusal: () => Error): Write {
  return check(tables, { Key, ConditionExpression: "attribute_exists(PK)" }, refusal);
}

export function organisationOpen(tables: Tables, organisationId: string, refusal: () => Error): Write {
  const condition = {
    Key: organisationKey(organisationId),
    ConditionExpression: "#status = :open",
    ExpressionAttributeNames: { "#status": "status" },
    ExpressionAttributeValues: { ":open": "open" },
  };
  return check(tables, condition, refusal);
}

/** @throws from the commit: not-found without the organisation, no-new-users while it is closed */
export function takesNewUsers(tables: Tables, organisationId: string): Write {
  const condition = {
    Key: organisationKey(organisationId),
    ConditionExpression: "#status = :open",
    ExpressionAttributeNames: { "#status": "status" },
    ExpressionAttributeValues: { ":open": "open" },
    ReturnValuesOnConditionCheckFailure: "ALL_OLD" as const,
  };
  return check(tables, condition, (stored) => new DomainError(stored ? "no-new-users" : "not-found"));
}

export function roleHeld(
  tables: Tables,
  user: UserIdentity,
  { status, role }: { readonly status: AccountStatus; readonly role: Role },
  refusal: () => Error,
): Write {
  const condition = {
    Key: userKey(user),
    ConditionExpression: "#status = :status AND contains(#roles, :role)",
    ExpressionAttributeNames: { "#status": "status", "#roles": "roles" },
    ExpressionAttributeValues: { ":status": status, ":role": role },
  };
  return check(tables, condition, refusal);
}

/** Parts of a condition on a user's item: the account has no role that contract managers alone manage. */
export const unprotected = {
  condition: operatorRoles.map((_, index) => ` AND NOT contains(#roles, :operatorRole${index})`).join(""),
  names: { "#roles": "roles" },
  values: Object.fromEntries(operatorRoles.map((role, index) => [`:operatorRole${index}`, role])),
} as const;

/** The same parts where any role will do. */
export const anyRank = { condition: "", names: {}, values: {} } as const;

/** Mail to an address that bounces, or whose owner complained, stops until it changes (DESIGN §2). */
export const canBeMailed = {
  expression: "NOT mailStatus IN (:bounced, :complained)",
  values: { ":bounced": "bounced", ":complained": "complained" },
} as const;
