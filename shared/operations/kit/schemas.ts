import * as z from "zod/mini";
import { auditActions, auditSubjectTypes } from "../../domain/audit.ts";
import { applicationTypes, profileIds } from "../../domain/organisation.ts";
import { passwordFaults } from "../../domain/password-policy.ts";
import { upcomingEnds } from "../../domain/upcoming.ts";
import { accountStatuses, roles } from "../../domain/user.ts";
import {
  calendarDay,
  changedLine,
  changedName,
  changedText,
  domainName,
  emailAddress,
  instant,
  line,
  loginNameText,
  nameLine,
  optionalLine,
  optionalName,
  optionalText,
  requiredText,
} from "./text-schemas.ts";

/** Gives a schema its name and description in the OpenAPI document. */
export function named<S extends z.ZodMiniType>(id: string, description: string, schema: S): S {
  z.globalRegistry.add(schema, { id, description });
  return schema;
}

/** Gives a parameter its description in the OpenAPI document. */
export function described<S extends z.ZodMiniType>(schema: S, description: string): S {
  z.globalRegistry.add(schema, { description });
  return schema;
}

const textOrNull = z.nullable(z.string());

export const personFields = {
  initials: nameLine(20),
  firstName: nameLine(60),
  infix: optionalName(20),
  lastName: nameLine(80),
  email: emailAddress,
  phone: optionalLine(30),
  fax: optionalLine(30),
  memo: optionalText(1000),
};

export const newUser = named(
  "NewUser",
  "Who is to get access; the login name is made, not chosen.",
  z.strictObject(personFields),
);

const personChangeFields = {
  initials: z.optional(personFields.initials),
  firstName: z.optional(personFields.firstName),
  infix: changedName(20),
  lastName: z.optional(personFields.lastName),
  email: z.optional(personFields.email),
  phone: changedLine(30),
  fax: changedLine(30),
  memo: changedText(1000),
};

export const userChange = named(
  "UserChange",
  "What is to change of a user. What is left out stays as it is; null clears a field that may be empty.",
  z.strictObject(personChangeFields),
);

const required = ["initials", "firstName", "lastName", "email"] as const;

/** Runs even if other checks fail, so that all faults are reported at once. */
const completeUnlessRecreated = z.check<Partial<Record<string, unknown>>>(
  ({ value, issues }) => {
    if (typeof value !== "object" || Array.isArray(value) || value["recreateFrom"] !== undefined) return;
    for (const field of required.filter((one) => value[one] === undefined)) {
      issues.push({ code: "invalid_type", expected: "string", input: undefined, path: [field] });
    }
  },
  { when: () => true },
);

export const userCreation = z
  .strictObject({ ...personChangeFields, recreateFrom: z.optional(loginNameText) })
  .check(completeUnlessRecreated);
z.globalRegistry.add(userCreation, {
  id: "UserCreation",
  description:
    "Who is to get access; the login name is made, not chosen. With `recreateFrom`, the login name of a deleted or inactive user of the organisation, that user's details are taken for all that is left out.",
  anyOf: [{ required }, { required: ["recreateFrom"] }],
});

const agbCode = z.pipe(
  z.optional(z.nullable(z.string().check(z.trim(), z.regex(/^(?:[0-9]{8})?$/)))),
  z.transform((value: string | null | undefined) => value || null),
);

export const newOrganisation = named(
  "NewOrganisation",
  "An organisation whose signed agreement is in, with its first administrator.",
  z.strictObject({
    name: nameLine(120),
    displayName: optionalName(120),
    agbCode,
    street: optionalLine(80),
    houseNumber: optionalLine(10),
    houseNumberAddition: optionalLine(10),
    postalCode: optionalLine(10),
    city: optionalName(80),
    phone: optionalLine(30),
    fax: optionalLine(30),
    email: z.optional(z.nullable(emailAddress)),
    profile: z.enum(profileIds),
    emailDomains: z._default(z.array(domainName).check(z.maxLength(50)), []),
    contactPerson: z.strictObject({ name: nameLine(120), email: emailAddress, phone: optionalLine(30) }),
    signatory: z.strictObject({ name: nameLine(120), email: emailAddress }),
    contract: z.strictObject({ signedOn: calendarDay, erai: z._default(z.boolean(), false) }),
    administrator: newUser,
  }),
);

