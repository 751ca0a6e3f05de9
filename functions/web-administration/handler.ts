import { readEnvironment } from "../../shared/environment.ts";
import { logger } from "../../shared/logging.ts";
import { once } from "../../shared/once.ts";
import type { PageAction } from "../web/actions/page-action.ts";
import { createWebApp } from "../web/web.ts";
import type { AdministrationOperations } from "./operations.ts";
import { pages, type PageName } from "./routes.ts";

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

const operations: AdministrationOperations = {
  findWebSession: async (cookie) => (await load()).findWebSession(cookie),
  getOrganisation: async (call) => (await load()).getOrganisation(call),
  listUsers: async (call) => (await load()).listUsers(call),
  createUser: async (call) => (await load()).createUser(call),
  getUser: async (call) => (await load()).getUser(call),
  editUser: async (call) => (await load()).editUser(call),
  deleteUser: async (call) => (await load()).deleteUser(call),
  orderPasswordLink: async (call) => (await load()).orderPasswordLink(call),
};

const actions = once(async () => (await import("./actions/actions.ts")).actionsFor(operations));

/** Loaded with the first page that anyone asks for. */
const later = (name: PageName): PageAction => {
  return async (request, site) => (await actions())[name](request, site);
};

export const handler = createWebApp({
  pages,
  actions: Object.fromEntries(pages.map(({ name }) => [name, later(name)])) as Record<PageName, PageAction>,
  findWebSession: operations.findWebSession,
  settings: environment.SETTINGS,
  contacts: environment.CONTACTS,
  version: environment.VERSION,
  publicUrl: environment.PUBLIC_URL,
  logger: { error: (message, details) => logger.error(message, details) },
});
