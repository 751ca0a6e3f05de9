import { tablesFrom } from "../../shared/dynamodb/client.ts";
import { createApi } from "../../shared/http/api.ts";
import { apiDependencies } from "../../shared/http/wiring.ts";
import { routes } from "../../shared/operations/sessions/routes.ts";
import { wireSessions } from "../../shared/operations/sessions/wiring.ts";
import { readEnvironment } from "../../shared/runtime/environment.ts";
import { functionVariables } from "../../shared/runtime/function-variables.ts";

const environment = readEnvironment(functionVariables.sessions);
const tables = tablesFrom(environment);

export const handler = createApi(
  routes,
  wireSessions(environment, tables),
  apiDependencies(environment, tables),
);