/** Fields that are left out stay as they are, also those inside contact person, signatory and contract. */
export const organisationChange = named(
  "OrganisationChange",
  "What is to change of an organisation's data; what is left out stays as it is.",
  z.strictObject({
    name: z.optional(nameLine(120)),
    displayName: z.optional(optionalName(120)),
    agbCode: z.optional(agbCode),
    street: z.optional(optionalLine(80)),
    houseNumber: z.optional(optionalLine(10)),
    houseNumberAddition: z.optional(optionalLine(10)),
    postalCode: z.optional(optionalLine(10)),
    city: z.optional(optionalName(80)),
    phone: z.optional(optionalLine(30)),
    fax: z.optional(optionalLine(30)),
    email: z.optional(z.nullable(emailAddress)),
    profile: z.optional(z.enum(profileIds)),
    emailDomains: z.optional(z.array(domainName).check(z.maxLength(50))),
    contactPerson: z.optional(
      z.strictObject({
        name: z.optional(nameLine(120)),
        email: z.optional(emailAddress),
        phone: z.optional(optionalLine(30)),
      }),
    ),
    signatory: z.optional(
      z.strictObject({ name: z.optional(nameLine(120)), email: z.optional(emailAddress) }),
    ),
    contract: z.optional(
      z.strictObject({ signedOn: z.optional(calendarDay), erai: z.optional(z.boolean()) }),
    ),
  }),
);

export const user = named(
  "User",
  "A person's account at an organisation.",
  z.object({
    username: z.string(),
    organisationId: z.string(),
    initials: z.string(),
    firstName: z.string(),
    infix: textOrNull,
    lastName: z.string(),
    name: z.string(),
    email: z.string(),
    phone: textOrNull,
    fax: textOrNull,
    memo: textOrNull,
    roles: z.array(z.enum(roles)),
    status: z.enum(accountStatuses),
    remark: textOrNull,
    createdAt: instant,
    lastLoginAt: z.nullable(instant),
    passwordExpiresAt: z.nullable(instant),
    mailStatus: z.enum(["ok", "bounced", "complained", "unknown"]),
    passwordLink: z.nullable(
      z.object({ sentAt: instant, state: z.enum(["open", "used", "expired", "revoked"]) }),
    ),
  }),
);

export const deletion = named(
  "Deletion",
  "Why a user is deleted; shown as remark.",
  z.strictObject({ reason: requiredText(500) }),
);

export const linkOrdered = named(
  "PasswordLinkOrdered",
  "The message to show to the caller.",
  z.object({ message: z.string() }),
);

export const upcoming = named(
  "Upcoming",
  "Whose password or account ends, and on which day.",
  z.object({
    items: z.array(
      z.object({ username: z.string(), name: z.string(), on: calendarDay, what: z.enum(upcomingEnds) }),
    ),
  }),
);

export const profile = named(
  "Profile",
  "What all users of an organisation may file, and who checks their identity.",
  z.object({
    id: z.enum(profileIds),
    name: z.string(),
    applicationTypes: z.array(z.enum(applicationTypes)),
    identityCheckedBy: z.enum(["organisation", "CIZ"]),
  }),
);

const organisationFields = {
  id: z.string(),
  name: z.string(),
  displayName: z.string(),
  agbCode: textOrNull,
  street: textOrNull,
  houseNumber: textOrNull,
  houseNumberAddition: textOrNull,
  postalCode: textOrNull,
  city: textOrNull,
  phone: textOrNull,
  fax: textOrNull,
  email: textOrNull,
  profile,
  status: z.enum(["open", "closed"]),
};

export const organisation = named(
  "Organisation",
  "An organisation; the last four fields are there for CIZ alone.",
  z.object({
    ...organisationFields,
    emailDomains: z.optional(z.array(z.string())),
    contactPerson: z.optional(z.object({ name: z.string(), email: z.string(), phone: textOrNull })),
    signatory: z.optional(z.object({ name: z.string(), email: z.string() })),
    contract: z.optional(z.object({ signedOn: calendarDay, erai: z.boolean() })),
  }),
);

