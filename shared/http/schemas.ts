import * as z from "zod/mini";
import { applicationTypes, profileIds } from "../domain/organisation.ts";
import { passwordFaults } from "../domain/password-policy.ts";
import { accountStatuses, roles } from "../domain/user.ts";
import {
  calendarDay,
  domainName,
  emailAddress,
  instant,
  line,
  nameLine,
  optionalLine,
  optionalName,
  optionalText,
} from "./text-schemas.ts";

/** Gives a schema its name and description in the OpenAPI document. */
function named<S extends z.ZodMiniType>(id: string, description: string, schema: S): S {
  z.globalRegistry.add(schema, { id, description });
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

export const organisationId = line(20).check(z.regex(/^[0-9]{1,12}$/));

/** Query parameters of every list. */
export const pageQuery = {
  limit: z._default(z.coerce.number().check(z.int(), z.minimum(1), z.maximum(100)), 25),
  after: z.optional(z.string().check(z.maxLength(500))),
};

export function pageOf<S extends z.ZodMiniType>(item: S) {
  return z.object({ items: z.array(item), next: textOrNull, total: z.int() });
}
