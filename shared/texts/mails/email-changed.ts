import { longDateTime } from "../dates.ts";
import { facts, heading, link, paragraph, type MailWriter } from "./content.ts";

/** Tells both addresses that a user's address changed; neither mail names the other address. */
export const emailChanged: MailWriter<"email-changed"> = (
  { changedAt, formerAddress },
  { user },
  { contacts, publicUrl },
) => {
  const changed = facts(
    { label: "Gebruikersnaam", value: user.username },
    { label: "Gewijzigd op", value: longDateTime(changedAt, "nl") },
  );
  const subject = "Uw e-mailadres voor Portero is gewijzigd";
  if (formerAddress !== null) {
    return {
      subject,
      blocks: [
        paragraph(
          "Een beheerder heeft het e-mailadres van uw account bij Portero gewijzigd. Mails over uw account gaan voortaan naar het nieuwe adres. Links om een wachtwoord in te stellen die naar dit adres zijn gestuurd, werken niet meer.",
        ),
        changed,
        heading("Klopt dit niet?"),
        paragraph(
          `Vraag de beheerder van uw organisatie om het adres te herstellen, of bel de servicedesk: ${contacts.serviceDesk.phone}.`,
        ),
      ],
    };
  }
  return {
    subject,
    blocks: [
      paragraph(
        "Een beheerder heeft dit e-mailadres ingesteld voor uw account bij Portero. Mails over uw account gaan voortaan naar dit adres.",
      ),
      changed,
      heading("Hebt u nog geen wachtwoord, of wilt u een nieuw wachtwoord?"),
      paragraph("Vul op deze pagina uw gebruikersnaam in. U krijgt dan op dit adres een mail met een link."),
      link("Wachtwoord aanvragen", `${publicUrl}/wachtwoord-aanvragen`),
      heading("Kent u Portero niet?"),
      paragraph(
        `Dan is dit adres misschien per ongeluk ingevuld. Laat het de servicedesk weten: ${contacts.serviceDesk.phone}.`,
      ),
    ],
  };
};
