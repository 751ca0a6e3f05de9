import { DomainError } from "../../domain/errors.ts";
import { auditEvent } from "../../domain/audit.ts";
import type { OrganisationRepository } from "../../domain/ports/organisations.ts";
import type { SanctionRepository } from "../../domain/ports/sanctions.ts";
import { calendarDay, instant, type Clock } from "../../domain/time.ts";
import type { Operation } from "../kit/operation.ts";
import { findOrganisation } from "../kit/find-organisation.ts";
import { incidentRepresentation, incidentShown } from "./representations.ts";
import type { routes } from "./routes.ts";

/** Records an incident (DESIGN §2, Sanctions). */
export function recordIncident({
  organisations,
  sanctions,
  clock,
  newId,
}: {
  organisations: Pick<OrganisationRepository, "find">;
  sanctions: Pick<SanctionRepository, "membersAmong" | "record">;
  clock: Clock;
  newId: () => string;
}): Operation<typeof routes.recordIncident> {
  return async ({ params, body, caller, origin, repeatable }) => {
    const { id: organisationId } = await findOrganisation(params.id, caller, { organisations });
    const now = clock();
    if (body.occurredOn > calendarDay(now)) {
      throw new DomainError("invalid-request", { errors: [{ pointer: "/occurredOn", code: "future" }] });
    }
    const usernames = await requireMembers(organisationId, body.usernames, sanctions);
    const [id, at] = [newId(), instant(now)];
    const recordedBy = caller.user.username;
    const incident = { ...body, id, organisationId, usernames, recordedAt: at, recordedBy, contacts: [] };
    const event = auditEvent(newId(), at, origin, {
      organisationId,
      action: "incident.recorded",
      subject: { type: "incident", id },
      outcome: "done",
      detail: { kind: body.kind, usernames },
    });
    const response = {
      body: incidentRepresentation(incident),
      dataAccess: incidentShown(incident),
      audited: true as const,
    };
    await sanctions.record(incident, { mails: [], events: [event], ...repeatable?.keep(response) });
    return response;
  };
}

/** @returns each login name once @throws invalid-request naming all that are not of the organisation */
async function requireMembers(
  organisationId: string,
  typed: readonly string[],
  sanctions: Pick<SanctionRepository, "membersAmong">,
): Promise<string[]> {
  const wanted = typed.map((username) => username.toLowerCase());
  const members = await sanctions.membersAmong(organisationId, [...new Set(wanted)]);
  const errors = wanted.flatMap((username, index) =>
    members.includes(username) ? [] : [{ pointer: `/usernames/${index}`, code: "unknown-user" }],
  );
  if (errors.length > 0) throw new DomainError("invalid-request", { errors });
  return members;
}
