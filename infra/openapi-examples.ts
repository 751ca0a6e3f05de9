import type * as z from "zod/mini";
import type { Route } from "../shared/http/route.ts";
import type { apiRoutes } from "./functions.ts";

/** Examples of one operation; which of them there must be, and what they look like, its route says. */
export interface OperationExample {
  readonly params?: unknown;
  readonly body?: unknown;
  readonly response?: unknown;
}

type ExampleOf<R extends Route> = (R["params"] extends z.ZodMiniType
  ? { readonly params: z.input<R["params"]> }
  : unknown) &
  (R["body"] extends z.ZodMiniType ? { readonly body: z.input<R["body"]> } : unknown) &
  (R["success"]["schema"] extends z.ZodMiniType
    ? { readonly response: z.output<R["success"]["schema"]> }
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

const newUser: Examples["createUser"]["body"] = {
  initials: "F.",
  firstName: "Femke",
  lastName: "Test",
  email: "f.test@delinde.example",
  phone: "030 555 01 23",
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

/** An example of every request and answer in the OpenAPI document, by operation id. */
export const examples: Examples = {
  getHealth: { response: { status: "ok", version: "1.0.0" } },
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
  getPasswordLink: {
    params: { token },
    response: { username: "ftest", expiresAt: "2026-08-17T16:00:00.000Z", rules },
  },
  redeemPasswordLink: { params: { token }, body: { password: "Groene-fiets-67" } },
  changePassword: { body: { currentPassword: "Groene-fiets-67", newPassword: "Blauwe-regen-81" } },
  listUsers: { params: { id: "16" }, response: { items: [user], next: null, total: 1 } },
  createUser: { params: { id: "16" }, body: newUser, response: invitedUser },
  getUser: { params: { id: "16", username: "ftest" }, response: user },
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
};

/** What the fields of named schemas can look like. */
export const schemaExamples = {
  NewOrganisation: { ...examples.registerOrganisation.body, postalCode: organisation.postalCode },
  NewUser: newUser,
  Organisation: organisation,
  PasswordExpiry: passwordExpiry,
  User: user,
};
