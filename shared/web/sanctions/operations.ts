import type { routes as organisationRoutes } from "../../operations/organisations/routes.ts";
import type { routes as sanctionRoutes } from "../../operations/sanctions/routes.ts";
import type { WebSession } from "../../operations/sessions/web-session.ts";
import type { routes as userRoutes } from "../../operations/users/routes.ts";
import type { PageOperation } from "../kit/page-operation.ts";

/** The acts behind these pages, which are the interface's own. */
export interface SanctionOperations {
  /** Null: the session, account or organisation has ended, or never was. */
  readonly findWebSession: (cookie: string) => Promise<WebSession | null>;
  readonly getOrganisation: PageOperation<typeof organisationRoutes.getOrganisation>;
  readonly listUsers: PageOperation<typeof userRoutes.listUsers>;
  readonly listIncidents: PageOperation<typeof sanctionRoutes.listIncidents>;
  readonly recordIncident: PageOperation<typeof sanctionRoutes.recordIncident>;
  readonly logContact: PageOperation<typeof sanctionRoutes.logContact>;
  readonly listClosures: PageOperation<typeof sanctionRoutes.listClosures>;
  readonly closeAccess: PageOperation<typeof sanctionRoutes.closeAccess>;
  readonly getClosingLetter: PageOperation<typeof sanctionRoutes.getClosingLetter>;
  readonly reopenAccess: PageOperation<typeof sanctionRoutes.reopenAccess>;
}
