import type { routes as importRoutes } from "../../operations/imports/routes.ts";
import type { GetOrganisation } from "../kit/organisation-of.ts";
import type { PageOperation } from "../kit/page-operation.ts";
import type { ImportStanding, ViewImportCall } from "./view-import.ts";

export interface ImportOperations {
  readonly getOrganisation: GetOrganisation;
  /** The interface's own; `key` lets a form be sent more than once. */
  readonly importUsers: PageOperation<typeof importRoutes.importUsers>;
  /**
   * How an import stands that the same person began with this key; null where there is none: it was never
   * begun, came to nothing, or has been forgotten.
   * @throws not-found, not-allowed
   */
  readonly viewImport: (call: ViewImportCall) => Promise<ImportStanding | null>;
}
