import { DomainError } from "../../domain/errors.ts";
import { auditEvent } from "../../domain/audit.ts";
import type { OrganisationRepository } from "../../domain/ports/organisations.ts";
import { reopeningMails } from "../../domain/sanction-mails.ts";
import type { SanctionRepository } from "../../domain/ports/sanctions.ts";
import { instant, type Clock } from "../../domain/time.ts";
import type { Contacts } from "../../runtime/environment.ts";
import type { Operation } from "../kit/operation.ts";
import { reopeningLetter } from "../../texts/letters/reopening-letter.ts";
import { renderLetter } from "./letters/render-letter.ts";
import { findOrganisation } from "../kit/find-organisation.ts";
import { closureRepresentation, closureShown } from "./representations.ts";
import type { routes } from "./routes.ts";

/** Opens access again. Earlier sessions and links stay ended, and terms were not suspended (DESIGN §2, Sanctions). */
export function reopenAccess({
  organisations,
  sanctions,
  contacts,
  clock,
  newId,
}: {
  organisations: Pick<OrganisationRepository, "find">;
  sanctions: Pick<SanctionRepository, "closures" | "reopen">;
  contacts: Contacts;
  clock: Clock;
  newId: () => string;
}): Operation<typeof routes.reopenAccess> {
  return async ({ params, body: { reason }, caller, origin, repeatable }) => {
    const organisation = await findOrganisation(params.id, caller, { organisations });
    const closures = await sanctions.closures(organisation.id);
    const closure = closures.find(({ reopenedAt }) => reopenedAt === null);
    if (organisation.status !== "closed" || !closure) throw new DomainError("not-closed");
    const reopening = { at: instant(clock()), by: caller.user.username, reason };
    const event = auditEvent(newId(), reopening.at, origin, {
      organisationId: organisation.id,
      action: "organisation.reopened",
      subject: { type: "organisation", id: organisation.id },
      outcome: "done",
      detail: { closureId: closure.id },
    });
    const reopened = {
      ...closure,
      reopenedAt: reopening.at,
      reopenedBy: reopening.by,
      reopeningReason: reason,
    };
    const response = {
      body: closureRepresentation(reopened),
      dataAccess: closureShown(reopened),
      audited: true as const,
    };
    const letter = await renderLetter(reopeningLetter(closure, reopening, organisation, contacts));
    await sanctions.reopen(closure, reopening, letter, {
      mails: reopeningMails(reopened, organisation, newId),
      events: [event],
      ...repeatable?.keep(response),
    });
    return response;
  };
}
