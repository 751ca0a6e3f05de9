import { DomainError } from "../domain/errors.ts";
import { edited, ended } from "../domain/account-changes.ts";
import { parseLoginName } from "../domain/login-name.ts";
import { mayManage } from "../domain/management.ts";
import type { Person } from "../domain/person.ts";
import type { Consequences } from "../domain/ports/consequences.ts";
import { NoLongerEntitled, type Deletion, type Member, type UserRepository } from "../domain/ports/users.ts";
import type { Instant } from "../domain/time.ts";
import { administers, type User } from "../domain/user.ts";
import { accountWrites } from "./account-writes.ts";
import { administratorRemoved } from "./administrators.ts";
import { roleHeld, takesNewUsers } from "./checks.ts";
import type { Tables } from "./client.ts";
import { consequenceWrites } from "./consequences.ts";
import { editWrites } from "./edit-writes.ts";
import { endingWrites } from "./ending-writes.ts";
import { loginNameItems, organisationItems, userItems } from "./items.ts";
import { dueKey, loginNameKey, organisationKey, userKey } from "./keys.ts";
import { highestLoginNumber } from "./login-numbers.ts";
import { getItem, getItems } from "./read.ts";
import { isTryAgain, retrying, TryAgain } from "./retry.ts";
import { commit, remove } from "./write.ts";

export class DynamoUserRepository implements UserRepository {
  readonly #tables: Tables;

  constructor(tables: Tables) {
    this.#tables = tables;
  }

  async find(organisationId: string, username: string): Promise<User | null> {
    return userItems.parseIfAny(await getItem(this.#tables, userKey({ organisationId, username })));
  }

  async findMember(organisationId: string, username: string): Promise<Member | null> {
    const keys = [userKey({ organisationId, username }), organisationKey(organisationId)];
    const [user, organisation] = await getItems(this.#tables, keys);
    if (!user || !organisation) return null;
    return { user: userItems.parse(user), organisation: organisationItems.parse(organisation) };
  }

  async locate(username: string): Promise<string | null> {
    const name = parseLoginName(username);
    const item = name && (await getItem(this.#tables, loginNameKey(name)));
    return item && loginNameItems.parse(item).organisationId;
  }

  async highestLoginNumber(stem: string): Promise<number> {
    return highestLoginNumber(this.#tables, stem);
  }

  /** @throws not-found without the organisation; no-new-users; email-in-use; LoginNameTaken */
  async create(user: User, consequences: Consequences): Promise<void> {
    await commit(this.#tables, [
      takesNewUsers(this.#tables, user.organisationId),
      ...accountWrites(this.#tables, user, "/email"),
      ...consequenceWrites(this.#tables, consequences),
    ]);
  }

  /** A link request meanwhile is retried, because editors need not have seen it; other changes are refused. */
  async edit(before: User, person: Person, at: Instant, consequences: Consequences): Promise<User> {
    let current = before;
    return retrying(async () => {
      const writes = editWrites(this.#tables, { user: current, person, at }, (stored) => {
        const now = userItems.parseIfAny(stored);
        if (now?.version !== before.version) return new DomainError("precondition-failed");
        current = now;
        return new TryAgain();
      });
      await commit(this.#tables, [...writes, ...consequenceWrites(this.#tables, consequences)]);
      return edited(current, person, at);
    }, isTryAgain);
  }

  async delete({ user, remark, at, by, consequences }: Deletion): Promise<User> {
    let current = user;
    const { tableName } = this.#tables;
    return retrying(async () => {
      const ending = { user: current, status: "deleted" as const, remark, endedAt: at };
      const writes = endingWrites(this.#tables, ending, (stored) => {
        current = userItems.parse(stored ?? {});
        if (!mayManage(by.user, current, "delete")) return new DomainError("not-allowed");
        return current.status === "deleted" ? new DomainError("already-deleted") : new TryAgain();
      });
      await commit(this.#tables, [
        // The deleter must still hold the role at commit, so two administrators cannot delete each other.
        roleHeld(this.#tables, by.user, { status: "active", role: by.role }, () => new NoLongerEntitled()),
        ...writes,
        remove(tableName, dueKey("inactivity", user)),
        ...(administers(current.roles) ? [administratorRemoved(tableName, user)] : []),
        ...consequenceWrites(this.#tables, consequences),
      ]);
      return ended(current, "deleted", remark);
    }, isTryAgain);
  }
}
