import type * as z from "zod/mini";
import type { Route } from "../../shared/operations/kit/route.ts";
import type { apiRoutes } from "../functions.ts";

/** Examples of one operation; its route decides which of them are required, and their form. */
export interface OperationExample {
  readonly params?: unknown;
  readonly body?: unknown;
  readonly response?: unknown;
  /** An example of a plain text body. */
  readonly text?: string;
  /** An example of a problem with members of its own. */
  readonly rejection?: unknown;
}

type ExampleOf<R extends Route> = (R["params"] extends z.ZodMiniType
  ? { readonly params: z.input<R["params"]> }
  : unknown) &
  (R["body"] extends z.ZodMiniType ? { readonly body: z.input<R["body"]> } : unknown) &
  (R["success"]["schema"] extends z.ZodMiniType
    ? { readonly response: z.output<R["success"]["schema"]> }
    : unknown) &
  (R["text"] extends object ? { readonly text: string } : unknown) &
  (R["problemSchemas"] extends Readonly<Record<string, infer S extends z.ZodMiniType>>
    ? { readonly rejection: z.output<S> }
    : unknown);

type Together<U> = (U extends unknown ? (one: U) => void : never) extends (all: infer I) => void ? I : never;
type AllRoutes = Together<(typeof apiRoutes)[keyof typeof apiRoutes]>;

type Examples = { readonly [Id in keyof AllRoutes]: ExampleOf<Extract<AllRoutes[Id], Route>> };

const organisation: Examples["getOrganisation"]["response"] = {
  id: "16",
  name: "Stichting Zorggroep De Linde",
  displayName: "De Linde",
  agbCode: "47470012",
  street: "Lindelaan",
  houseNumber: "12",
  houseNumberAddition: null,
  postalCode: "3512 AB",
  city: "Utrecht",
  phone: "030 555 01 00",
  fax: null,
  email: "info@delinde.example",
  profile: {
    id: "basis",
    name: "Basis",
    applicationTypes: ["Wlz", "Bopz"],
    identityCheckedBy: "organisation",
  },
  status: "open",
};

const user: Examples["getUser"]["response"] = {
  username: "ftest",
  organisationId: "16",
  initials: "F.",
  firstName: "Femke",
  infix: null,
  lastName: "Test",
  name: "F. Test",
  email: "f.test@delinde.example",
  phone: "030 555 01 23",
  fax: null,
  memo: null,
  roles: ["organisation-admin"],
  status: "active",
  remark: null,
  createdAt: "2026-05-04T08:15:00.000Z",
  lastLoginAt: "2026-08-17T06:58:12.000Z",
  passwordExpiresAt: "2026-10-05T09:30:00.000Z",
  mailStatus: "ok",
  passwordLink: null,
};

const invitedUser: Examples["createUser"]["response"] = {
  ...user,
  roles: [],
  status: "invited",
  lastLoginAt: null,
  passwordExpiresAt: null,
};

const newUser = {
  initials: "F.",
  firstName: "Femke",
  lastName: "Test",
  email: "f.test@delinde.example",
  phone: "030 555 01 23",
};

const upcoming: Examples["listUpcoming"]["response"] = {
  items: [{ username: "ftest", name: "F. Test", on: "2026-10-05", what: "password-expires" }],
  total: 1,
};

const rules: Examples["getPasswordPolicy"]["response"] = {
  minimumLength: 8,
  maximumLength: 256,
  minimumClasses: 3,
  classes: ["upper-case", "lower-case", "digit", "other"],
  history: 12,
  validMonths: 3,
  rules: [{ code: "too-short", text: "Minstens 8 tekens" }],
};

const passwordExpiry = { expiresAt: "2026-10-05T09:30:00.000Z", daysLeft: 49, warning: false };

const refreshed: Examples["refreshSession"]["response"] = {
  tokenType: "Bearer",
  idToken: "eyJhbGciOiJSUzI1NiJ9.eyJzdWIiOiJmdGVzdCJ9.c2lnbmF0dXJl",
  expiresIn: 900,
  user,
  passwordExpiry,
};

const token = "q3Zl1c8cVw0oG8p5s3l2m9y7u1t4r6e8w0a2d4f6h8k";

const incident: Examples["recordIncident"]["response"] = {
  id: "5f1f7a52-4f0e-4d5a-9a51-6f0f0f6e2b11",
  kind: "careless-use",
  description: "Two employees used one login at the same time.",
  occurredOn: "2026-08-10",
  reportedBy: "Service desk",
  usernames: ["ftest"],
  recordedAt: "2026-08-11T09:00:00.000Z",
  recordedBy: "mvisser",
  contacts: [
    {
      at: "2026-08-11T13:30:00.000Z",
      with: "contact-person",
      name: "J. Jansen",
      means: "phone",
      summary: "Each employee gets a login of their own.",
    },
  ],
  contactCount: 1,
};

