import * as z from "zod/mini";
import type { LetterMail, MailState, RoleMail, UserMail } from "../domain/mail.ts";
import { organisationFields } from "../domain/organisation.ts";
import { closureGrounds } from "../domain/sanction.ts";
import { roles } from "../domain/user.ts";
import { count, instant, text, textOrNull } from "./attributes.ts";
import { ItemParser } from "./item-parser.ts";

const mail = { id: text, organisationId: text, username: text, createdAt: instant };
const letterMail = {
  id: text,
  organisationId: text,
  createdAt: instant,
  to: z.object({ name: text, address: text }),
};

const organisationChanged = z.object({ changedAt: instant, fields: z.array(z.enum(organisationFields)) });
const lastAdministratorLapsed = z.object({
  organisationId: text,
  organisationName: text,
  lapsedOn: z.iso.date(),
});

const roleMail = { id: text, organisationId: text, toRole: z.enum(roles), createdAt: instant };

/** A mail to a role; it has the attribute `toRole`, which others do not have. */
export const roleMailItems = new ItemParser<RoleMail>(
  "mail",
  z.discriminatedUnion("template", [
    z.object({ ...roleMail, template: z.literal("organisation-changed"), data: organisationChanged }),
    z.object({
      ...roleMail,
      template: z.literal("last-administrator-lapsed"),
      data: lastAdministratorLapsed,
    }),
  ]),
);

export const mailItems = new ItemParser<UserMail | LetterMail>(
  "mail",
  z.discriminatedUnion("template", [
    z.object({ ...mail, template: z.literal("welcome"), data: z.object({ administrator: z.boolean() }) }),
    z.object({ ...mail, template: z.literal("password-link"), data: z.object({ linkId: text }) }),
    z.object({ ...mail, template: z.literal("login-name"), data: z.object({}) }),
    z.object({ ...mail, template: z.literal("password-changed"), data: z.object({ changedAt: instant }) }),
    z.object({
      ...mail,
      template: z.literal("email-changed"),
      // The outbox removes it once the mail is sent.
      data: z.object({ changedAt: instant, formerAddress: z._default(textOrNull, null) }),
    }),
    z.object({ ...mail, template: z.literal("organisation-changed"), data: organisationChanged }),
    z.object({
      ...mail,
      template: z.literal("misuse-involved"),
      data: z.object({ closedAt: instant, occurredOn: z.array(z.iso.date()) }),
    }),
    z.object({
      ...letterMail,
      template: z.literal("access-closed"),
      data: z.object({ closureId: text, ground: z.enum(closureGrounds), closedAt: instant }),
    }),
    z.object({
      ...letterMail,
      template: z.literal("access-reopened"),
      data: z.object({ closureId: text, reopenedAt: instant }),
    }),
    z.object({
      ...mail,
      template: z.literal("password-expires"),
      data: z.object({ expiresAt: instant, daysLeft: count }),
    }),
    z.object({
      ...mail,
      template: z.literal("account-lapses"),
      data: z.object({ since: instant, lapsesOn: z.iso.date(), daysLeft: count }),
    }),
    z.object({
      ...mail,
      template: z.literal("accounts-lapsed"),
      data: z.object({ usernames: z.array(text), count }),
    }),
    z.object({ ...mail, template: z.literal("last-administrator-lapsed"), data: lastAdministratorLapsed }),
  ]),
);

export const mailStateItems = new ItemParser<{ state: MailState }>(
  "mail",
  z.object({ state: z.enum(["queued", "sent", "refused", "superseded", "distributed"]) }),
);
