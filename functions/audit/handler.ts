import { tablesFrom } from "../../shared/dynamodb/client.ts";
import { createApi } from "../../shared/http/api.ts";
import { apiDependencies } from "../../shared/http/wiring.ts";
import { routes } from "../../shared/operations/audit/routes.ts";
import { wireAudit } from "../../shared/operations/audit/wiring.ts";
import { readEnvironment } from "../../shared/runtime/environment.ts";
import { functionVariables } from "../../shared/runtime/function-variables.ts";

const environment = readEnvironment(functionVariables.audit);
const tables = tablesFrom(environment);

export const handler = createApi(routes, wireAudit(tables), apiDependencies(environment, tables));
