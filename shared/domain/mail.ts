import type { OrganisationField } from "./organisation.ts";
import type { ClosureGround } from "./sanction.ts";
import type { CalendarDay, Instant } from "./time.ts";

/** What each mail needs beside its recipient. Nothing here is a secret: a link is minted when its mail is sent. */
export interface MailData {
  welcome: { readonly administrator: boolean };
  "password-link": { readonly linkId: string };
  "password-changed": { readonly changedAt: Instant };
  /** `formerAddress` is where the mail to the address before goes; null in the one to the new address. */
  "email-changed": { readonly changedAt: Instant; readonly formerAddress: string | null };
  /** `fields`: of the organisation's data, those that have another value now. */
  "organisation-changed": { readonly changedAt: Instant; readonly fields: readonly OrganisationField[] };
  "misuse-involved": { readonly closedAt: Instant; readonly occurredOn: readonly CalendarDay[] };
  "password-expires": { readonly expiresAt: Instant; readonly daysLeft: number };
  /** `since`: when the account was last used, or created if it never was. */
  "account-lapses": { readonly since: Instant; readonly lapsesOn: CalendarDay; readonly daysLeft: number };
  /** `usernames` are the first of them, `count` is how many there are. */
  "accounts-lapsed": { readonly usernames: readonly string[]; readonly count: number };
  /** The organisation that no active administrator is left in. */
  "last-administrator-lapsed": {
    readonly organisationId: string;
    readonly organisationName: string;
    readonly lapsedOn: CalendarDay;
  };
}

export type MailTemplate = keyof MailData;

/** Mails that bring a letter to people of the organisation who need not be users of Portero. */
export interface LetterMailData {
  "access-closed": { readonly closureId: string; readonly ground: ClosureGround; readonly closedAt: Instant };
  "access-reopened": { readonly closureId: string; readonly reopenedAt: Instant };
}

export type LetterMailTemplate = keyof LetterMailData;

/**
 * A mail in the outbox: written in the transaction of the change that causes it, sent from there at least
 * once (DESIGN §2, Nothing gets lost). Name and address are the user's at the time of sending.
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

/** A mail in the outbox with a letter, to whom the letter is for, as they were when it was written. */
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

export type OutboxMail = UserMail | LetterMail;

export function bringsLetter(mail: OutboxMail): mail is LetterMail {
  return mail.template === "access-closed" || mail.template === "access-reopened";
}

/**
 * `sent`: the mail service took it. `refused`: it never will. `superseded`: no longer wanted when its turn
 * came (a newer link, a deleted account, an address that bounces).
 */
export type MailOutcome =
  | { readonly state: "sent"; readonly at: Instant; readonly messageId: string }
  | { readonly state: "refused" | "superseded"; readonly at: Instant; readonly reason: string };

export type MailState = "queued" | MailOutcome["state"];

/** SES's feedback on one mail to one address. */
export interface MailFeedback {
  readonly verdict: "ok" | "bounced" | "complained";
  /** SES's id for this piece of feedback, the same when it is delivered again. */
  readonly id: string;
  /** SES's id for the mail. */
  readonly messageId: string;
  readonly at: Instant;
  readonly email: string;
  /** The kind of bounce, in SES's own word. */
  readonly kind: string;
}