const closure: Examples["closeAccess"]["response"] = {
  id: "0b6f4f35-9c1e-4a0f-8a55-3b1c58a2d7e4",
  ground: "repeated-careless-use",
  incidentIds: [incident.id, "8c0a5d1c-0f66-4b28-9a3f-52a1a0d4c9aa"],
  assessment: "The organisation does not keep to what was agreed.",
  closedAt: "2026-08-17T10:00:00.000Z",
  closedBy: "mvisser",
  reopenedAt: null,
  reopenedBy: null,
  reopeningReason: null,
};

const auditEvent: Examples["listAuditEvents"]["response"]["items"][number] = {
  id: "9f0e5bd5-37a1-4d43-a1b4-0f6ad2f6b0e7",
  at: "2026-08-17T08:30:00.000Z",
  actor: { username: "kbakker", organisationId: "16" },
  action: "user.created",
  subject: { type: "user", id: "ftest" },
  outcome: "done",
  address: "192.0.2.17",
  requestId: "0f8fad5b-d9cb-469f-a165-70867728950e",
  detail: {},
  text: "Gebruiker ftest is toegevoegd door kbakker.",
};

const importFile = [
  "voorletters;voornaam;tussenvoegsel;achternaam;email;telefoonnummer",
  "F.;Femke;;Test;f.test@delinde.example;030 555 01 23",
  "J.;Joost;de;Vries;j.devries@delinde.example;",
  "",
].join("\r\n");

const importRejection: Examples["importUsers"]["rejection"] = {
  type: "urn:portero:problem:import-rejected",
  title: "Dit bestand is niet geïmporteerd",
  status: 422,
  detail: "Er is niemand toegevoegd. Verbeter de genoemde regels van het bestand en stuur het opnieuw.",
  instance: "urn:uuid:0f8fad5b-d9cb-469f-a165-70867728950e",
  errors: [{ pointer: "/rows/1/email", code: "in-use", detail: "Dit is al in gebruik. Kies iets anders." }],
  dryRun: false,
  created: 0,
  encoding: "utf-8",
  rows: [
    { line: 2, username: "ftest", name: "F. Test", email: "femke.test@delinde.example", errors: [] },
    {
      line: 3,
      username: "jdevries",
      name: "J. de Vries",
      email: "j.devries@delinde.example",
      errors: [{ field: "email", code: "in-use", detail: "Dit is al in gebruik. Kies iets anders." }],
    },
  ],
};

