import type { routes as auditRoutes } from "../audit/routes.ts";
import type { PageOperation } from "../web/page-operation.ts";

/** The act behind this page, which is the interface's own. */
export interface TrailOperations {
  readonly listAuditEvents: PageOperation<typeof auditRoutes.listAuditEvents>;
}
