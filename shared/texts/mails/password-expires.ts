import { longDateTime } from "../dates.ts";
import { quantity } from "../quantities.ts";
import { facts, heading, link, paragraph, type MailWriter } from "./content.ts";

/** Tells a user how long the password is still valid and how to renew it (DESIGN §2, Expiry). */
export const passwordExpires: MailWriter<"password-expires"> = (data, { user }, { publicUrl, settings }) => {
  const { expiresAt, daysLeft } = data;
  const when = daysLeft === 0 ? "vandaag" : `over ${quantity(daysLeft, "day", "nl")}`;
  return {
    subject: `Uw wachtwoord voor Portero verloopt ${when}`,
    blocks: [
      paragraph(`Uw wachtwoord voor Portero verloopt ${when}. Daarna kunt u er niet meer mee inloggen.`),
      facts(
        { label: "Gebruikersnaam", value: user.username },
        { label: "Geldig tot", value: longDateTime(expiresAt, "nl") },
      ),
      heading("Stel nu een nieuw wachtwoord in"),
      paragraph(
        `Vul op deze pagina uw gebruikersnaam in. U krijgt dan een mail met een link, waarmee u een nieuw wachtwoord instelt. De link werkt ${quantity(settings.linkHours, "hour", "nl")} en maar één keer.`,
      ),
      link("Nieuw wachtwoord aanvragen", `${publicUrl}/wachtwoord-aanvragen`),
      paragraph(
        `Een nieuw wachtwoord is ${quantity(settings.passwordMonths, "month", "nl")} geldig. Hebt u het al gewijzigd? Dan hoeft u niets te doen.`,
      ),
    ],
  };
};
