import { auditEvent, type AuditActor, type AuditEvent } from "./audit.ts";
import { plusHours, type Instant } from "./time.ts";

/** The refused acts of one user in one hour that stand in the trail each; of more, only the total does (DESIGN §2). */
export const mostRefusedActsInTrail = 60;

/** The reasons for which an act of a signed-in user is refused. */
export type RefusedActReason = "not-allowed" | "not-found" | "escalation";

/** The count of a user's refused acts in one hour. */
export interface RefusedActs {
  readonly actor: AuditActor;
  /** The beginning of the hour. */
  readonly hour: Instant;
  readonly count: number;
}

/** The beginning of the hour, in UTC. */
export function hourOf(at: Date): Instant {
  const hour = 3_600_000;
  return new Date(Math.floor(at.getTime() / hour) * hour).toISOString();
}

/** The event that tells how many acts of an hour were refused, beyond those that stand in the trail each. */
export function refusedActsTotal(id: string, { actor, hour, count }: RefusedActs): AuditEvent {
  const origin = { actor, address: null, requestId: null };
  return auditEvent(id, plusHours(hour, 1), origin, {
    organisationId: actor.organisationId,
    action: "access.refused",
    subject: { type: "user", id: actor.username },
    outcome: "refused",
    detail: { total: count, from: hour },
  });
}

export interface RefusedActCounter {
  /** Counts a refused act. @returns how many it makes in this hour */
  count(actor: AuditActor, now: Date): Promise<number>;
}

export interface RefusedActTotals {
  /** The counts of past hours whose total has to be recorded. */
  unrecorded(now: Date): Promise<RefusedActs[]>;
  /** Records a total, once however often it is called. */
  record(acts: RefusedActs, total: AuditEvent): Promise<void>;
}
