import type { routes as organisationRoutes } from "../../operations/organisations/routes.ts";
import type { WebSession } from "../../operations/sessions/web-session.ts";
import type { routes as userRoutes } from "../../operations/users/routes.ts";
import type { PageOperation } from "../kit/page-operation.ts";

/** The acts behind these pages, which are the interface's own. */
export interface AdministrationOperations {
  /** Null: the session, account or organisation has ended, or never was. */
  readonly findWebSession: (cookie: string) => Promise<WebSession | null>;
  readonly getOrganisation: PageOperation<typeof organisationRoutes.getOrganisation>;
  readonly listUpcoming: PageOperation<typeof userRoutes.listUpcoming>;
  readonly listUsers: PageOperation<typeof userRoutes.listUsers>;
  readonly createUser: PageOperation<typeof userRoutes.createUser>;
  readonly getUser: PageOperation<typeof userRoutes.getUser>;
  readonly editUser: PageOperation<typeof userRoutes.editUser>;
  readonly deleteUser: PageOperation<typeof userRoutes.deleteUser>;
  readonly orderPasswordLink: PageOperation<typeof userRoutes.orderPasswordLink>;
}
