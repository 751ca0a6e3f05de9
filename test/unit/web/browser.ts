import { vi } from "vitest";
import { passwordRulesRepresentation } from "../../../shared/operations/passwords/get-password-policy.ts";
import type { APIGatewayProxyEvent, APIGatewayProxyResult } from "aws-lambda";
import { DomainError } from "../../../shared/domain/errors.ts";
import {
  administrationPages,
  type AdministrationOperations,
} from "../../../shared/web/administration-pages.ts";
import { answerSignedOut } from "../../../shared/web/account/signed-out.ts";
import type { ImportStanding } from "../../../shared/domain/user-import.ts";
import { operatorPages } from "../../../shared/web/operator-pages.ts";
import type { WebOperations } from "../../../shared/web/operations.ts";
import { administrationRoutes, operatorRoutes, webRoutes } from "../../../shared/web/routes.ts";
import { webPages } from "../../../shared/web/web-pages.ts";
import type { SiteSetting } from "../../../shared/web/kit/site.ts";
import { logger } from "../../../shared/runtime/logging.ts";
import type { WebSession } from "../../../shared/operations/sessions/web-session.ts";
import { createWebApp, type WebDependencies } from "../../../shared/web/kit/web-app.ts";
import {
  closureRepresentation,
  incidentRepresentation,
} from "../../../shared/operations/sanctions/representations.ts";
import { profileIds, profiles } from "../../../shared/domain/organisation.ts";
import { organisationRepresentation } from "../../../shared/operations/organisations/organisation-representation.ts";
import { userRepresentation } from "../../../shared/operations/users/user-representation.ts";
import type { Role } from "../../../shared/domain/user.ts";
import { user } from "../../support/domain.ts";
import { closure, contact, incident } from "../../support/sanctions.ts";
import { gatewayEvent, lambdaContext } from "../../support/gateway-event.ts";
import { commit, contacts, member, publicUrl, settings, version } from "./samples.ts";

export const token = "k3WbR0pTq9v";
export const password = "Groene-Fiets-88";

export const session: WebSession = {
  member,
  sessionId: "5e55",
  passwordExpiry: { expiresAt: "2026-12-02T10:00:00.000Z", daysLeft: 60, warning: false },
};

/** Another user of the same organisation. */
export const colleague = userRepresentation(
  user({ username: "kbakker", initials: "K.", firstName: "Karin", lastName: "Bakker" }),
  new Date("2026-11-22T12:00:00Z"),
);

/** Operations of a system with one user, one good link and one session. */
export type AllOperations = Omit<WebOperations, "getPasswordPolicy" | "redeemPasswordLink"> &
  AdministrationOperations &
  Pick<WebDependencies, "findWebSession">;

/** The pages of every function. */
export const allPages = [...webRoutes, ...administrationRoutes, ...operatorRoutes];

export const event: AllEvents["items"][number] = {
  id: "e1",
  at: "2026-07-01T22:30:00.000Z",
  actor: { username: "kbakker", organisationId: "2" },
  action: "user.created",
  subject: { type: "user", id: "ftest" },
  outcome: "done",
  address: "192.0.2.1",
  requestId: "r1",
  detail: {},
  text: "Gebruiker ftest is toegevoegd door kbakker.",
};
type AllEvents = Awaited<ReturnType<WebOperations["listAuditEvents"]>>["body"];

/** An import of one user that has been carried out. */
export const imported: ImportStanding = {
  state: "done",
  rows: [{ line: 2, username: "jjansen" }],
  reserved: 1,
  added: 1,
};

/** An organisation as CIZ sees it. */
export const careOrganisation = organisationRepresentation(member.organisation, "operator");

const allProfiles = profileIds.map((id) => {
  const { name, applicationTypes, identityCheckedBy } = profiles[id];
  return { id, name, applicationTypes: [...applicationTypes], identityCheckedBy };
});

/** An incident with a contact, and a closure on it that has been reopened. */
export const misuse = incidentRepresentation(incident({ contacts: [contact()] }));
export const ended = closureRepresentation(
  closure({
    reopenedAt: "2026-11-23T13:00:00.000Z",
    reopenedBy: "mvisser",
    reopeningReason: "Iedereen heeft een eigen account.",
  }),
);

