import { readEnvironment } from "../../shared/runtime/environment.ts";
import { once } from "../../shared/runtime/once.ts";
import { actionsFor } from "../../shared/web/account/actions.ts";
import type { WebOperations } from "../../shared/web/account/operations.ts";
import { pages } from "../../shared/web/routes.ts";
import { siteFrom } from "../../shared/web/kit/site-from.ts";
import { createWebApp } from "../../shared/web/kit/web-app.ts";

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
