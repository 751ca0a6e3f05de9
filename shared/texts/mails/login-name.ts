import { facts, heading, link, paragraph, type MailWriter } from "./content.ts";

/** Names the login name to somebody who forgot it; it holds no secret. */
export const loginName: MailWriter<"login-name"> = (_data, { user }, { publicUrl }) => ({
  subject: "Uw gebruikersnaam voor Portero",
  blocks: [
    paragraph("Er is gevraagd welke gebruikersnaam bij dit e-mailadres hoort. Dat is:"),
    facts({ label: "Gebruikersnaam", value: user.username }),
    paragraph("Weet u ook uw wachtwoord niet meer? Vraag dan op deze pagina een nieuw wachtwoord aan:"),
    link("Wachtwoord aanvragen", `${publicUrl}/wachtwoord-aanvragen`),
    heading("Hebt u dit niet gevraagd?"),
    paragraph(
      "Dan hoeft u niets te doen: er verandert niets aan uw account. Krijgt u vaker zo'n mail zonder dat u erom vroeg? Meld dat dan bij de servicedesk.",
    ),
  ],
});
