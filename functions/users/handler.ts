import { tablesFrom } from "../../shared/dynamodb/client.ts";
import { createApi } from "../../shared/http/api.ts";
import { apiDependencies } from "../../shared/http/wiring.ts";
import { routes } from "../../shared/operations/users/routes.ts";
import { wireUsers } from "../../shared/operations/users/wiring.ts";
import { readEnvironment } from "../../shared/runtime/environment.ts";
import { functionVariables } from "../../shared/runtime/function-variables.ts";

const environment = readEnvironment(functionVariables.users);
const tables = tablesFrom(environment);

export const handler = createApi(
  routes,
  wireUsers(environment, tables),
  apiDependencies(environment, tables),
);
