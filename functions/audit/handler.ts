import { readEnvironment } from "../../shared/runtime/environment.ts";
import { createApi } from "../../shared/http/api.ts";
import { routes } from "../../shared/operations/audit/routes.ts";

const environment = readEnvironment([
  "TABLE_NAME",
  "AUDIT_TABLE_NAME",
  "USER_POOL_CLIENT_ID",
  "TOKEN_ISSUER",
  "TOKEN_JWKS_URI",
  "VERSION",
]);

const load = async () => (await import("./wiring.ts")).wire(environment);

export const handler = createApi(routes, load, { version: environment.VERSION });
