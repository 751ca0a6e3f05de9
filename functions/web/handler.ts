import { tablesFrom } from "../../shared/dynamodb/client.ts";
import { callDependencies } from "../../shared/http/wiring.ts";
import { routes as passwordRoutes } from "../../shared/operations/passwords/routes.ts";
import { wirePasswords } from "../../shared/operations/passwords/wiring.ts";
import { passwordDependencies, wireWebSessions } from "../../shared/operations/sessions/wiring.ts";
import { readEnvironment } from "../../shared/runtime/environment.ts";
import { functionVariables } from "../../shared/runtime/function-variables.ts";
import { pageOperations } from "../../shared/web/kit/page-operation.ts";
import { createWebApp } from "../../shared/web/kit/web-app.ts";
import { webRoutes } from "../../shared/web/routes.ts";
import { webPages } from "../../shared/web/web-pages.ts";
import { webDependencies } from "../../shared/web/wiring.ts";

const environment = readEnvironment(functionVariables.web);
const tables = tablesFrom(environment);

const passwords = passwordDependencies(environment, tables);

const operations = {
  ...wireWebSessions(environment, passwords, tables),
  ...pageOperations(passwordRoutes, wirePasswords(environment, passwords, tables), callDependencies(tables)),
};

export const handler = createWebApp(webRoutes, webPages(operations), webDependencies(environment, tables));
