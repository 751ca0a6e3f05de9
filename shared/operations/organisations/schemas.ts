import * as z from "zod/mini";
import { applicationTypes, profileIds } from "../../domain/organisation.ts";
import { named, textOrNull } from "../kit/schemas.ts";
import { newUser } from "../users/schemas.ts";
import {
  calendarDay,
  domainName,
  emailAddress,
  nameLine,
  optionalLine,
  optionalName,
} from "../kit/text-schemas.ts";

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
    emailDomains: z.array(domainName).check(z.maxLength(50)),
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

/** The users that one answer names; Lambda takes 6 MB. */
export const mostOutsideDomains = 100;

export const changedOrganisation = named(
  "ChangedOrganisation",
  "An organisation after a change, and which of its users have an address outside its domains now: the first of them, and the number of all. They keep their access.",
  z.object({
    ...organisation.shape,
    usersOutsideDomains: z
      .array(z.object({ username: z.string(), name: z.string() }))
      .check(z.maxLength(mostOutsideDomains)),
    usersOutsideDomainsTotal: z.int(),
  }),
);
