import { refusedActsTotal, type RefusedActTotals } from "../../domain/refused-act.ts";
import { logger } from "../../runtime/logging.ts";
import { stableId } from "../jobs/stable-id.ts";

/** Records the totals of hours in which more acts of a user were refused than the trail holds (DESIGN §2, Audit). */
export function recordRefusedActTotals({ totals }: { readonly totals: RefusedActTotals }) {
  return async (now: Date): Promise<void> => {
    const due = await totals.unrecorded(now);
    for (const acts of due) {
      const { organisationId, username } = acts.actor;
      const id = stableId("refused-acts", organisationId, username, acts.hour);
      await totals.record(acts, refusedActsTotal(id, acts));
    }
    if (due.length > 0) logger.info("totals of refused acts recorded", { count: due.length });
  };
}
