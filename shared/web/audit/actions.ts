import type { PageAction } from "../kit/page-action.ts";
import type { TrailOperations } from "./operations.ts";
import type { PageName } from "./routes.ts";
import { showTrail } from "./show-trail.tsx";

/** What answers each page. */
export function actionsFor(operations: TrailOperations): Record<PageName, PageAction> {
  return { showTrail: showTrail(operations) };
}
