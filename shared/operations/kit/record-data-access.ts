import { auditEvent, type AuditEvent, type Origin } from "../../domain/audit.ts";
import type { AuditTrail } from "../../domain/ports.ts";
import { instant, type Clock } from "../../domain/time.ts";
import type { Caller } from "./route.ts";

export interface TraceViewDependencies {
  readonly auditTrail: AuditTrail;
  readonly clock: Clock;
  readonly newId: () => string;
}

interface View {
  readonly origin: Origin;
  /** Given where administrators of the organisation may look as well: what they see of it leaves no trace. */
  readonly caller?: Caller;
  /** Whose trail it goes to. */
  readonly organisationId: string;
  /** The organisation itself, unless it is something of it. */
  readonly subject?: AuditEvent["subject"];
  /** What was looked at, and the ids of what was shown. */
  readonly detail: { readonly what: string; readonly [ids: string]: string | readonly string[] };
}

/** Notes that CIZ looked at data about people, one trace a request, before they are answered (SECURITY 22). */
export function traceView({
  auditTrail,
  clock,
  newId,
}: TraceViewDependencies): (view: View) => Promise<void> {
  return async ({ origin, caller, organisationId, subject, detail }) => {
    if (caller && administersOwn(caller, organisationId)) return;
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

function administersOwn({ user }: Caller, organisationId: string): boolean {
  return user.organisationId === organisationId && user.roles.includes("organisation-admin");
}
