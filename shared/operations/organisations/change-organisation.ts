import { DomainError } from "../../domain/errors.ts";
import { auditEvent, type Origin } from "../../domain/audit.ts";
import { changed, outsideDomains } from "../../domain/organisation-change.ts";
import type { Organisation, OrganisationField } from "../../domain/organisation.ts";
import type { Consequences } from "../../domain/ports/consequences.ts";
import type { OrganisationRepository } from "../../domain/ports/organisations.ts";
import { checkOrganisationData } from "../../domain/registration.ts";
import { instant, type Clock, type Instant } from "../../domain/time.ts";
import { requireMatch } from "../kit/precondition.ts";
import { organisationShown } from "../kit/data-access.ts";
import { entityTag } from "../kit/entity-tag.ts";
import { organisationRepresentation } from "./organisation-representation.ts";
import type { Operation } from "../kit/operation.ts";
import type { routes } from "./routes.ts";
import { mostOutsideDomains } from "./schemas.ts";

export interface ChangeOrganisationDependencies {
  readonly organisations: Pick<OrganisationRepository, "find" | "change" | "members">;
  readonly clock: Clock;
  readonly newId: () => string;
}

/** Changes the given fields of an organisation, and mails its administrators (DESIGN §2, Organisation data). */
export function changeOrganisation({
  organisations,
  clock,
  newId,
}: ChangeOrganisationDependencies): Operation<typeof routes.changeOrganisation> {
  return async ({ params, body, ifMatch, origin, repeatable }) => {
    const before = await organisations.find(params.id);
    if (!before) throw new DomainError("not-found");
    requireMatch(ifMatch, before);
    const now = clock();
    const { after, fields } = changed(before, body);
    checkOrganisationData(after, now, before);
    const members = await organisations.members(after.id);
    if (fields.length > 0) {
      const change = { after, fields, origin, at: instant(now) };
      const consequences = { ...consequencesOf(change, newId), ...repeatable?.keepDone() };
      await organisations.change(before, after, consequences);
    }
    const outside = outsideDomains(members, after.emailDomains);
    return {
      body: {
        ...organisationRepresentation(after, "operator"),
        usersOutsideDomains: outside.slice(0, mostOutsideDomains),
        usersOutsideDomainsTotal: outside.length,
      },
      headers: { ETag: entityTag(after) },
      dataAccess: organisationShown(after.id),
      ...(fields.length > 0 && { audited: true }),
    };
  };
}

function consequencesOf(
  change: {
    readonly after: Organisation;
    readonly fields: readonly OrganisationField[];
    readonly origin: Origin;
    readonly at: Instant;
  },
  newId: () => string,
): Consequences {
  const { after, fields, origin, at } = change;
  const event = auditEvent(newId(), at, origin, {
    organisationId: after.id,
    action: "organisation.changed",
    subject: { type: "organisation", id: after.id },
    outcome: "done",
    detail: { fields },
  });
  const mail = {
    id: newId(),
    template: "organisation-changed" as const,
    data: { changedAt: at, fields },
    organisationId: after.id,
    toRole: "organisation-admin" as const,
    createdAt: at,
  };
  return { mails: [mail], events: [event] };
}
