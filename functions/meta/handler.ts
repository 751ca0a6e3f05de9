import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { readEnvironment } from "../../shared/runtime/environment.ts";
import { createApi } from "../../shared/http/api.ts";
import { getHealth, getOpenapi } from "../../shared/operations/service/describe-service.ts";
import { routes } from "../../shared/operations/service/routes.ts";

const { VERSION: version } = readEnvironment(["VERSION"]);

/** Written beside the bundle by the build, from the schemas of all routes. */
const readDocument = () => readFile(join(import.meta.dirname, "openapi.json"), "utf8");

const operations = { getHealth: getHealth(version), getOpenapi: getOpenapi(readDocument) };

export const handler = createApi(routes, () => Promise.resolve({ operations }), { version });
