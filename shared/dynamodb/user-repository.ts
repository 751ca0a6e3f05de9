import { InvalidRequest, NotFound } from "../domain/errors.ts";
import { parseLoginName } from "../domain/login-name.ts";
import type { Consequences, Member, Page, UserRepository } from "../domain/ports.ts";
import type { User } from "../domain/user.ts";
import { accountWrites } from "./account-writes.ts";
import type { Tables } from "./client.ts";
import { consequenceWrites } from "./consequences.ts";
import { loginNameItems, loginNumberItems, organisationItems, userItems } from "./items.ts";
import { loginNameKey, loginNamesOf, organisationKey, userKey, usersOf } from "./keys.ts";
import { getItem, getItems, queryAll, type StoredItem } from "./read.ts";
import { commit, type Write } from "./write.ts";

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
    const highest = queryAll(this.#tables, {
      KeyConditionExpression: "PK = :partition",
      ExpressionAttributeValues: { ":partition": loginNamesOf(stem).partition },
      ScanIndexForward: false,
      Limit: 1,
    });
    for await (const item of highest) return loginNumberItems.parse(item).SK;
    return 0;
  }

  /** Reads all users of the organisation, since it tells how many there are, and parses those of the page. */
  async list(organisationId: string, page: { limit: number; after: string | null }): Promise<Page<User>> {
    const { partition, sortPrefix } = usersOf(organisationId);
    const after = page.after === null ? "" : userKey({ organisationId, username: fromCursor(page.after) }).SK;
    const users = queryAll(this.#tables, {
      KeyConditionExpression: "PK = :partition AND begins_with(SK, :prefix)",
      ExpressionAttributeValues: { ":partition": partition, ":prefix": sortPrefix },
    });
    const onPage: StoredItem[] = [];
    let total = 0;
    let onLaterPages = 0;
    for await (const item of users) {
      total += 1;
      if (String(item["SK"]) <= after) continue;
      if (onPage.length < page.limit) onPage.push(item);
      else onLaterPages += 1;
    }
    const items = onPage.map((item) => userItems.parse(item));
    const last = items.at(-1);
    return { items, total, next: last && onLaterPages > 0 ? toCursor(last.username) : null };
  }

  /** @throws NotFound if there is no such organisation; EmailInUse, LoginNameTaken */
  async create(user: User, consequences: Consequences): Promise<void> {
    await commit(this.#tables, [
      this.#organisationExists(user.organisationId),
      ...accountWrites(this.#tables, user, "/email"),
      ...consequenceWrites(this.#tables, consequences),
    ]);
  }

  #organisationExists(organisationId: string): Write {
    const check = {
      TableName: this.#tables.tableName,
      Key: organisationKey(organisationId),
      ConditionExpression: "attribute_exists(PK)",
    };
    return { item: { ConditionCheck: check }, refusal: () => new NotFound() };
  }
}

/** Opaque to callers, who have nothing to gain from it: it says after which login name to go on. */
function toCursor(username: string): string {
  return Buffer.from(username).toString("base64url");
}

/** @throws InvalidRequest if this is not the cursor of a page */
function fromCursor(cursor: string): string {
  const username = Buffer.from(cursor, "base64url").toString();
  if (parseLoginName(username) && toCursor(username) === cursor) return username;
  throw new InvalidRequest([{ pointer: "query:after", code: "invalid" }]);
}
