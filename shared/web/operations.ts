import type { routes as auditRoutes } from "../operations/audit/routes.ts";
import type { pageRoutes as importPageRoutes, routes as importRoutes } from "../operations/imports/routes.ts";
import type { routes as organisationRoutes } from "../operations/organisations/routes.ts";
import type { routes as passwordRoutes } from "../operations/passwords/routes.ts";
import type {
  pageRoutes as sanctionPageRoutes,
  routes as sanctionRoutes,
} from "../operations/sanctions/routes.ts";
import type { WebSessions } from "../operations/sessions/web-session.ts";
import type { routes as userRoutes } from "../operations/users/routes.ts";
import type { PageOperations } from "./kit/page-operation.ts";

/** Every operation that a page can call; each page names those it needs with `Pick`. */
export type WebOperations = WebSessions &
  PageOperations<
    typeof auditRoutes &
      typeof importRoutes &
      typeof importPageRoutes &
      typeof organisationRoutes &
      typeof passwordRoutes &
      typeof sanctionRoutes &
      typeof sanctionPageRoutes &
      typeof userRoutes
  >;
