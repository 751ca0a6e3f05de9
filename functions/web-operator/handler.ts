import { tablesFrom } from "../../shared/dynamodb/client.ts";
import { cursorSecret } from "../../shared/dynamodb/cursor-secret.ts";
import { callDependencies } from "../../shared/http/wiring.ts";
import { routes as organisationRoutes } from "../../shared/operations/organisations/routes.ts";
import { wireOrganisations } from "../../shared/operations/organisations/wiring.ts";
import {
  pageRoutes as sanctionPageRoutes,
  routes as sanctionRoutes,
} from "../../shared/operations/sanctions/routes.ts";
import { wireSanctionPages, wireSanctions } from "../../shared/operations/sanctions/wiring.ts";
import { routes as userRoutes } from "../../shared/operations/users/routes.ts";
import { wireUserReading } from "../../shared/operations/users/wiring.ts";
import { Cursors } from "../../shared/operations/kit/cursor.ts";
import { readEnvironment } from "../../shared/runtime/environment.ts";
import { functionVariables } from "../../shared/runtime/function-variables.ts";
import { pageOperations } from "../../shared/web/kit/page-operation.ts";
import { createWebApp } from "../../shared/web/kit/web-app.ts";
import { operatorPages } from "../../shared/web/operator-pages.ts";
import { operatorRoutes } from "../../shared/web/routes.ts";
import { webDependencies } from "../../shared/web/wiring.ts";

const environment = readEnvironment(functionVariables["web-operator"]);
const tables = tablesFrom(environment);
const cursors = new Cursors(cursorSecret(tables));
const calls = callDependencies(tables);

const operations = {
  ...pageOperations(organisationRoutes, wireOrganisations(tables, cursors), calls),
  ...pageOperations(sanctionRoutes, wireSanctions(environment, tables, cursors), calls),
  ...pageOperations(sanctionPageRoutes, wireSanctionPages(tables), calls),
  ...pageOperations(userRoutes, wireUserReading(tables, cursors), calls),
};

export const handler = createWebApp(
  operatorRoutes,
  operatorPages(operations),
  webDependencies(environment, tables),
);