/** A good link of a user. */
export const linkOf = (username: string) => ({
  username,
  expiresAt: "2026-11-22T20:00:00.000Z",
  rules: passwordRulesRepresentation(settings, "nl"),
});

/** The cookies of a user who has just signed in. */
export const cookies = { cookie: "geheim", deviceCookie: "apparaat" };

export const operations: AllOperations = {
  requestPasswordLink: () => Promise.resolve({ body: { message: "" } }),
  remindLoginName: () => Promise.resolve({ body: { message: "" } }),
  getPasswordLink: ({ params }) =>
    params?.["token"] === token
      ? Promise.resolve({ body: linkOf("ftest") })
      : Promise.reject(new DomainError("link-expired")),
  setPasswordByLink: (form) =>
    form.token === token
      ? Promise.resolve({ ...session, ...cookies })
      : Promise.reject(new DomainError("link-expired")),
  signInToWeb: () => Promise.resolve({ ...session, ...cookies }),
  findWebSession: (cookie) => Promise.resolve(cookie === "geheim" ? session : null),
  endWebSession: () => Promise.resolve(),
  changePassword: () => Promise.resolve({ body: null }),
  listUpcoming: () =>
    Promise.resolve({
      body: {
        items: [{ username: "kbakker", name: "K. Bakker", on: "2026-12-02", what: "password-expires" }],
        total: 1,
      },
    }),
  listAuditEvents: () => Promise.resolve({ body: { items: [event], next: null, total: 1 } }),
  importUsers: ({ query }) =>
    Promise.resolve({
      body: {
        dryRun: query?.["dryRun"] === "true",
        created: 0,
        encoding: "utf-8" as const,
        rows: [
          { line: 2, username: "jjansen", name: "J. Jansen", email: "j.jansen@zorg.example", errors: [] },
        ],
      },
    }),
  viewImport: () => Promise.resolve({ body: { standing: imported } }),
  newKey: () => "sleutel",
  listUsers: ({ wantsCsv }) =>
    Promise.resolve({ body: wantsCsv ? { csv: "a;b\r\n" } : { items: [colleague], next: null, total: 1 } }),
  createUser: () => Promise.resolve({ body: colleague }),
  getUser: () => Promise.resolve({ body: colleague, headers: { ETag: '"3"' } }),
  editUser: () => Promise.resolve({ body: colleague }),
  deleteUser: () => Promise.resolve({ body: { ...colleague, status: "deleted" } }),
  orderPasswordLink: () => Promise.resolve({ body: { message: "" } }),
  getOrganisation: () => Promise.resolve({ body: careOrganisation, headers: { ETag: '"7"' } }),
  listOrganisations: () => Promise.resolve({ body: { items: [careOrganisation], next: null, total: 1 } }),
  registerOrganisation: () =>
    Promise.resolve({ body: { organisation: careOrganisation, administrator: colleague } }),
  changeOrganisation: () =>
    Promise.resolve({ body: { ...careOrganisation, usersOutsideDomains: [], usersOutsideDomainsTotal: 0 } }),
  listProfiles: () =>
    Promise.resolve({ body: { items: allProfiles, next: null, total: allProfiles.length } }),
  listAdministrators: () => Promise.resolve({ body: { items: [colleague], next: null, total: 1 } }),
  setRoles: () => Promise.resolve({ body: colleague }),
  listIncidents: () => Promise.resolve({ body: { items: [misuse], next: null, total: 1 } }),
  recordIncident: () => Promise.resolve({ body: misuse }),
  listContacts: () => Promise.resolve({ body: { items: misuse.contacts, next: null, total: 1 } }),
  logContact: () => Promise.resolve({ body: misuse }),
  listClosures: () => Promise.resolve({ body: { items: [ended], next: null, total: 1 } }),
  listUndelivered: () => Promise.resolve({ body: { items: [] } }),
  closeAccess: () => Promise.resolve({ body: ended }),
  getClosingLetter: () => Promise.resolve({ body: new TextEncoder().encode("%PDF-1.7") }),
  reopenAccess: () => Promise.resolve({ body: ended }),
};

