import { tablesFrom } from "../../shared/dynamodb/client.ts";
import { createApi } from "../../shared/http/api.ts";
import { apiDependencies } from "../../shared/http/wiring.ts";
import { routes } from "../../shared/operations/imports/routes.ts";
import { wireImports } from "../../shared/operations/imports/wiring.ts";
import { readEnvironment } from "../../shared/runtime/environment.ts";
import { functionVariables } from "../../shared/runtime/function-variables.ts";

const environment = readEnvironment(functionVariables["user-imports"]);
const tables = tablesFrom(environment);

export const handler = createApi(
  routes,
  wireImports(environment, tables),
  apiDependencies(environment, tables),
);
