import { DomainError } from "../../domain/errors.ts";
import { auditEvent } from "../../domain/audit.ts";
import type { SanctionRepository } from "../../domain/ports/sanctions.ts";
import { instant, type Clock } from "../../domain/time.ts";
import type { Operation } from "../kit/operation.ts";
import { incidentRepresentation, incidentShown } from "./representations.ts";
import type { routes } from "./routes.ts";

/** Adds a contact to an incident; earlier contacts cannot be changed. */
export function logContact({
  sanctions,
  clock,
  newId,
}: {
  sanctions: Pick<SanctionRepository, "incident" | "addContact">;
  clock: Clock;
  newId: () => string;
}): Operation<typeof routes.logContact> {
  return async ({ params, body, origin, repeatable }) => {
    const now = clock();
    const contact = { ...body, at: instant(new Date(body.at)) };
    if (contact.at > instant(now))
      throw new DomainError("invalid-request", { errors: [{ pointer: "/at", code: "future" }] });
    const incident = await sanctions.incident(params.id, params.incidentId);
    if (!incident) throw new DomainError("not-found");
    const event = auditEvent(newId(), instant(now), origin, {
      organisationId: params.id,
      action: "contact.logged",
      subject: { type: "incident", id: incident.id },
      outcome: "done",
      detail: { with: contact.with, means: contact.means, at: contact.at },
    });
    const contacts = [...incident.contacts, contact].toSorted((a, b) => (a.at < b.at ? -1 : 1));
    const response = {
      body: incidentRepresentation({ ...incident, contacts }),
      dataAccess: incidentShown(incident),
      audited: true as const,
    };
    const consequences = { mails: [], events: [event], ...repeatable?.keep(response) };
    await sanctions.addContact(incident, { ...contact, id: newId() }, consequences);
    return response;
  };
}