export interface Visit {
  readonly method?: "GET" | "POST";
  readonly resource: string;
  readonly parameters?: Record<string, string>;
  readonly query?: Record<string, string>;
  readonly headers?: Record<string, string>;
  readonly form?: Record<string, string> | string | Uint8Array;
  /** Sent as multipart/form-data; a file where it has a name. */
  readonly upload?: Readonly<Record<string, string | { readonly name: string; readonly content: string }>>;
  /** False: the gateway passes the body as text. */
  readonly base64?: boolean;
}

/** A body in the form of RFC 7578. */
function multipart(parts: NonNullable<Visit["upload"]>, boundary: string): string {
  const written = Object.entries(parts).map(([field, part]) => {
    const file = typeof part === "string" ? "" : `; filename="${part.name}"\r\nContent-Type: text/csv`;
    const content = typeof part === "string" ? part : part.content;
    return `--${boundary}\r\nContent-Disposition: form-data; name="${field}"${file}\r\n\r\n${content}\r\n`;
  });
  return `${written.join("")}--${boundary}--\r\n`;
}

/** An application in which someone with these roles is signed in. */
export const signedInAs = (...roles: Role[]): Pick<WebDependencies, "findWebSession"> => ({
  findWebSession: () =>
    Promise.resolve({ ...session, member: { ...member, user: { ...member.user, roles } } }),
});

/** An application in which a CIZ user with this role is signed in. */
export const operatorAs = (role: "contract-manager" | "service-desk") => atCizAs(role);

/** An application in which a user of CIZ's organisation with these roles is signed in. */
export const atCizAs = (...roles: Role[]): Pick<WebDependencies, "findWebSession"> => ({
  findWebSession: () => {
    const { user, organisation } = session.member;
    const at = {
      user: { ...user, organisationId: "1", roles },
      organisation: { ...organisation, id: "1" },
    };
    return Promise.resolve({ ...session, member: at });
  },
});

/** An event as API Gateway sends it. Its Host is a hostile one, which no answer may repeat. */
export function eventOf({ form, upload, ...visit }: Visit): APIGatewayProxyEvent {
  const typed =
    typeof form === "object" && !(form instanceof Uint8Array) ? new URLSearchParams(form).toString() : form;
  const body = upload ? multipart(upload, "grens") : typed;
  const kind = upload ? "multipart/form-data; boundary=grens" : "application/x-www-form-urlencoded";
  const posted = body === undefined ? {} : { "Content-Type": kind };
  return gatewayEvent({
    method: visit.method ?? (body === undefined ? "GET" : "POST"),
    path: visit.resource,
    headers: { Host: "kwaad.example", ...posted, ...visit.headers },
    body: body ?? null,
    ...(visit.parameters && { params: visit.parameters }),
    ...(visit.query && { query: visit.query }),
    ...(visit.base64 !== undefined && { base64: visit.base64 }),
  });
}

export interface Answer extends APIGatewayProxyResult {
  readonly headers: Record<string, string>;
}

/** Visits pages of an application in which some operations are other ones. */
export function browse(
  changes: Partial<
    AllOperations & SiteSetting & Pick<WebDependencies, "recordDataAccess" | "recordRefusedAct">
  > = {},
) {
  const log: { message: string; details: unknown }[] = [];
  vi.spyOn(logger, "error").mockImplementation((message, ...[details]) => {
    log.push({ message: message as string, details });
  });
  const all = { ...operations, settings, contacts, publicUrl, version, commit, ...changes };
  // The functions as one: the gateway sends each path to the one that has it.
  const actions = { ...webPages(all), ...administrationPages(all), ...operatorPages(all) };
  const app = createWebApp(allPages, actions, {
    recordDataAccess: () => Promise.resolve(),
    recordRefusedAct: () => Promise.resolve(),
    ...all,
    answerSignedOut,
  });
  const visit = async (to: Visit) => (await app(eventOf(to), lambdaContext)) as Answer;
  return { visit, log };
}
