import { tablesFrom } from "../../shared/dynamodb/client.ts";
import { createApi } from "../../shared/http/api.ts";
import { apiDependencies } from "../../shared/http/wiring.ts";
import { routes } from "../../shared/operations/organisations/routes.ts";
import { wireOrganisations } from "../../shared/operations/organisations/wiring.ts";
import { readEnvironment } from "../../shared/runtime/environment.ts";
import { functionVariables } from "../../shared/runtime/function-variables.ts";

const environment = readEnvironment(functionVariables.organisations);
const tables = tablesFrom(environment);

export const handler = createApi(routes, wireOrganisations(tables), apiDependencies(environment, tables));
