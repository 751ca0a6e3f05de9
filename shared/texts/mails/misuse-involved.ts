import { dayInWords, longDate } from "../dates.ts";
import { facts, heading, paragraph, type MailWriter } from "./content.ts";

/** Tells a user that an incident of misuse in which they are involved led to a closure. */
export const misuseInvolved: MailWriter<"misuse-involved"> = (
  { closedAt, occurredOn },
  { user, organisation },
  { contacts },
) => ({
  subject: "U bent betrokken bij misbruik van Portero",
  blocks: [
    paragraph(
      `Op ${longDate(closedAt, "nl")} hebben wij de toegang van ${organisation.displayName} tot Portero gesloten, omdat Portero is misbruikt. Volgens ons dossier bent u hierbij betrokken.`,
    ),
    facts(
      { label: "Uw gebruikersnaam", value: user.username },
      {
        label: "Datum van het misbruik",
        value: occurredOn.map((day) => dayInWords(day, "nl")).join(", "),
      },
    ),
    heading("Wat betekent dit voor u?"),
    paragraph("U kunt niet meer inloggen bij Portero, net als uw collega's."),
    heading("Klopt dit niet?"),
    paragraph(
      `Mail dan naar contractmanagement: ${contacts.contractManagement.email}. Schrijf erbij wat er volgens u is gebeurd.`,
    ),
  ],
});
