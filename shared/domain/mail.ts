import type { Instant } from "./time.ts";

/** What each mail needs beside its recipient. Nothing here is a secret: a link is minted when its mail is sent. */
export interface MailData {
  welcome: { readonly administrator: boolean };
  "password-link": { readonly linkId: string };
  "password-changed": { readonly changedAt: Instant };
}

export type MailTemplate = keyof MailData;

/**
 * A mail in the outbox: written in the transaction of the change that causes it, sent from there at least
 * once (DESIGN §2, Nothing gets lost). Name and address are the user's at the time of sending.
 */
export type OutboxMail = {
  readonly [T in MailTemplate]: {
    readonly id: string;
    readonly template: T;
    readonly data: MailData[T];
    readonly organisationId: string;
    readonly username: string;
    readonly createdAt: Instant;
  };
}[MailTemplate];

/**
 * `sent`: the mail service took it. `refused`: it never will. `superseded`: no longer wanted when its turn
 * came (a newer link, a deleted account, an address that bounces).
 */
export type MailOutcome =
  | { readonly state: "sent"; readonly at: Instant; readonly messageId: string }
  | { readonly state: "refused" | "superseded"; readonly at: Instant; readonly reason: string };

export type MailState = "queued" | MailOutcome["state"];
