import { DomainError } from "../../domain/errors.ts";
import type { SanctionRepository } from "../../domain/ports/sanctions.ts";
import type { LoggedContact } from "../../domain/sanction.ts";
import type { Cursors } from "../kit/cursor.ts";
import type { Operation } from "../kit/operation.ts";
import { newestFirst, pageOfList } from "../kit/page-of-list.ts";
import { contactRepresentation } from "./representations.ts";
import type { routes } from "./routes.ts";

const placeOf = ({ at, id }: LoggedContact) => ({ at, id });

/** All contacts about an incident; the incident itself shows the latest only. */
export function listContacts({
  sanctions,
  cursors,
}: {
  sanctions: Pick<SanctionRepository, "incident">;
  cursors: Cursors;
}): Operation<typeof routes.listContacts> {
  return async ({ params: { id: organisationId, incidentId }, query }) => {
    const incident = await sanctions.incident(organisationId, incidentId);
    if (!incident) throw new DomainError("not-found");
    const contacts = [...incident.contacts].sort(newestFirst(placeOf));
    const scope = { list: "contacts", organisationId, incidentId };
    const shown = { placeOf, represent: contactRepresentation };
    return {
      body: await pageOfList(contacts, shown, query, scope, cursors),
      dataAccess: {
        organisationId,
        subject: { type: "incident", id: incidentId },
        detail: { what: "contacts" },
      },
    };
  };
}
