import { DomainError } from "../domain/errors.ts";
import {
  organisationTransitions,
  organisationStatuses,
  type OrganisationStatus,
} from "../domain/organisation.ts";
import type { Consequences } from "../domain/ports/consequences.ts";
import type { SanctionRepository } from "../domain/ports/sanctions.ts";
import type { Closure, Contact, Incident, LetterKind, LoggedContact } from "../domain/sanction.ts";
import type { Instant } from "../domain/time.ts";
import { itemExists } from "./checks.ts";
import type { Tables } from "./client.ts";
import { consequenceWrites } from "./consequences.ts";
import {
  closureKey,
  closuresOf,
  contactKey,
  incidentKey,
  incidentOf,
  incidentsOf,
  letterKey,
  organisationEntryKey,
  organisationKey,
  userKey,
} from "./keys.ts";
import { getItems, itemsOf, parseAll, queryAll } from "./read.ts";
import { closureItems, contactItems, incidentItems } from "./sanction-items.ts";
import { sentLetterWrites } from "./sent-letters.ts";
import { commit, putNew, update, type Write } from "./write.ts";

const idTaken = () => new Error("There is an item with this id already");
/** At the same moment the greater id comes first, as pages of lists expect. */
const newestFirst =
  <T extends { readonly id: string }>(when: (one: T) => Instant) =>
  (a: T, b: T) =>
    `${when(a)} ${a.id}` < `${when(b)} ${b.id}` ? 1 : -1;

export class DynamoSanctionRepository implements SanctionRepository {
  readonly #tables: Tables;

  constructor(tables: Tables) {
    this.#tables = tables;
  }

