import { readFileSync } from "node:fs";
import { join } from "node:path";
import { createApi } from "../../shared/http/api.ts";
import { getHealth, getOpenapi } from "../../shared/operations/service/describe-service.ts";
import { routes } from "../../shared/operations/service/routes.ts";
import { readEnvironment } from "../../shared/runtime/environment.ts";
import { functionVariables } from "../../shared/runtime/function-variables.ts";

const { VERSION: version, COMMIT: commit } = readEnvironment(functionVariables.meta);

/** The build writes this file beside the bundle, from the schemas of all routes. */
const openapi = readFileSync(join(import.meta.dirname, "openapi.json"), "utf8");

export const handler = createApi(
  routes,
  { getHealth: getHealth({ version, commit }), getOpenapi: getOpenapi(openapi) },
  { version },
);
