import { auditEvent } from "../../domain/audit.ts";
import type { UserEntry } from "../../domain/jobs/due.ts";
import type { DueList, RetentionRepository } from "../../domain/jobs/ports.ts";
import { skipped, type Outcome } from "../../domain/jobs/result.ts";
import { instant } from "../../domain/time.ts";
import { stableId } from "./stable-id.ts";
import { erasedRemark } from "../../texts/remarks.ts";

export interface ErasePersonDependencies {
  readonly due: Pick<DueList, "replace">;
  readonly retention: RetentionRepository;
}

/** Erases the personal data of an account that ended long enough ago; its login name, dates and audit events stay. */
export async function erasePerson(
  entry: UserEntry,
  now: Date,
  { due, retention }: ErasePersonDependencies,
): Promise<Outcome> {
  const { organisationId, username, at: endedAt } = entry;
  const id = stableId("user.erased", organisationId, username);
  const origin = { actor: null, address: null, requestId: null };
  const event = auditEvent(id, instant(now), origin, {
    organisationId,
    action: "user.erased",
    subject: { type: "user", id: username },
    outcome: "done",
    detail: { endedAt },
  });
  const result = await retention.erase(entry, erasedRemark, event);
  if (result === "done") return result;
  if (result === "no-longer-due") return skipped(result);
  await due.replace(entry, null);
  return skipped(result.user ? "still-usable" : "gone");
}
