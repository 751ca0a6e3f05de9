import { readEnvironment } from "../../shared/runtime/environment.ts";
import { laterPages } from "../../shared/web/kit/later-pages.ts";
import { siteFrom } from "../../shared/web/kit/site-from.ts";
import { createWebApp } from "../../shared/web/kit/web-app.ts";
import { pages } from "../../shared/web/users/routes.ts";

const environment = readEnvironment([
  "TABLE_NAME",
  "AUDIT_TABLE_NAME",
  "USER_POOL_ID",
  "USER_POOL_CLIENT_ID",
  "PUBLIC_URL",
  "SETTINGS",
  "CONTACTS",
  "VERSION",
]);

const load = async () => (await import("./wiring.ts")).wire(environment);

export const handler = createWebApp({ ...laterPages(pages, load), ...siteFrom(environment) });
