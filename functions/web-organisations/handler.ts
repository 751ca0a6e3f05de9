import { readEnvironment } from "../../shared/environment.ts";
import { laterPages } from "../web/later-pages.ts";
import { siteFrom } from "../web/site-from.ts";
import { createWebApp } from "../web/web.ts";
import { pages } from "./routes.ts";

const environment = readEnvironment([
  "TABLE_NAME",
  "AUDIT_TABLE_NAME",
  "PUBLIC_URL",
  "SETTINGS",
  "CONTACTS",
  "VERSION",
]);

const load = async () => (await import("./wiring.ts")).wire(environment);

export const handler = createWebApp({ ...laterPages(pages, load), ...siteFrom(environment) });
