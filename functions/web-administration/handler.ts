import { tablesFrom } from "../../shared/dynamodb/client.ts";
import { cursorSecret } from "../../shared/dynamodb/cursor-secret.ts";
import { callDependencies } from "../../shared/http/wiring.ts";
import { routes as auditRoutes } from "../../shared/operations/audit/routes.ts";
import { wireAudit } from "../../shared/operations/audit/wiring.ts";
import {
  pageRoutes as importPageRoutes,
  routes as importRoutes,
} from "../../shared/operations/imports/routes.ts";
import { wireImports } from "../../shared/operations/imports/wiring.ts";
import { routes as organisationRoutes } from "../../shared/operations/organisations/routes.ts";
import { wireOrganisationReading } from "../../shared/operations/organisations/wiring.ts";
import { routes as userRoutes } from "../../shared/operations/users/routes.ts";
import { wireUsers } from "../../shared/operations/users/wiring.ts";
import { Cursors } from "../../shared/operations/kit/cursor.ts";
import { readEnvironment } from "../../shared/runtime/environment.ts";
import { functionVariables } from "../../shared/runtime/function-variables.ts";
import { system } from "../../shared/runtime/system.ts";
import { administrationPages } from "../../shared/web/administration-pages.ts";
import { pageOperations } from "../../shared/web/kit/page-operation.ts";
import { createWebApp } from "../../shared/web/kit/web-app.ts";
import { administrationRoutes } from "../../shared/web/routes.ts";
import { webDependencies } from "../../shared/web/wiring.ts";

const environment = readEnvironment(functionVariables["web-administration"]);
const tables = tablesFrom(environment);
const cursors = new Cursors(cursorSecret(tables));
const calls = callDependencies(tables);

const operations = {
  ...pageOperations(organisationRoutes, wireOrganisationReading(tables), calls),
  ...pageOperations(userRoutes, wireUsers(environment, tables, cursors), calls),
  ...pageOperations(auditRoutes, wireAudit(tables, cursors), calls),
  ...pageOperations({ ...importRoutes, ...importPageRoutes }, wireImports(environment, tables), calls),
  newKey: system.newId,
};

export const handler = createWebApp(
  administrationRoutes,
  administrationPages(operations),
  webDependencies(environment, tables),
);
