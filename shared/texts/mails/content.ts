import type { MailData, MailTemplate } from "../../domain/mail.ts";
import type { Organisation } from "../../domain/organisation.ts";
import type { Settings } from "../../domain/settings.ts";
import type { User } from "../../domain/user.ts";
import type { Contacts } from "../../runtime/environment.ts";

/** A part of a mail's body, from which both the HTML and the plain text are made. */
export type MailBlock =
  | { readonly kind: "paragraph"; readonly text: string }
  | { readonly kind: "heading"; readonly text: string }
  | { readonly kind: "facts"; readonly facts: readonly MailFact[] }
  /** What the link does, and where it goes; the address itself is always shown. */
  | { readonly kind: "link"; readonly label: string; readonly url: string };

export interface MailFact {
  readonly label: string;
  readonly value: string;
}

export interface MailContent {
  readonly subject: string;
  readonly blocks: readonly MailBlock[];
}

/** Whom a mail is for. */
export interface MailRecipient {
  readonly user: User;
  readonly organisation: Organisation;
}

/** What mails name beside their own data. */
export interface MailContext {
  readonly contacts: Contacts;
  /** Origin and base path of the pages, without a slash at the end. */
  readonly publicUrl: string;
  /** The page with the secret, for `password-link` alone. */
  readonly linkUrl?: string;
  readonly settings: Settings;
}

/** Says in Dutch what a mail of one template has to say. */
export type MailWriter<T extends MailTemplate> = (
  data: MailData[T],
  recipient: MailRecipient,
  context: MailContext,
) => MailContent;

export const paragraph = (text: string): MailBlock => ({ kind: "paragraph", text });
export const heading = (text: string): MailBlock => ({ kind: "heading", text });
export const facts = (...rows: MailFact[]): MailBlock => ({ kind: "facts", facts: rows });
export const link = (label: string, url: string): MailBlock => ({ kind: "link", label, url });
