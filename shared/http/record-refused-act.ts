import { auditEvent, type AuditEvent, type Origin } from "../domain/audit.ts";
import { isDomainError, type DomainError } from "../domain/errors.ts";
import { formatLoginName, parseLoginName } from "../domain/login-name.ts";
import type { AuditTrail } from "../domain/ports/audit-trail.ts";
import type { Member } from "../domain/ports/users.ts";
import {
  mostRefusedActsInTrail,
  type RefusedActCounter,
  type RefusedActReason,
} from "../domain/refused-act.ts";
import { instant, type Clock } from "../domain/time.ts";
import { organisationId as organisationIdSchema } from "../operations/kit/schemas.ts";
import { parse } from "../operations/kit/validation.ts";
import { describeError, logger } from "../runtime/logging.ts";
import { ForeignOrganisation } from "./authorisation.ts";

/** A request of a signed-in user that failed. */
export interface FailedAct {
  readonly caller: Member;
  /** The method and the path of the route, without what was typed into it. */
  readonly route: { readonly method: string; readonly path: string };
  /** Path parameters as they were sent. */
  readonly params: Readonly<Record<string, string | undefined>>;
  readonly origin: Pick<Origin, "address" | "requestId">;
}

/**
 * Records the refusal of an act, if the error is one, in the trail of the actor's own organisation (DESIGN §2, Audit;
 * SECURITY 22). It never throws: the answer is a refusal anyway, and a trail that fails must not turn it into a fault.
 */
export type RecordRefusedAct = (error: unknown, act: FailedAct) => Promise<void>;

export function recordRefusedAct({
  counter,
  auditTrail,
  clock,
  newId,
}: {
  readonly counter: RefusedActCounter;
  readonly auditTrail: AuditTrail;
  readonly clock: Clock;
  readonly newId: () => string;
}): RecordRefusedAct {
  return async (error, act) => {
    const refusal = refusalOf(error);
    if (!refusal) return;
    try {
      const now = clock();
      const { username, organisationId } = act.caller.user;
      const count = await counter.count({ username, organisationId }, now);
      if (count > mostRefusedActsInTrail) return;
      await auditTrail.append(refusedEvent(refusal, act, newId(), now));
    } catch (failure) {
      logger.error("a refused act was not recorded", describeError(failure));
    }
  };
}

interface Refusal {
  readonly reason: RefusedActReason;
  /** The forbidden fields of an attempted escalation. */
  readonly fields: readonly string[];
}

/** Fields by which a user's rights could be raised. A body that has one where it does not belong is no mistake. */
const rightsFields = ["roles", "status", "organisationId", "username"];

/** @returns null for errors that are no refusal of an act, such as a wrong field or a user who does not exist */
function refusalOf(error: unknown): Refusal | null {
  if (!isDomainError(error)) return null;
  if (error instanceof ForeignOrganisation) return { reason: "not-found", fields: [] };
  if (error.code === "not-allowed") return { reason: "not-allowed", fields: [] };
  const fields = error.code === "invalid-request" ? escalatingFields(error) : [];
  return fields.length > 0 ? { reason: "escalation", fields } : null;
}

function escalatingFields({ errors }: DomainError): string[] {
  const unknown = errors.filter(({ code }) => code === "unknown-field");
  const names = unknown.map(({ pointer }) => pointer.slice(pointer.lastIndexOf("/") + 1));
  return rightsFields.filter((field) => names.includes(field));
}

function refusedEvent({ reason, fields }: Refusal, act: FailedAct, id: string, now: Date): AuditEvent {
  const { caller, route, origin } = act;
  const { username, organisationId: own } = caller.user;
  const named = namedOrganisation(act);
  return auditEvent(
    id,
    instant(now),
    { ...origin, actor: { username, organisationId: own } },
    {
      organisationId: own,
      action: "access.refused",
      subject: subjectOf(act, named),
      outcome: "refused",
      detail: {
        reason,
        act: `${route.method} ${route.path}`,
        ...(named !== null && { organisationId: named }),
        ...(fields.length > 0 && { fields }),
      },
    },
  );
}

/** Text that can be no organisation's id is left out, because it may be anything. */
function namedOrganisation({ params }: FailedAct): string | null {
  const id = parse(organisationIdSchema, params["id"], "query");
  return id.ok ? id.data : null;
}

/** Other organisations' users are not named, since the actor must not learn whether they exist. */
function subjectOf({ caller, params }: FailedAct, named: string | null): AuditEvent["subject"] {
  const name = parseLoginName(params["username"] ?? "");
  const { organisationId: own } = caller.user;
  if (name && named === own) return { type: "user", id: formatLoginName(name) };
  return { type: "organisation", id: named ?? own };
}
