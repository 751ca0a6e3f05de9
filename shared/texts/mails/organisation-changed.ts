import type { OrganisationField } from "../../domain/organisation.ts";
import { longDateTime } from "../dates.ts";
import { organisationFieldTexts } from "../organisation-fields.ts";
import { facts, link, paragraph, type MailWriter } from "./content.ts";

/** Names of the organisation's fields, as on the pages. */
const fieldNames: Readonly<Record<OrganisationField, string>> = {
  ...organisationFieldTexts.nl,
  profile: "profiel",
  emailDomains: "e-maildomeinen",
  contactPerson: "contactpersoon",
  signatory: "tekenbevoegde",
  contract: "overeenkomst",
};

/** Tells an administrator that CIZ changed the organisation's data. */
export const organisationChanged: MailWriter<"organisation-changed"> = (
  { changedAt, fields },
  { organisation },
  { contacts, publicUrl },
) => ({
  subject: "De gegevens van uw organisatie bij Portero zijn gewijzigd",
  blocks: [
    paragraph(
      `${contacts.operatorName} heeft gegevens van ${organisation.displayName} gewijzigd in het gebruikersbeheer van Portero.`,
    ),
    facts(
      { label: "Gewijzigd op", value: longDateTime(changedAt, "nl") },
      { label: "Gewijzigd", value: fields.map((field) => fieldNames[field]).join(", ") },
    ),
    paragraph(
      "U ziet de nieuwe gegevens in het gebruikersbeheer. Is het profiel gewijzigd? Dan geldt dat voor iedereen vanaf de volgende keer inloggen.",
    ),
    link("Naar het gebruikersbeheer", `${publicUrl}/`),
    paragraph(`Klopt er iets niet? Mail dan naar contractmanagement: ${contacts.contractManagement.email}.`),
  ],
});
