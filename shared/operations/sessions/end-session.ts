import { auditEvent } from "../../domain/audit.ts";
import type { SessionRepository } from "../../domain/ports/sessions.ts";
import { instant, type Clock } from "../../domain/time.ts";
import type { Operation } from "../kit/operation.ts";
import type { routes } from "./routes.ts";

/** Signs out: the session's tokens are refused from the next request on, even before they expire. */
export function endSession({
  sessions,
  clock,
  newId,
}: {
  sessions: Pick<SessionRepository, "end">;
  clock: Clock;
  newId: () => string;
}): Operation<typeof routes.endSession> {
  return async ({ caller, origin }) => {
    const event = auditEvent(newId(), instant(clock()), origin, {
      organisationId: caller.user.organisationId,
      action: "session.ended",
      subject: { type: "user", id: caller.user.username },
      outcome: "done",
    });
    await sessions.end(caller.user, caller.sessionId, { mails: [], events: [event] });
    return { body: null };
  };
}
