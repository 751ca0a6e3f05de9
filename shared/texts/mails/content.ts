import type { MailData, MailTemplate } from "../../domain/mail.ts";
import type { Organisation } from "../../domain/organisation.ts";
import type { Settings } from "../../domain/settings.ts";
import type { User } from "../../domain/user.ts";
import type { Contacts } from "../../runtime/environment.ts";

/** A part of a mail's body. HTML and plain text are both made from it. */
export type MailBlock =
  | { readonly kind: "paragraph"; readonly text: string }
  | { readonly kind: "heading"; readonly text: string }
  | { readonly kind: "facts"; readonly facts: readonly MailFact[] }
  /** `label` names the action; the address is always shown as well. */
  | { readonly kind: "link"; readonly label: string; readonly url: string };

export interface MailFact {
  readonly label: string;
  readonly value: string;
}

export interface MailContent {
  readonly subject: string;
  readonly blocks: readonly MailBlock[];
}

/** The recipient of a mail. */
export interface MailRecipient {
  readonly user: User;
  readonly organisation: Organisation;
}

/** Values that mails name, beside their own data. */
export interface MailContext {
  readonly contacts: Contacts;
  /** Origin and base path of the pages, without a trailing slash. */
  readonly publicUrl: string;
  /** The address with the link's secret; only for `password-link`. */
  readonly linkUrl?: string;
  readonly settings: Settings;
}

/** Writes the Dutch content of a mail of one template. */
export type MailWriter<T extends MailTemplate> = (
  data: MailData[T],
  recipient: MailRecipient,
  context: MailContext,
) => MailContent;

export const paragraph = (text: string): MailBlock => ({ kind: "paragraph", text });
export const heading = (text: string): MailBlock => ({ kind: "heading", text });
export const facts = (...rows: MailFact[]): MailBlock => ({ kind: "facts", facts: rows });
export const link = (label: string, url: string): MailBlock => ({ kind: "link", label, url });
