import { quantity } from "../quantities.ts";
import { facts, heading, link, paragraph, type MailWriter } from "./content.ts";

/** Brings the one-time link, the only secret that mails ever hold (DESIGN §2, Two mails). */
export const passwordLink: MailWriter<"password-link"> = (_data, { user }, { linkUrl, settings }) => {
  if (linkUrl === undefined) throw new Error("The password-link mail needs its link");
  return {
    subject: "Stel uw wachtwoord voor Portero in",
    blocks: [
      paragraph("Er is een nieuw wachtwoord voor Portero aangevraagd voor deze gebruikersnaam:"),
      facts({ label: "Gebruikersnaam", value: user.username }),
      paragraph("Met deze link stelt u het wachtwoord in:"),
      link("Wachtwoord instellen", linkUrl),
      paragraph(
        `De link werkt ${quantity(settings.linkHours, "hour", "nl")} en maar één keer. Vraagt u een nieuwe link aan, dan werkt deze niet meer.`,
      ),
      heading("Hebt u dit niet aangevraagd?"),
      paragraph(
        "Dan hoeft u niets te doen: uw wachtwoord blijft zoals het is. Stuur deze mail niet door. Krijgt u vaker zo'n mail zonder dat u erom vroeg? Meld dat dan bij de servicedesk.",
      ),
    ],
  };
};
