import { AgbCodeInUse } from "../domain/errors.ts";
import { operatorOrganisationId, type Organisation } from "../domain/organisation.ts";
import type { Consequences, OrganisationRepository } from "../domain/ports.ts";
import type { User } from "../domain/user.ts";
import { accountWrites } from "./account-writes.ts";
import type { Tables } from "./client.ts";
import { consequenceWrites } from "./consequences.ts";
import { counterItems, organisationItems } from "./items.ts";
import { agbCodeKey, organisationCounterKey, organisationKey } from "./keys.ts";
import { getItem } from "./read.ts";
import { commit, putNew, updateIf, type Write } from "./write.ts";

export class DynamoOrganisationRepository implements OrganisationRepository {
  readonly #tables: Tables;

  constructor(tables: Tables) {
    this.#tables = tables;
  }

  async find(id: string): Promise<Organisation | null> {
    return organisationItems.parseIfAny(await getItem(this.#tables, organisationKey(id)));
  }

  /** Begins after the operator's own number; one that ends up unused is not given again. */
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
      ...this.#agbCodeReserved(organisation),
      ...accountWrites(this.#tables, administrator, "/administrator/email"),
      ...consequenceWrites(this.#tables, consequences),
    ]);
  }

  #agbCodeReserved({ agbCode, id }: Organisation): Write[] {
    if (agbCode === null) return [];
    const item = { ...agbCodeKey(agbCode), organisationId: id };
    return [putNew(this.#tables.tableName, item, () => new AgbCodeInUse())];
  }
}
