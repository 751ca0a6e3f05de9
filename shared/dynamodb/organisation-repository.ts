import { DomainError } from "../domain/errors.ts";
import {
  operatorOrganisationId,
  organisationEntry,
  type Organisation,
  type OrganisationEntry,
} from "../domain/organisation.ts";
import type { Consequences } from "../domain/ports/consequences.ts";
import {
  organisationMemberFields,
  type OrganisationMember,
  type OrganisationRepository,
} from "../domain/ports/organisations.ts";
import type { User } from "../domain/user.ts";
import { accountWrites } from "./account-writes.ts";
import type { Tables } from "./client.ts";
import { consequenceWrites } from "./consequences.ts";
import { counterItems, organisationItems } from "./items.ts";
import {
  agbCodeKey,
  organisationCounterKey,
  organisationEntries,
  organisationEntryKey,
  organisationKey,
  usersOf,
} from "./keys.ts";
import { getItem, getItems, itemsOf, parseAll } from "./read.ts";
import { memberItems, organisationEntryItems } from "./sanction-items.ts";
import { commit, put, putNew, remove, updateIf, type Write } from "./write.ts";

export class DynamoOrganisationRepository implements OrganisationRepository {
  readonly #tables: Tables;

  constructor(tables: Tables) {
    this.#tables = tables;
  }

  async find(id: string): Promise<Organisation | null> {
    return organisationItems.parseIfAny(await getItem(this.#tables, organisationKey(id)));
  }

  /** Ids begin after the operator's own id; an id that was not used in the end is not given out again. */
  async nextId(): Promise<string> {
    const counter = await updateIf(this.#tables, {
      Key: organisationCounterKey,
      UpdateExpression: "SET lastId = if_not_exists(lastId, :operator) + :one",
      ExpressionAttributeValues: { ":operator": Number(operatorOrganisationId), ":one": 1 },
      ReturnValues: "UPDATED_NEW",
    });
    return String(counterItems.parse(counter ?? {}).lastId);
  }

  async register(organisation: Organisation, administrator: User, consequences: Consequences): Promise<void> {
    const { tableName } = this.#tables;
    const item = { ...organisationKey(organisation.id), ...organisation };
    await commit(this.#tables, [
      putNew(tableName, item, () => new Error("There is an organisation with this id already")),
      this.#listed(organisation),
      ...this.#agbCodeReserved(organisation),
      ...accountWrites(this.#tables, administrator, "/administrator/email"),
      ...consequenceWrites(this.#tables, consequences),
    ]);
  }

  async entries(): Promise<OrganisationEntry[]> {
    return parseAll(this.#tables, itemsOf(organisationEntries), organisationEntryItems);
  }

  async findAll(ids: readonly string[]): Promise<Organisation[]> {
    if (ids.length === 0) return [];
    const items = await getItems(this.#tables, ids.map(organisationKey));
    return items.flatMap((item) => (item ? [organisationItems.parse(item)] : []));
  }

  async change(before: Organisation, after: Organisation, consequences: Consequences): Promise<void> {
    const replaced = {
      TableName: this.#tables.tableName,
      Item: { ...organisationKey(after.id), ...after },
      ConditionExpression: "version = :version",
      ExpressionAttributeValues: { ":version": before.version },
    };
    await commit(this.#tables, [
      { item: { Put: replaced }, refusal: () => new DomainError("precondition-failed") },
      this.#listed(after),
      ...(before.agbCode === after.agbCode ? [] : this.#agbCodeMoved(before, after)),
      ...consequenceWrites(this.#tables, consequences),
    ]);
  }

  async members(id: string): Promise<OrganisationMember[]> {
    const fields = organisationMemberFields;
    const query = {
      ...itemsOf(usersOf(id)),
      ProjectionExpression: fields.map((field) => `#${field}`).join(", "),
      ExpressionAttributeNames: Object.fromEntries(fields.map((field) => [`#${field}`, field])),
    };
    return parseAll(this.#tables, query, memberItems);
  }

  #listed(organisation: Organisation): Write {
    const item = { ...organisationEntryKey(organisation.id), ...organisationEntry(organisation) };
    return put(this.#tables.tableName, item);
  }

  #agbCodeMoved({ agbCode }: Organisation, after: Organisation): Write[] {
    const givenBack = agbCode === null ? [] : [remove(this.#tables.tableName, agbCodeKey(agbCode))];
    return [...this.#agbCodeReserved(after), ...givenBack];
  }

  #agbCodeReserved({ agbCode, id }: Organisation): Write[] {
    if (agbCode === null) return [];
    const item = { ...agbCodeKey(agbCode), organisationId: id };
    return [putNew(this.#tables.tableName, item, () => new DomainError("agb-code-in-use"))];
  }
}
