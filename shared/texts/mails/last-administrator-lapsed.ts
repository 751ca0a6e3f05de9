import { longDate } from "../dates.ts";
import { facts, heading, link, paragraph, type MailWriter } from "./content.ts";

/** Tells a contract manager that an organisation has no active administrator left. */
export const lastAdministratorLapsed: MailWriter<"last-administrator-lapsed"> = (
  data,
  _to,
  { publicUrl },
) => {
  const { organisationId, organisationName, lapsedOn } = data;
  return {
    subject: `Geen beheerder meer voor Portero bij ${organisationName}`,
    blocks: [
      paragraph(
        "Het account van de laatste actieve beheerder van een organisatie is gestopt, omdat er te lang niet mee is ingelogd. Niemand kan de gebruikers van deze organisatie nu beheren.",
      ),
      facts(
        { label: "Organisatie", value: organisationName },
        { label: "Nummer", value: organisationId },
        { label: "Gestopt op", value: longDate(lapsedOn, "nl") },
      ),
      heading("Wat kunt u doen?"),
      paragraph(
        "Neem contact op met de contactpersoon van de organisatie. Wijs daarna in het gebruikersbeheer een nieuwe beheerder aan.",
      ),
      link("Naar het gebruikersbeheer", `${publicUrl}/`),
    ],
  };
};
