import { DomainError } from "../../domain/errors.ts";
import { auditEvent, type AuditEvent, type Origin } from "../../domain/audit.ts";
import { operatorOrganisationId, type Organisation } from "../../domain/organisation.ts";
import type { AuditTrail } from "../../domain/ports/audit-trail.ts";
import type { OrganisationRepository } from "../../domain/ports/organisations.ts";
import { closureMails, mostInvolvedUsers, usersMailed } from "../../domain/sanction-mails.ts";
import type { SanctionRepository } from "../../domain/ports/sanctions.ts";
import { missingFor, type Closure, type Incident } from "../../domain/sanction.ts";
import { instant, type Clock } from "../../domain/time.ts";
import type { Contacts } from "../../runtime/environment.ts";
import type { Operation } from "../kit/operation.ts";
import { closingLetter } from "../../texts/letters/closing-letter.ts";
import { renderLetter } from "./letters/render-letter.ts";
import { findOrganisation } from "../kit/find-organisation.ts";
import { closureRepresentation, closureShown } from "./representations.ts";
import type { routes } from "./routes.ts";

export interface CloseAccessDependencies {
  readonly organisations: Pick<OrganisationRepository, "find">;
  readonly sanctions: Pick<SanctionRepository, "incidents" | "close">;
  readonly auditTrail: AuditTrail;
  readonly contacts: Contacts;
  readonly clock: Clock;
  readonly newId: () => string;
}

/**
 * Closes access of an organisation if the ground holds (DESIGN §2, Sanctions). The letter is made now and stored.
 * Accounts do not change, because every admission check looks at the organisation.
 */
export function closeAccess(dependencies: CloseAccessDependencies): Operation<typeof routes.closeAccess> {
  const { organisations, sanctions, contacts, clock, newId } = dependencies;
  return async ({ params, body, caller, origin, repeatable }) => {
    // Closing the operator would lock out everyone who could reopen it.
    if (params.id === operatorOrganisationId) throw new DomainError("not-allowed");
    const organisation = await findOrganisation(params.id, caller, { organisations });
    if (organisation.status === "closed") throw new DomainError("already-closed");
    const incidents = await incidentsForGround(body, organisation, origin, dependencies);
    const at = instant(clock());
    const closure: Closure = {
      id: newId(),
      organisationId: organisation.id,
      ground: body.ground,
      incidentIds: incidents.map(({ id }) => id),
      assessment: body.assessment,
      closedAt: at,
      closedBy: caller.user.username,
      reopenedAt: null,
      reopenedBy: null,
      reopeningReason: null,
      undelivered: [],
    };
    const response = {
      body: closureRepresentation(closure),
      headers: { Location: `/v1/organisations/${organisation.id}/closures/${closure.id}/letter` },
      dataAccess: closureShown(closure),
      audited: true as const,
    };
    const letter = await renderLetter(closingLetter(closure, incidents, organisation, contacts));
    await sanctions.close(closure, letter, {
      mails: closureMails(closure, incidents, organisation, newId),
      events: [closedEvent(newId(), closure, origin)],
      ...repeatable?.keep(response),
    });
    return response;
  };
}

/**
 * The incidents that a closure names, each once and in the order in which they took place.
 * @throws closure-not-grounded, after recording it as an audit event; invalid-request for more users than can be mailed
 */
async function incidentsForGround(
  body: { ground: Closure["ground"]; incidentIds: string[]; assessment: string | null },
  { id: organisationId }: Organisation,
  origin: Origin,
  { sanctions, auditTrail, clock, newId }: CloseAccessDependencies,
): Promise<Incident[]> {
  const onRecord = await sanctions.incidents(organisationId);
  const unknown = body.incidentIds.flatMap((id, index) =>
    onRecord.some((one) => one.id === id)
      ? []
      : [{ pointer: `/incidentIds/${index}`, code: "unknown-incident" }],
  );
  const incidents = onRecord
    .filter(({ id }) => body.incidentIds.includes(id))
    .sort((a, b) => (a.occurredOn < b.occurredOn ? -1 : 1));
  const missing = [...unknown, ...missingFor(body.ground, incidents, body.assessment)];
  if (missing.length > 0) {
    const event = auditEvent(newId(), instant(clock()), origin, {
      organisationId,
      action: "organisation.closed",
      subject: { type: "organisation", id: organisationId },
      outcome: "refused",
      detail: { ground: body.ground, missing: missing.map(({ code }) => code) },
    });
    await auditTrail.append(event);
    throw new DomainError("closure-not-grounded", { errors: missing });
  }
  if (usersMailed(body.ground, incidents).length > mostInvolvedUsers) {
    throw new DomainError("invalid-request", {
      errors: [{ pointer: "/incidentIds", code: "too-many-users", limit: mostInvolvedUsers }],
    });
  }
  return incidents;
}

function closedEvent(eventId: string, closure: Closure, origin: Origin): AuditEvent {
  const { id, organisationId, ground, incidentIds, closedAt } = closure;
  return auditEvent(eventId, closedAt, origin, {
    organisationId,
    action: "organisation.closed",
    subject: { type: "organisation", id: organisationId },
    outcome: "done",
    detail: { closureId: id, ground, incidentIds },
  });
}
