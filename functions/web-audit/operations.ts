import type { routes as auditRoutes } from "../audit/routes.ts";
import type { GetOrganisation } from "../web/actions/organisation-of.ts";
import type { PageOperation } from "../web/page-operation.ts";

/** The acts behind this page, which are the interface's own. */
export interface TrailOperations {
  readonly getOrganisation: GetOrganisation;
  readonly listAuditEvents: PageOperation<typeof auditRoutes.listAuditEvents>;
}
