import type { OrganisationTextField } from "../domain/organisation.ts";
import { translated } from "./language.ts";

/** Names of an organisation's text fields, on pages and in mails. */
export const organisationFieldTexts = translated<Readonly<Record<OrganisationTextField, string>>>({
  nl: {
    name: "naam",
    displayName: "weergavenaam",
    agbCode: "agbcode",
    street: "straat",
    houseNumber: "huisnummer",
    houseNumberAddition: "huisnummertoevoeging",
    postalCode: "postcode",
    city: "woonplaats",
    phone: "telefoonnummer",
    fax: "faxnummer",
    email: "email",
  },
  en: {
    name: "name",
    displayName: "displayed name",
    agbCode: "AGB code",
    street: "street",
    houseNumber: "house number",
    houseNumberAddition: "house number addition",
    postalCode: "postal code",
    city: "town",
    phone: "telephone number",
    fax: "fax number",
    email: "e-mail",
  },
});
