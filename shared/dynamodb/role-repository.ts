import { DomainError } from "../domain/errors.ts";
import {
  administration,
  endsSessions,
  indispensableRole,
  rolesAt,
  type RoleRepository,
} from "../domain/role-change.ts";
import { administers, isUsable, type User } from "../domain/user.ts";
import { administratorItems } from "./administrator-repository.ts";
import { administratorAdded, administratorRemoved } from "./administrators.ts";
import { roleHeld } from "./checks.ts";
import type { Tables } from "./client.ts";
import { consequenceWrites } from "./consequences.ts";
import { linkRevoked } from "./ending-writes.ts";
import { userItems } from "./items.ts";
import { administratorsKey, userKey, usersOf } from "./keys.ts";
import { getItem, getItems, itemsOf, parseAll } from "./read.ts";
import { isTryAgain, retrying, TryAgain } from "./retry.ts";
import { commit, update, type Write } from "./write.ts";

type RoleChange = Parameters<RoleRepository["changeRoles"]>[0];

const changedMeanwhile = () => new DomainError("precondition-failed");

export class DynamoRoleRepository implements RoleRepository {
  readonly #tables: Tables;

  constructor(tables: Tables) {
    this.#tables = tables;
  }

  async administrators(organisationId: string): Promise<User[]> {
    const item = await getItem(this.#tables, administratorsKey(organisationId));
    const { usernames } = administratorItems.parse(item ?? {});
    if (usernames.length === 0) return [];
    const keys = usernames.map((username) => userKey({ organisationId, username }));
    const users = await getItems(this.#tables, keys);
    return users.flatMap((user) => (user ? [userItems.parse(user)] : []));
  }

  /** Where every role administers, the list of administrators is complete; elsewhere all users are read. */
  async holders(organisationId: string): Promise<User[]> {
    const listed = rolesAt(organisationId).every((role) => administers([role]));
    const users = listed ? await this.administrators(organisationId) : await this.#everyone(organisationId);
    return users.filter(({ roles, status }) => roles.length > 0 && isUsable(status));
  }

  async #everyone(organisationId: string): Promise<User[]> {
    return parseAll(this.#tables, itemsOf(usersOf(organisationId)), userItems);
  }

  /** Losing a role ends sessions and revokes the open link. A link requested meanwhile is no reason to refuse. */
  async changeRoles({ user, roles, successor, consequences }: RoleChange): Promise<void> {
    let current = user;
    await retrying(async () => {
      const change = this.#rolesSet(current, roles, (stored) => {
        const now = userItems.parseIfAny(stored);
        if (now?.version !== user.version || now.status !== user.status) return changedMeanwhile();
        current = now;
        return new TryAgain();
      });
      await commit(this.#tables, [
        change,
        // Transactions are serial, so two administrators cannot take the role from each other at once.
        ...(successor ? [this.#successorRemains(successor)] : []),
        ...this.#listed(user, administration(user.roles, roles)),
        ...consequenceWrites(this.#tables, consequences),
      ]);
    }, isTryAgain);
  }

  #rolesSet(user: User, roles: RoleChange["roles"], changed: Write["refusal"]): Write {
    const ending = endsSessions(user.roles, roles);
    const link = ending ? linkRevoked(user) : null;
    const change = {
      Key: userKey(user),
      UpdateExpression: `SET #roles = :roles, version = version + :one${ending ? ", sessions = :none" : ""}${link?.set ?? ""}`,
      ConditionExpression: `version = :version AND #roles = :before AND #status = :status${link ? ` AND ${link.condition}` : ""}`,
      ExpressionAttributeNames: { "#roles": "roles", "#status": "status", ...link?.names },
      ExpressionAttributeValues: {
        ":roles": roles,
        ":one": 1,
        ":version": user.version,
        ":before": user.roles,
        ":status": user.status,
        ...(ending && { ":none": {} }),
        ...link?.values,
      },
      ReturnValuesOnConditionCheckFailure: "ALL_OLD" as const,
    };
    return update(this.#tables, change, changed);
  }

  #successorRemains(successor: User): Write {
    const role = indispensableRole(successor.organisationId);
    return roleHeld(this.#tables, successor, { status: successor.status, role }, changedMeanwhile);
  }

  #listed(user: User, move: "joins" | "leaves" | "same"): Write[] {
    const { tableName } = this.#tables;
    if (move === "same") return [];
    return [move === "joins" ? administratorAdded(tableName, user) : administratorRemoved(tableName, user)];
  }
}
