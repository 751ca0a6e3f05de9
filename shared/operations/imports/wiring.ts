import type { Tables } from "../../dynamodb/client.ts";
import { DynamoOrganisationRepository } from "../../dynamodb/organisation-repository.ts";
import { DynamoUserImportRepository } from "../../dynamodb/user-import-repository.ts";
import type { Environment } from "../../runtime/environment.ts";
import { system } from "../../runtime/system.ts";
import type { Operations } from "../kit/operation.ts";
import { importUsers } from "./import-users.ts";
import type { pageRoutes, routes } from "./routes.ts";
import { viewImport } from "./view-import.ts";

/** Importing users and following an import, for the API and for pages. */
export function wireImports(
  environment: Environment<"SETTINGS">,
  tables: Tables,
): Operations<typeof routes & typeof pageRoutes> {
  const dependencies = {
    imports: new DynamoUserImportRepository(tables),
    organisations: new DynamoOrganisationRepository(tables),
    settings: environment.SETTINGS,
    ...system,
  };
  return { importUsers: importUsers(dependencies), viewImport: viewImport(dependencies) };
}
