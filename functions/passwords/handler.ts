import { tablesFrom } from "../../shared/dynamodb/client.ts";
import { createApi } from "../../shared/http/api.ts";
import { apiDependencies } from "../../shared/http/wiring.ts";
import { routes } from "../../shared/operations/passwords/routes.ts";
import { wirePasswords } from "../../shared/operations/passwords/wiring.ts";
import { passwordDependencies } from "../../shared/operations/sessions/wiring.ts";
import { readEnvironment } from "../../shared/runtime/environment.ts";
import { functionVariables } from "../../shared/runtime/function-variables.ts";

const environment = readEnvironment(functionVariables.passwords);
const tables = tablesFrom(environment);

export const handler = createApi(
  routes,
  wirePasswords(environment, passwordDependencies(environment, tables), tables),
  apiDependencies(environment, tables),
);