export const changedOrganisation = named(
  "ChangedOrganisation",
  "An organisation after a change, and which of its users have an address outside its domains now; they keep their access.",
  z.object({
    ...organisation.shape,
    usersOutsideDomains: z.array(z.object({ username: z.string(), name: z.string() })),
  }),
);

export const passwordExpiry = named(
  "PasswordExpiry",
  "When the password ends, in how many calendar days, and whether it is time to say so.",
  z.object({ expiresAt: instant, daysLeft: z.int(), warning: z.boolean() }),
);

export const passwordRules = named(
  "PasswordRules",
  "What a password must be like, as data and as text.",
  z.object({
    minimumLength: z.int(),
    maximumLength: z.int(),
    minimumClasses: z.int(),
    classes: z.array(z.enum(["upper-case", "lower-case", "digit", "other"])),
    history: z.int(),
    validMonths: z.int(),
    rules: z.array(z.object({ code: z.enum(passwordFaults), text: z.string() })),
  }),
);

export const problem = named(
  "Problem",
  "What is wrong, and what to do about it (RFC 9457).",
  z.object({
    type: z.string(),
    title: z.string(),
    status: z.int(),
    detail: z.string(),
    instance: z.string(),
    errors: z.optional(z.array(z.object({ pointer: z.string(), code: z.string(), detail: z.string() }))),
  }),
);

const importFields = {
  dryRun: z.boolean(),
  created: z.int(),
  rows: z.array(
    z.object({
      line: z.int(),
      username: textOrNull,
      errors: z.array(z.object({ field: textOrNull, code: z.string(), detail: z.string() })),
    }),
  ),
};

export const importReport = named(
  "ImportReport",
  "What an import did or would do, row by row. `line` is the line of the file on which a row begins, `username` the login name that its user gets, or null where the row does not say enough. `field` is the column by its English name; null for what is wrong with a line as a whole.",
  z.object(importFields),
);

export const importRejection = named(
  "ImportRejection",
  "Why nobody has been imported. `rows` is the report; the pointers of `errors` name the same faults by the place of the row in it.",
  z.object({ ...problem.shape, ...importFields }),
);

export const organisationId = line(20).check(z.regex(/^[0-9]{1,12}$/));

export const auditEvent = named(
  "AuditEvent",
  "Who did what, on whom or what, when, from where, and what came of it; `text` says it in a sentence.",
  z.object({
    id: z.string(),
    at: instant,
    actor: z.nullable(z.object({ username: z.string(), organisationId: z.string() })),
    action: z.enum(auditActions),
    subject: z.object({ type: z.enum(auditSubjectTypes), id: z.string() }),
    outcome: z.enum(["done", "refused"]),
    address: textOrNull,
    requestId: textOrNull,
    detail: z.record(z.string(), z.union([z.string(), z.number(), z.boolean(), z.array(z.string())])),
    text: z.string(),
  }),
);

/** The version of a resource that a change is meant for (shared/operations/kit/precondition.ts). */
export const ifMatchHeader = z.object({ "If-Match": z.string() });

/** The key with which a request can be repeated without being done twice (shared/http/idempotency.ts). */
export const idempotencyKeyHeader = z.object({
  "Idempotency-Key": z.optional(
    described(
      z.string().check(z.minLength(1), z.maxLength(255), z.regex(/^[\x20-\x7e]*$/, "characters")),
      "Lets the request be repeated: for 24 hours the same caller, address, key and body get the answer that was given first, also when both arrive at once, and nothing is done twice. Another body is refused. What was refused can be tried again with the same key.",
    ),
  ),
});

/** Query parameters of every list. */
export const pageQuery = {
  limit: z._default(z.coerce.number().check(z.int(), z.minimum(1), z.maximum(100)), 25),
  after: z.optional(z.string().check(z.maxLength(500))),
};

export function pageOf<S extends z.ZodMiniType>(item: S) {
  return z.object({ items: z.array(item), next: textOrNull, total: z.int() });
}
