import type { routes as organisationRoutes } from "../../operations/organisations/routes.ts";
import type { WebSession } from "../../operations/sessions/web-session.ts";
import type { routes as userRoutes } from "../../operations/users/routes.ts";
import type { PageOperation } from "../kit/page-operation.ts";

/** The acts behind these pages, which are the interface's own. */
export interface OrganisationOperations {
  /** Null: the session, account or organisation has ended, or never was. */
  readonly findWebSession: (cookie: string) => Promise<WebSession | null>;
  readonly listOrganisations: PageOperation<typeof organisationRoutes.listOrganisations>;
  readonly getOrganisation: PageOperation<typeof organisationRoutes.getOrganisation>;
  readonly registerOrganisation: PageOperation<typeof organisationRoutes.registerOrganisation>;
  readonly changeOrganisation: PageOperation<typeof organisationRoutes.changeOrganisation>;
  readonly listProfiles: PageOperation<typeof organisationRoutes.listProfiles>;
  readonly listAdministrators: PageOperation<typeof organisationRoutes.listAdministrators>;
  readonly setRoles: PageOperation<typeof organisationRoutes.setRoles>;
  readonly listUsers: PageOperation<typeof userRoutes.listUsers>;
  readonly getUser: PageOperation<typeof userRoutes.getUser>;
}
