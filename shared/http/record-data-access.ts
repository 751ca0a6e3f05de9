import { auditEvent, type Origin } from "../domain/audit.ts";
import type { AuditTrail } from "../domain/ports/audit-trail.ts";
import { instant, type Clock } from "../domain/time.ts";
import type { Caller, DataAccess } from "../operations/kit/operation.ts";
import { mayCall } from "./authorisation.ts";
import type { Route } from "../operations/kit/route.ts";

/** Records an audit event when CIZ views personal data, before the answer shows it (SECURITY 22). */
export type RecordDataAccess = (
  access: DataAccess,
  call: { readonly route: Pick<Route, "who">; readonly caller: Caller; readonly origin: Origin },
) => Promise<void>;

export function recordDataAccess({
  auditTrail,
  clock,
  newId,
}: {
  readonly auditTrail: AuditTrail;
  readonly clock: Clock;
  readonly newId: () => string;
}): RecordDataAccess {
  return async ({ organisationId, subject, detail }, { route, caller, origin }) => {
    if (administersOwn(route, caller, organisationId)) return;
    const event = auditEvent(newId(), instant(clock()), origin, {
      organisationId,
      action: "personal-data.viewed",
      subject: subject ?? { type: "organisation", id: organisationId },
      outcome: "done",
      detail,
    });
    await auditTrail.append(event);
  };
}

/** Administrators who view data of their own organisation leave no audit event. */
function administersOwn({ who }: Pick<Route, "who">, caller: Caller, organisationId: string): boolean {
  const isOpenToThem = who !== "anyone" && who !== "signed-in" && who.includes("own-administrators");
  return isOpenToThem && mayCall({ who: ["own-administrators"] }, caller, organisationId);
}
