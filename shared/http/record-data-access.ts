import { auditEvent, type Origin } from "../domain/audit.ts";
import type { AuditTrail } from "../domain/ports/audit-trail.ts";
import { instant, type Clock } from "../domain/time.ts";
import type { Caller, DataAccess } from "../operations/kit/operation.ts";
import { mayCall } from "./authorisation.ts";
import type { Route } from "../operations/kit/route.ts";

/**
 * Records that CIZ views data, before the answer shows it (SECURITY 22): one event for a request, however many
 * operations it called, in each trail concerned.
 */
export type RecordDataAccess = (accesses: readonly DataAccess[], origin: Origin) => Promise<void>;

export function recordDataAccess({
  auditTrail,
  clock,
  newId,
}: {
  readonly auditTrail: AuditTrail;
  readonly clock: Clock;
  readonly newId: () => string;
}): RecordDataAccess {
  return async (accesses, origin) => {
    const trails = Map.groupBy(accesses, ({ organisationId }) => organisationId);
    for (const [organisationId, inTrail] of trails) {
      const { subject, detail } = asOne(inTrail);
      const event = auditEvent(newId(), instant(clock()), origin, {
        organisationId,
        action: "personal-data.viewed",
        subject: subject ?? { type: "organisation", id: organisationId },
        outcome: "done",
        detail,
      });
      await auditTrail.append(event);
    }
  };
}

/** Administrators who view data of their own organisation leave no audit event. */
export function isRecorded(
  { who }: Pick<Route, "who">,
  caller: Caller,
  { organisationId }: DataAccess,
): boolean {
  const isOpenToThem = who !== "anyone" && who !== "signed-in" && who.includes("own-administrators");
  return !(isOpenToThem && mayCall({ who: ["own-administrators"] }, caller, organisationId));
}

/** The organisation's data stand on most pages, so what else a page shows says more about the visit. */
const least = "organisation";

type Viewed = Pick<DataAccess, "subject"> & {
  readonly detail: Readonly<Record<string, string | readonly string[]>>;
};

/** Several views in one: the most telling one, the names of the others as `also`, and the ids of all. */
function asOne(accesses: readonly DataAccess[]): Viewed {
  const main =
    accesses.find(({ subject }) => subject) ??
    accesses.find(({ detail }) => detail.what !== least) ??
    accesses[0];
  if (!main) return { detail: {} };
  const names = new Set(accesses.map(({ detail }) => detail.what));
  const also = [...names].filter((what) => what !== main.detail.what);
  return {
    ...main,
    detail: { ...idsOf(accesses), what: main.detail.what, ...(also.length > 0 && { also }) },
  };
}

function idsOf(accesses: readonly DataAccess[]): Record<string, readonly string[]> {
  const ids: Record<string, readonly string[]> = {};
  for (const { detail } of accesses)
    for (const [name, shown] of Object.entries(detail))
      if (typeof shown !== "string") ids[name] = [...new Set([...(ids[name] ?? []), ...shown])];
  return ids;
}
