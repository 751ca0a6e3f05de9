import { tablesFrom } from "../../shared/dynamodb/client.ts";
import { cursorSecret } from "../../shared/dynamodb/cursor-secret.ts";
import { createApi } from "../../shared/http/api.ts";
import { apiDependencies } from "../../shared/http/wiring.ts";
import { routes } from "../../shared/operations/audit/routes.ts";
import { wireAudit } from "../../shared/operations/audit/wiring.ts";
import { Cursors } from "../../shared/operations/kit/cursor.ts";
import { readEnvironment } from "../../shared/runtime/environment.ts";
import { functionVariables } from "../../shared/runtime/function-variables.ts";

const environment = readEnvironment(functionVariables.audit);
const tables = tablesFrom(environment);
const cursors = new Cursors(cursorSecret(tables));

export const handler = createApi(routes, wireAudit(tables, cursors), apiDependencies(environment, tables));
