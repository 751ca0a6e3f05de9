import type { routes as auditRoutes } from "../../operations/audit/routes.ts";
import type { GetOrganisation } from "../kit/organisation-of.ts";
import type { PageOperation } from "../kit/page-operation.ts";

/** The acts behind this page, which are the interface's own. */
export interface TrailOperations {
  readonly getOrganisation: GetOrganisation;
  readonly listAuditEvents: PageOperation<typeof auditRoutes.listAuditEvents>;
}
