import { readEnvironment } from "../../shared/environment.ts";
import { logger } from "../../shared/logging.ts";
import { once } from "../../shared/once.ts";
import { createWebApp } from "./web.ts";

const environment = readEnvironment([
  "TABLE_NAME",
  "AUDIT_TABLE_NAME",
  "USER_POOL_ID",
  "USER_POOL_CLIENT_ID",
  "PUBLIC_URL",
  "SETTINGS",
  "CONTACTS",
]);

const operations = once(async () => (await import("./wiring.ts")).wire(environment));

export const handler = createWebApp({
  requestPasswordLink: async (ask) => (await operations()).requestPasswordLink(ask),
  viewPasswordLink: async (token) => (await operations()).viewPasswordLink(token),
  redeemPasswordLink: async (redemption) => (await operations()).redeemPasswordLink(redemption),
  signInToWeb: async (credentials) => (await operations()).signInToWeb(credentials),
  findWebSession: async (cookie) => (await operations()).findWebSession(cookie),
  endWebSession: async (cookie, origin) => (await operations()).endWebSession(cookie, origin),
  settings: environment.SETTINGS,
  contacts: environment.CONTACTS,
  publicUrl: environment.PUBLIC_URL,
  logger: { error: (message, details) => logger.error(message, details) },
});
