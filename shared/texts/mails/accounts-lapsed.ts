import { quantity } from "../quantities.ts";
import { facts, heading, link, paragraph, type MailWriter } from "./content.ts";

/** Tells an administrator which accounts lapsed, in one mail per run of the job. */
export const accountsLapsed: MailWriter<"accounts-lapsed"> = (data, { organisation }, context) => {
  const { usernames, count } = data;
  const { publicUrl, settings } = context;
  const others = count - usernames.length;
  const one = count === 1;
  return {
    subject: one ? "Een account voor Portero is gestopt" : `Er zijn ${count} accounts voor Portero gestopt`,
    blocks: [
      paragraph(
        `${one ? "Een account" : `${count} accounts`} van ${organisation.displayName} ${one ? "is" : "zijn"} gestopt, omdat er ${quantity(settings.inactivityMonths, "month", "nl")} niet mee is ingelogd. Deze mail gaat naar alle beheerders van uw organisatie.`,
      ),
      facts(...usernames.map((username) => ({ label: "Gebruikersnaam", value: username }))),
      ...(others > 0
        ? [paragraph(`En nog ${others} andere. U ziet ze allemaal in het gebruikersbeheer.`)]
        : []),
      heading("Heeft iemand toch nog toegang nodig?"),
      paragraph(
        "Een account dat is gestopt, kan niet meer aan. Maak dan in het gebruikersbeheer een nieuw account met de oude gegevens. U vindt de gestopte accounts met 'Toon verwijderde gebruikers'.",
      ),
      link("Naar het gebruikersbeheer", `${publicUrl}/`),
    ],
  };
};