  async membersAmong(organisationId: string, usernames: readonly string[]): Promise<string[]> {
    if (usernames.length === 0) return [];
    const keys = usernames.map((username) => userKey({ organisationId, username }));
    const users = await getItems(this.#tables, keys);
    return usernames.filter((_, index) => users[index]);
  }

  async record(incident: Incident, consequences: Consequences): Promise<void> {
    const item = Object.fromEntries(Object.entries(incident).filter(([name]) => name !== "contacts"));
    const key = incidentKey(incident.organisationId, incident.id);
    await commit(this.#tables, [
      putNew(this.#tables.tableName, { ...key, ...item }, idTaken),
      ...consequenceWrites(this.#tables, consequences),
    ]);
  }

  async addContact(
    incident: Pick<Incident, "organisationId" | "id">,
    contact: Contact & { readonly id: string },
    consequences: Consequences,
  ): Promise<void> {
    const { organisationId, id: incidentId } = incident;
    const key = contactKey(organisationId, incidentId, contact.at, contact.id);
    await commit(this.#tables, [
      itemExists(this.#tables, incidentKey(organisationId, incidentId), () => new DomainError("not-found")),
      putNew(this.#tables.tableName, { ...key, ...contact, incidentId }, idTaken),
      ...consequenceWrites(this.#tables, consequences),
    ]);
  }

  async incident(organisationId: string, id: string): Promise<StoredIncident | null> {
    const [incident = null] = await this.#incidentsIn(incidentOf(organisationId, id));
    return incident;
  }

  async incidents(organisationId: string): Promise<Incident[]> {
    const incidents = await this.#incidentsIn(incidentsOf(organisationId));
    return incidents.sort(newestFirst(({ recordedAt }) => recordedAt));
  }

  async #incidentsIn(place: Parameters<typeof itemsOf>[0]): Promise<StoredIncident[]> {
    const incidents: Omit<Incident, "contacts">[] = [];
    const contacts: (LoggedContact & { incidentId: string })[] = [];
    for await (const item of queryAll(this.#tables, itemsOf(place))) {
      if ("incidentId" in item) contacts.push(contactItems.parse(item));
      else incidents.push(incidentItems.parse(item));
    }
    const byIncident = Map.groupBy(contacts, ({ incidentId }) => incidentId);
    return incidents.map((one) => ({
      ...one,
      contacts: (byIncident.get(one.id) ?? []).map(withoutIncident),
    }));
  }

  async closures(organisationId: string): Promise<Closure[]> {
    const closures = await parseAll(this.#tables, itemsOf(closuresOf(organisationId)), closureItems);
    return closures.sort(newestFirst(({ closedAt }) => closedAt));
  }

  async close(closure: Closure, letter: Uint8Array, consequences: Consequences): Promise<void> {
    const { organisationId, id } = closure;
    const { tableName } = this.#tables;
    await commit(this.#tables, [
      ...this.#move(organisationId, "closed", null, () => new DomainError("already-closed")),
      putNew(tableName, { ...closureKey(organisationId, id), ...closure }, idTaken),
      this.#keepLetter(closure, "closing", letter),
      ...sentLetterWrites(tableName, consequences.mails),
      ...consequenceWrites(this.#tables, consequences),
    ]);
  }

  async reopen(
    closure: Closure,
    reopening: { readonly at: Instant; readonly by: string; readonly reason: string },
    letter: Uint8Array,
    consequences: Consequences,
  ): Promise<void> {
    const notClosed = () => new DomainError("not-closed");
    const completed = {
      Key: closureKey(closure.organisationId, closure.id),
      UpdateExpression: "SET reopenedAt = :at, reopenedBy = :by, reopeningReason = :reason",
      ConditionExpression: "reopenedAt = :none",
      ExpressionAttributeValues: {
        ":at": reopening.at,
        ":by": reopening.by,
        ":reason": reopening.reason,
        ":none": null,
      },
    };
    await commit(this.#tables, [
      ...this.#move(closure.organisationId, "open", reopening.at, notClosed),
      update(this.#tables, completed, notClosed),
      this.#keepLetter(closure, "reopening", letter),
      ...sentLetterWrites(this.#tables.tableName, consequences.mails),
      ...consequenceWrites(this.#tables, consequences),
    ]);
  }

  /** Moves the organisation, and its entry in the list, to a state that its transitions allow. */
  #move(
    organisationId: string,
    to: OrganisationStatus,
    reopenedAt: Instant | null,
    refusal: () => Error,
  ): Write[] {
    const from = organisationStatuses.filter((status) => organisationTransitions[status].includes(to));
    const names = { "#status": "status" };
    const sources = Object.fromEntries(from.map((status) => [`:${status}From`, status]));
    const organisation = {
      Key: organisationKey(organisationId),
      UpdateExpression: `SET #status = :to, version = version + :one${reopenedAt === null ? "" : ", reopenedAt = :reopenedAt"}`,
      ConditionExpression: `#status IN (${Object.keys(sources).join(", ")})`,
      ExpressionAttributeNames: names,
      ExpressionAttributeValues: {
        ":to": to,
        ":one": 1,
        ...(reopenedAt !== null && { ":reopenedAt": reopenedAt }),
        ...sources,
      },
    };
    const entry = {
      Key: organisationEntryKey(organisationId),
      UpdateExpression: "SET #status = :to",
      ConditionExpression: "attribute_exists(PK)",
      ExpressionAttributeNames: names,
      ExpressionAttributeValues: { ":to": to },
    };
    const noEntry = () => new Error("The organisation has no entry in the list");
    return [update(this.#tables, organisation, refusal), update(this.#tables, entry, noEntry)];
  }

  #keepLetter({ organisationId, id }: Closure, kind: LetterKind, pdf: Uint8Array): Write {
    return putNew(this.#tables.tableName, { ...letterKey(organisationId, id, kind), pdf }, idTaken);
  }
}

type StoredIncident = Incident & { readonly contacts: readonly LoggedContact[] };

function withoutIncident({ id, at, with: partner, name, means, summary }: LoggedContact): LoggedContact {
  return { id, at, with: partner, name, means, summary };
}
