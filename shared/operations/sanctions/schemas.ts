import * as z from "zod/mini";
import { closureGrounds, contactMeans, contactPartners, incidentKinds } from "../../domain/sanction.ts";
import { named, textOrNull } from "../kit/schemas.ts";
import {
  calendarDay,
  instant,
  line,
  loginNameText,
  nameLine,
  optionalText,
  requiredText,
} from "../kit/text-schemas.ts";

/** An id made by this application. */
export const givenId = z.uuid();

const contactFields = {
  with: z.enum(contactPartners),
  means: z.enum(contactMeans),
};

export const newContact = named(
  "NewContact",
  "A contact with the organisation about an incident.",
  z.strictObject({ at: instant, ...contactFields, name: nameLine(120), summary: requiredText(4000) }),
);

export const contact = named(
  "Contact",
  "A contact with the organisation about an incident.",
  z.object({ at: instant, ...contactFields, name: z.string(), summary: z.string() }),
);

/** Limited, because a closure mails the users of its incidents in one transaction, of at most 100 writes. */
const mostInvolved = 25;

export const newIncident = named(
  "NewIncident",
  "What happened; once recorded it stays as it is.",
  z.strictObject({
    kind: z.enum(incidentKinds),
    description: requiredText(4000),
    occurredOn: calendarDay,
    reportedBy: line(120),
    usernames: z._default(z.array(loginNameText).check(z.maxLength(mostInvolved)), []),
  }),
);

export const incident = named(
  "Incident",
  "What happened, with the latest 20 contacts about it and the number of all.",
  z.object({
    id: z.string(),
    kind: z.enum(incidentKinds),
    description: z.string(),
    occurredOn: calendarDay,
    reportedBy: z.string(),
    usernames: z.array(z.string()),
    recordedAt: instant,
    recordedBy: z.string(),
    contacts: z.array(contact),
    contactCount: z.int(),
  }),
);

export const newClosure = named(
  "NewClosure",
  "On which ground and incidents access is to be closed.",
  z.strictObject({
    ground: z.enum(closureGrounds),
    incidentIds: z.array(line(60)).check(z.maxLength(50)),
    assessment: optionalText(4000),
  }),
);

export const closure = named(
  "Closure",
  "A time that access was closed.",
  z.object({
    id: z.string(),
    ground: z.enum(closureGrounds),
    incidentIds: z.array(z.string()),
    assessment: textOrNull,
    closedAt: instant,
    closedBy: z.string(),
    reopenedAt: z.nullable(instant),
    reopenedBy: textOrNull,
    reopeningReason: textOrNull,
  }),
);

export const newReopening = named(
  "NewReopening",
  "Why access is opened again.",
  z.strictObject({ reason: requiredText(2000) }),
);