/** An example of every request and answer in the OpenAPI document, by operation id. */
export const examples: Examples = {
  getHealth: { response: { status: "ok", version: "1.0.0", commit: "6f26f12ab3c4" } },
  getOpenapi: { response: { openapi: "3.1.1" } },
  signIn: {
    body: { username: "ftest", password: "Groene-fiets-67" },
    response: { ...refreshed, refreshToken: "eyJjdHkiOiJKV1QifQ.c2VjcmV0" },
  },
  refreshSession: { body: { refreshToken: "eyJjdHkiOiJKV1QifQ.c2VjcmV0" }, response: refreshed },
  endSession: {},
  getMe: { response: { user, organisation, passwordExpiry } },
  getPasswordPolicy: { response: rules },
  requestPasswordLink: {
    body: { username: "ftest" },
    response: { message: "Als deze gebruikersnaam bekend is, krijgt u een e-mail met een link." },
  },
  remindLoginName: {
    body: { email: "f.test@delinde.example" },
    response: { message: "Als wij dit e-mailadres kennen, is er een mail met uw gebruikersnaam onderweg." },
  },
  getPasswordLink: {
    params: { token },
    response: { username: "ftest", expiresAt: "2026-08-17T16:00:00.000Z", rules },
  },
  redeemPasswordLink: { params: { token }, body: { password: "Groene-fiets-67" } },
  changePassword: { body: { currentPassword: "Groene-fiets-67", newPassword: "Blauwe-regen-81" } },
  listUsers: { params: { id: "16" }, response: { items: [user], next: null, total: 1 } },
  createUser: { params: { id: "16" }, body: newUser, response: invitedUser },
  getUser: { params: { id: "16", username: "ftest" }, response: user },
  editUser: {
    params: { id: "16", username: "ftest" },
    body: { lastName: "Test", email: "femke.test@delinde.example", phone: null },
    response: { ...user, email: "femke.test@delinde.example", phone: null, mailStatus: "unknown" },
  },
  deleteUser: {
    params: { id: "16", username: "ftest" },
    body: { reason: "Uit dienst" },
    response: { ...user, status: "deleted", remark: "Uit dienst" },
  },
  orderPasswordLink: {
    params: { id: "16", username: "ftest" },
    response: {
      message: "De mail met de link is onderweg. Links die deze gebruiker eerder kreeg, werken niet meer.",
    },
  },
  listUpcoming: { params: { id: "16" }, response: upcoming },
  registerOrganisation: {
    body: {
      name: "Stichting Zorggroep De Linde",
      displayName: "De Linde",
      agbCode: "47470012",
      street: "Lindelaan",
      houseNumber: "12",
      city: "Utrecht",
      phone: "030 555 01 00",
      email: "info@delinde.example",
      profile: "basis",
      emailDomains: ["delinde.example"],
      contactPerson: { name: "J. Jansen", email: "j.jansen@delinde.example", phone: "030 555 01 02" },
      signatory: { name: "A. de Boer", email: "a.deboer@delinde.example" },
      contract: { signedOn: "2026-05-01", erai: false },
      administrator: newUser,
    },
    response: { organisation, administrator: { ...invitedUser, roles: ["organisation-admin"] } },
  },
  getOrganisation: { params: { id: "16" }, response: organisation },
  listAuditEvents: {
    params: { id: "16" },
    response: { items: [auditEvent], next: null, total: 1 },
  },
  importUsers: {
    params: { id: "16" },
    text: importFile,
    response: {
      dryRun: false,
      created: 2,
      encoding: "utf-8",
      rows: [
        { line: 2, username: "ftest", name: "F. Test", email: "femke.test@delinde.example", errors: [] },
        {
          line: 3,
          username: "jdevries",
          name: "J. de Vries",
          email: "j.devries@delinde.example",
          errors: [],
        },
      ],
    },
    rejection: importRejection,
  },
  changeOrganisation: {
    params: { id: "16" },
    body: { phone: "030 555 01 10", contactPerson: { phone: "030 555 01 11" } },
    response: {
      ...organisation,
      phone: "030 555 01 10",
      usersOutsideDomains: [{ username: "ftest", name: "F. Test" }],
      usersOutsideDomainsTotal: 1,
    },
  },
  listOrganisations: { response: { items: [organisation], next: null, total: 1 } },
  listAdministrators: {
    params: { id: "16" },
    response: { items: [{ ...user, roles: ["organisation-admin"] }], next: null, total: 1 },
  },
  setRoles: {
    params: { id: "16", username: "ftest" },
    body: { roles: ["organisation-admin"] },
    response: user,
  },
  listProfiles: {
    response: {
      items: [organisation.profile],
      next: null,
      total: 6,
    },
  },
  listIncidents: { params: { id: "16" }, response: { items: [incident], next: null, total: 1 } },
  recordIncident: {
    params: { id: "16" },
    body: {
      kind: "careless-use",
      description: incident.description,
      occurredOn: incident.occurredOn,
      reportedBy: incident.reportedBy,
      usernames: ["ftest"],
    },
    response: { ...incident, contacts: [], contactCount: 0 },
  },
  listContacts: {
    params: { id: "16", incidentId: incident.id },
    response: { items: [...incident.contacts], next: null, total: 1 },
  },
  logContact: {
    params: { id: "16", incidentId: incident.id },
    body: {
      at: "2026-08-11T13:30:00.000Z",
      with: "contact-person",
      name: "J. Jansen",
      means: "phone",
      summary: "Each employee gets a login of their own.",
    },
    response: incident,
  },
  listClosures: { params: { id: "16" }, response: { items: [closure], next: null, total: 1 } },
  closeAccess: {
    params: { id: "16" },
    body: {
      ground: "repeated-careless-use",
      incidentIds: [...closure.incidentIds],
      assessment: closure.assessment,
    },
    response: closure,
  },
  getClosingLetter: { params: { id: "16", closureId: closure.id } },
  reopenAccess: {
    params: { id: "16" },
    body: { reason: "The organisation has shown how each employee signs in with a login of their own." },
    response: {
      ...closure,
      reopenedAt: "2026-09-14T08:00:00.000Z",
      reopenedBy: "mvisser",
      reopeningReason: "The organisation has shown how each employee signs in with a login of their own.",
    },
  },
};

/** Example values for the fields of named schemas. */
export const schemaExamples = {
  AuditEvent: auditEvent,
  ImportRejection: importRejection,
  ImportReport: examples.importUsers.response,
  NewOrganisation: { ...examples.registerOrganisation.body, postalCode: organisation.postalCode },
  NewUser: newUser,
  UserCreation: { ...newUser, recreateFrom: "fjansen" },
  UserChange: { ...newUser, email: "femke.test@delinde.example" },
  Deletion: examples.deleteUser.body,
  PasswordLinkOrdered: examples.orderPasswordLink.response,
  Upcoming: upcoming,
  Organisation: organisation,
  PasswordExpiry: passwordExpiry,
  User: user,
};
