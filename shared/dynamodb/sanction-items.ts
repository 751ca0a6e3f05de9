import * as z from "zod/mini";
import { organisationStatuses, type OrganisationEntry } from "../domain/organisation.ts";
import {
  closureGrounds,
  contactMeans,
  contactPartners,
  incidentKinds,
  letterKinds,
  type Closure,
  type Incident,
  type LoggedContact,
} from "../domain/sanction.ts";
import type { SentLetter } from "../domain/ports/mail.ts";
import type { OrganisationMember } from "../domain/ports/organisations.ts";
import { accountStatuses, roles } from "../domain/user.ts";
import { instant, instantOrNull, text, textOrNull } from "./attributes.ts";
import { ItemParser } from "./item-parser.ts";

/** An incident without its contacts, which are items of their own. */
export const incidentItems = new ItemParser<Omit<Incident, "contacts">>(
  "incident",
  z.object({
    id: text,
    organisationId: text,
    kind: z.enum(incidentKinds),
    description: text,
    occurredOn: z.iso.date(),
    reportedBy: text,
    usernames: z.array(text),
    recordedAt: instant,
    recordedBy: text,
  }),
);

export const contactItems = new ItemParser<LoggedContact & { incidentId: string }>(
  "contact",
  z.object({
    id: text,
    incidentId: text,
    at: instant,
    with: z.enum(contactPartners),
    name: text,
    means: z.enum(contactMeans),
    summary: text,
  }),
);

export const closureItems = new ItemParser<Closure>(
  "closure",
  z.object({
    id: text,
    organisationId: text,
    ground: z.enum(closureGrounds),
    incidentIds: z.array(text),
    assessment: textOrNull,
    closedAt: instant,
    closedBy: text,
    reopenedAt: instantOrNull,
    reopenedBy: textOrNull,
    reopeningReason: textOrNull,
    undelivered: z._default(
      z.array(
        z.object({
          letter: z.enum(letterKinds),
          to: z.object({ name: text, address: text }),
          at: instant,
          verdict: z.enum(["bounced", "complained"]),
        }),
      ),
      [],
    ),
  }),
);

/** A letter that went to an address, found by that address when feedback comes. */
export const sentLetterItems = new ItemParser<SentLetter>(
  "letter to an address",
  z.object({
    mailId: text,
    organisationId: text,
    closureId: text,
    letter: z.enum(letterKinds),
    to: z.object({ name: text, address: text }),
  }),
);

export const letterItems = new ItemParser("letter", z.object({ pdf: z.instanceof(Uint8Array) }));

export const organisationEntryItems = new ItemParser<OrganisationEntry>(
  "entry of an organisation",
  z.object({
    id: text,
    name: text,
    displayName: text,
    agbCode: textOrNull,
    city: textOrNull,
    status: z.enum(organisationStatuses),
  }),
);

export const memberItems = new ItemParser<OrganisationMember>(
  "user",
  z.object({
    username: text,
    initials: text,
    infix: textOrNull,
    lastName: text,
    email: text,
    status: z.enum(accountStatuses),
    roles: z.array(z.enum(roles)),
  }),
);
