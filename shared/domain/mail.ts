import type { OrganisationField } from "./organisation.ts";
import type { ClosureGround } from "./sanction.ts";
import type { CalendarDay, Instant } from "./time.ts";
import type { Role } from "./user.ts";

/** The data of each mail template, beside the recipient. They hold no secret: a link is made when its mail is sent. */
export interface MailData {
  welcome: { readonly administrator: boolean };
  "password-link": { readonly linkId: string };
  "login-name": Readonly<Record<string, never>>;
  "password-changed": { readonly changedAt: Instant };
  /** `formerAddress` is the recipient of the mail to the former address; null in the mail to the new address. */
  "email-changed": { readonly changedAt: Instant; readonly formerAddress: string | null };
  /** `fields` lists the fields of the organisation's data that have a new value. */
  "organisation-changed": { readonly changedAt: Instant; readonly fields: readonly OrganisationField[] };
  "misuse-involved": { readonly closedAt: Instant; readonly occurredOn: readonly CalendarDay[] };
  "password-expires": { readonly expiresAt: Instant; readonly daysLeft: number };
  /** `since` is the last sign-in, or the creation of an account that was never signed in to. */
  "account-lapses": { readonly since: Instant; readonly lapsesOn: CalendarDay; readonly daysLeft: number };
  /** `usernames` lists the first of them only; `count` is the total. */
  "accounts-lapsed": { readonly usernames: readonly string[]; readonly count: number };
  /** Names the organisation that has no active administrator left. */
  "last-administrator-lapsed": {
    readonly organisationId: string;
    readonly organisationName: string;
    readonly lapsedOn: CalendarDay;
  };
}

export type MailTemplate = keyof MailData;

/** The data of mails with a letter attached. Their recipients need not be users of Portero. */
export interface LetterMailData {
  "access-closed": { readonly closureId: string; readonly ground: ClosureGround; readonly closedAt: Instant };
  "access-reopened": { readonly closureId: string; readonly reopenedAt: Instant };
}

export type LetterMailTemplate = keyof LetterMailData;

/**
 * A mail to a user, in the outbox: written in the transaction of the change that causes it, and sent from there
 * at least once (DESIGN §2, Nothing gets lost). The name and address are looked up when it is sent.
 */
export type UserMail = {
  readonly [T in MailTemplate]: {
    readonly id: string;
    readonly template: T;
    readonly data: MailData[T];
    readonly organisationId: string;
    readonly username: string;
    readonly createdAt: Instant;
  };
}[MailTemplate];

/** A mail with a letter, in the outbox. `to` is the recipient as known when the mail was written. */
export type LetterMail = {
  readonly [T in LetterMailTemplate]: {
    readonly id: string;
    readonly template: T;
    readonly data: LetterMailData[T];
    readonly organisationId: string;
    readonly to: { readonly name: string; readonly address: string };
    readonly createdAt: Instant;
  };
}[LetterMailTemplate];

/** The templates of mails that everyone with a role gets. */
type RoleMailTemplate = "organisation-changed" | "last-administrator-lapsed";

/**
 * A mail to all active holders of a role at an organisation, in the outbox as one item. Their number is not limited,
 * and a transaction is, so the change commits this one item, and one mail for each holder is queued from it.
 */
export type RoleMail = {
  readonly [T in RoleMailTemplate]: {
    readonly id: string;
    readonly template: T;
    readonly data: MailData[T];
    readonly organisationId: string;
    readonly toRole: Role;
    readonly createdAt: Instant;
  };
}[RoleMailTemplate];

export type OutboxMail = UserMail | LetterMail | RoleMail;

export function goesToRole(mail: OutboxMail): mail is RoleMail {
  return "toRole" in mail;
}

export function bringsLetter(mail: OutboxMail): mail is LetterMail {
  return mail.template === "access-closed" || mail.template === "access-reopened";
}

/**
 * The final result of a mail. `sent`: the mail service accepted it. `refused`: the mail service will never
 * accept it. `superseded`: it was no longer wanted when its turn came (a newer link, a deleted account, an
 * address that bounces). `distributed`: it went to a role, and each holder has a mail of their own in the outbox.
 */
export type MailOutcome =
  | { readonly state: "sent"; readonly at: Instant; readonly messageId: string }
  | { readonly state: "refused" | "superseded"; readonly at: Instant; readonly reason: string }
  | { readonly state: "distributed"; readonly at: Instant; readonly mails: number };

export type MailState = "queued" | MailOutcome["state"];

/** SES's feedback on one mail to one address. */
export interface MailFeedback {
  readonly verdict: "ok" | "bounced" | "complained";
  /** SES's id for this piece of feedback, the same when it is delivered again. */
  readonly id: string;
  /** SES's id for the mail. */
  readonly messageId: string;
  /** The mail's id in the outbox; null for mails that do not carry it. */
  readonly mailId: string | null;
  readonly at: Instant;
  readonly email: string;
  /** The kind of bounce, in SES's own word. */
  readonly kind: string;
}
