import { readEnvironment } from "../../shared/environment.ts";
import { once } from "../../shared/once.ts";
import { actionsFor } from "./actions/actions.ts";
import type { WebOperations } from "./operations.ts";
import { pages } from "./routes.ts";
import { siteFrom } from "./site-from.ts";
import { createWebApp } from "./web.ts";

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

const load = once(async () => (await import("./wiring.ts")).wire(environment));

const operations: WebOperations = {
  requestPasswordLink: async (ask) => (await load()).requestPasswordLink(ask),
  viewPasswordLink: async (token) => (await load()).viewPasswordLink(token),
  redeemPasswordLink: async (redemption) => (await load()).redeemPasswordLink(redemption),
  signInToWeb: async (credentials) => (await load()).signInToWeb(credentials),
  findWebSession: async (cookie) => (await load()).findWebSession(cookie),
  endWebSession: async (cookie, origin) => (await load()).endWebSession(cookie, origin),
  changePassword: async (call) => (await load()).changePassword(call),
};

export const handler = createWebApp({
  pages,
  actions: actionsFor(operations),
  findWebSession: operations.findWebSession,
  ...siteFrom(environment),
});
