import { quantity } from "../quantities.ts";
import { facts, heading, link, paragraph, type MailWriter } from "./content.ts";

/** The instruction for a new user; it holds no secret (DESIGN §2, Two mails). */
export const welcome: MailWriter<"welcome"> = ({ administrator }, { user, organisation }, context) => {
  const { contacts, publicUrl, settings } = context;
  return {
    subject: "Uw toegang tot Portero",
    blocks: [
      paragraph(
        `U hebt toegang gekregen tot Portero, als ${administrator ? "beheerder" : "gebruiker"} van ${organisation.displayName}. In deze mail leest u hoe u begint.`,
      ),
      facts({ label: "Uw gebruikersnaam", value: user.username }),
      heading("Stap 1. Vraag een wachtwoord aan"),
      paragraph(
        `Vul op deze pagina uw gebruikersnaam in. U krijgt dan een tweede mail, met een link. Met die link stelt u zelf uw wachtwoord in. De link werkt ${quantity(settings.linkHours, "hour", "nl")} en maar één keer.`,
      ),
      link("Wachtwoord aanvragen", `${publicUrl}/wachtwoord-aanvragen`),
      heading("Stap 2. Log in bij Portero"),
      paragraph("Log in met uw gebruikersnaam en uw nieuwe wachtwoord."),
      link("Naar Portero", contacts.porteroUrl),
      ...(administrator ? forAdministrators(publicUrl) : []),
      heading("Goed om te weten"),
      paragraph("Uw account is persoonlijk. Geef uw gebruikersnaam en uw wachtwoord aan niemand anders."),
      paragraph(
        `Een wachtwoord is ${quantity(settings.passwordMonths, "month", "nl")} geldig. Logt u ${quantity(settings.inactivityMonths, "month", "nl")} niet in, dan stopt uw account.`,
      ),
    ],
  };
};

function forAdministrators(publicUrl: string) {
  return [
    heading("Stap 3. Beheer de gebruikers van uw organisatie"),
    paragraph(
      "U bent beheerder. In het gebruikersbeheer regelt u welke mensen van uw organisatie in Portero mogen. U logt daar in met dezelfde gebruikersnaam en hetzelfde wachtwoord.",
    ),
    link("Naar het gebruikersbeheer", `${publicUrl}/`),
  ];
}
