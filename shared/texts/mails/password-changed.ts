import { longDate, longDateTime } from "../dates.ts";
import { facts, heading, link, paragraph, type MailWriter } from "./content.ts";

/** Tells the account's owner that its password changed, in case somebody else did it. */
export const passwordChanged: MailWriter<"password-changed"> = ({ changedAt }, { user }, context) => {
  const { contacts, publicUrl } = context;
  const validUntil =
    user.passwordExpiresAt === null
      ? []
      : [{ label: "Geldig tot", value: longDate(user.passwordExpiresAt, "nl") }];
  return {
    subject: "Uw wachtwoord voor Portero is gewijzigd",
    blocks: [
      paragraph("Er is een nieuw wachtwoord ingesteld voor uw account bij Portero."),
      facts(
        { label: "Gebruikersnaam", value: user.username },
        { label: "Gewijzigd op", value: longDateTime(changedAt, "nl") },
        ...validUntil,
      ),
      paragraph("Hebt u dit zelf gedaan? Dan hoeft u niets te doen."),
      heading("Hebt u dit niet zelf gedaan?"),
      paragraph(
        "Dan kan iemand anders bij uw account. Vraag meteen een nieuw wachtwoord aan en stel het in. Iedereen die met uw account is ingelogd, wordt dan uitgelogd.",
      ),
      link("Nieuw wachtwoord aanvragen", `${publicUrl}/wachtwoord-aanvragen`),
      paragraph(
        `Bel ook meteen de servicedesk: ${contacts.serviceDesk.phone}. Meld het daarnaast aan de beheerder van uw organisatie.`,
      ),
    ],
  };
};
