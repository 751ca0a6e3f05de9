import type * as z from "zod/mini";
import type { Closure, Contact, Incident } from "../../domain/sanction.ts";
import type { DataAccess } from "../kit/operation.ts";
import type * as schemas from "./schemas.ts";

/** The contacts that an incident shows; all of them are a list of their own, so that no answer grows without limit. */
export const mostContactsShown = 20;

/** An incident as the API shows it (DESIGN §4), with the latest contacts. */
export function incidentRepresentation(incident: Incident): z.infer<typeof schemas.incident> {
  const { id, kind, description, occurredOn, reportedBy, recordedAt, recordedBy } = incident;
  return {
    id,
    kind,
    description,
    occurredOn,
    reportedBy,
    recordedAt,
    recordedBy,
    usernames: [...incident.usernames],
    contacts: incident.contacts.slice(-mostContactsShown).map(contactRepresentation),
    contactCount: incident.contacts.length,
  };
}

/** A contact as the API shows it (DESIGN §4, incident). */
export function contactRepresentation(contact: Contact): z.infer<typeof schemas.contact> {
  const { at, with: partner, name, means, summary } = contact;
  return { at, with: partner, name, means, summary };
}

/** An answer that shows one incident. */
export function incidentShown({ organisationId, id }: Pick<Incident, "organisationId" | "id">): DataAccess {
  const detail = { what: "incidents", incidentIds: [id] };
  return { organisationId, subject: { type: "incident", id }, detail };
}

/** An answer that shows one closure. */
export function closureShown({ organisationId, id }: Pick<Closure, "organisationId" | "id">): DataAccess {
  return { organisationId, subject: { type: "closure", id }, detail: { what: "closures" } };
}

/** A closure as the API shows it (DESIGN §4). */
export function closureRepresentation(closure: Closure): z.infer<typeof schemas.closure> {
  const { id, ground, assessment, closedAt, closedBy, reopenedAt, reopenedBy, reopeningReason } = closure;
  return {
    id,
    ground,
    incidentIds: [...closure.incidentIds],
    assessment,
    closedAt,
    closedBy,
    reopenedAt,
    reopenedBy,
    reopeningReason,
  };
}
