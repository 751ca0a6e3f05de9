import type { MailTemplate } from "../../domain/mail.ts";
import type { MailWriter } from "./content.ts";
import { passwordChanged } from "./password-changed.ts";
import { passwordLink } from "./password-link.ts";
import { welcome } from "./welcome.ts";

/** Who writes each mail; a template without a writer is a type error. */
export const mailWriters: { readonly [T in MailTemplate]: MailWriter<T> } = {
  welcome,
  "password-link": passwordLink,
  "password-changed": passwordChanged,
};
