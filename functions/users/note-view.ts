import { auditEvent, type AuditSubjectType, type Origin } from "../../shared/domain/audit.ts";
import type { AuditTrail } from "../../shared/domain/ports.ts";
import { instant, type Clock } from "../../shared/domain/time.ts";
import type { Caller } from "../../shared/http/route.ts";

export interface NoteViewDependencies {
  readonly auditTrail: AuditTrail;
  readonly clock: Clock;
  readonly newId: () => string;
}

interface View {
  readonly caller: Caller;
  readonly origin: Origin;
  readonly organisationId: string;
  readonly what: "users" | "user" | "administrators" | "upcoming" | "audit-events";
  /** Of one user; a list is the organisation's. */
  readonly username?: string;
}

/**
 * That CIZ looks at people's data leaves a trace in the organisation's trail, one a request (SECURITY 22); what
 * an administrator sees of their own organisation leaves none.
 */
export function noteView({ auditTrail, clock, newId }: NoteViewDependencies): (view: View) => Promise<void> {
  return async ({ caller: { user }, origin, organisationId, what, username }) => {
    if (user.organisationId === organisationId && user.roles.includes("organisation-admin")) return;
    const [type, id]: [AuditSubjectType, string] =
      username === undefined ? ["organisation", organisationId] : ["user", username];
    await auditTrail.append(
      auditEvent(newId(), instant(clock()), origin, {
        organisationId,
        action: "personal-data.viewed",
        subject: { type, id },
        outcome: "done",
        detail: { what },
      }),
    );
  };
}
