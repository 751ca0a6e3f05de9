import * as z from "zod/mini";
import { upcomingEnds } from "../../domain/upcoming.ts";
import { accountStatuses, roles } from "../../domain/user.ts";
import { named, textOrNull } from "../kit/schemas.ts";
import {
  calendarDay,
  changedLine,
  changedName,
  changedText,
  emailAddress,
  instant,
  loginNameText,
  nameLine,
  optionalLine,
  optionalName,
  optionalText,
  requiredText,
} from "../kit/text-schemas.ts";

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
    // The schema has refused anything but an object already, and this check still runs.
    const isObject = typeof value === "object" && (value as unknown) !== null && !Array.isArray(value);
    if (!isObject || value["recreateFrom"] !== undefined) return;
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
      z.object({ sentAt: z.nullable(instant), state: z.enum(["open", "used", "expired", "revoked"]) }),
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

/** The ends that one answer shows; Lambda takes 6 MB. */
export const mostUpcoming = 1000;

export const upcoming = named(
  "Upcoming",
  "Whose password or account ends, and on which day: the first of them, and the number of all.",
  z.object({
    items: z
      .array(
        z.object({ username: z.string(), name: z.string(), on: calendarDay, what: z.enum(upcomingEnds) }),
      )
      .check(z.maxLength(mostUpcoming)),
    total: z.int(),
  }),
);
