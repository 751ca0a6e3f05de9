import type { MailTemplate } from "../../domain/mail.ts";
import type { MailWriter } from "./content.ts";
import { accountLapses } from "./account-lapses.ts";
import { accountsLapsed } from "./accounts-lapsed.ts";
import { emailChanged } from "./email-changed.ts";
import { lastAdministratorLapsed } from "./last-administrator-lapsed.ts";
import { loginName } from "./login-name.ts";
import { misuseInvolved } from "./misuse-involved.ts";
import { organisationChanged } from "./organisation-changed.ts";
import { passwordChanged } from "./password-changed.ts";
import { passwordExpires } from "./password-expires.ts";
import { passwordLink } from "./password-link.ts";
import { welcome } from "./welcome.ts";

/** One writer per template; a missing one is a type error. */
export const mailWriters: { readonly [T in MailTemplate]: MailWriter<T> } = {
  welcome,
  "password-link": passwordLink,
  "login-name": loginName,
  "password-changed": passwordChanged,
  "email-changed": emailChanged,
  "organisation-changed": organisationChanged,
  "misuse-involved": misuseInvolved,
  "password-expires": passwordExpires,
  "account-lapses": accountLapses,
  "accounts-lapsed": accountsLapsed,
  "last-administrator-lapsed": lastAdministratorLapsed,
};
