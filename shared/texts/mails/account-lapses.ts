import { longDate } from "../dates.ts";
import { quantity } from "../quantities.ts";
import { facts, heading, link, paragraph, type MailWriter } from "./content.ts";

/** Tells a user that their account ends if they do not sign in (DESIGN §2, Inactivity). */
export const accountLapses: MailWriter<"account-lapses"> = (data, { user }, context) => {
  const { since, lapsesOn, daysLeft } = data;
  const { contacts, publicUrl, settings } = context;
  const used = user.lastLoginAt !== null;
  return {
    subject: `Uw account voor Portero stopt over ${quantity(daysLeft, "day", "nl")}`,
    blocks: [
      paragraph(
        used
          ? `U hebt sinds ${longDate(since, "nl")} niet ingelogd bij Portero. Een account dat ${quantity(settings.inactivityMonths, "month", "nl")} niet is gebruikt, stopt vanzelf.`
          : `U hebt nog nooit ingelogd bij Portero. Een account dat ${quantity(settings.inactivityMonths, "month", "nl")} niet is gebruikt, stopt vanzelf.`,
      ),
      facts(
        { label: "Gebruikersnaam", value: user.username },
        { label: "Uw account stopt op", value: longDate(lapsesOn, "nl") },
      ),
      heading("Wilt u uw account houden?"),
      paragraph("Log dan voor die dag één keer in bij Portero."),
      link("Naar Portero", contacts.porteroUrl),
      paragraph("Werkt uw wachtwoord niet meer, of hebt u er nog geen? Vraag dan een nieuw wachtwoord aan."),
      link("Nieuw wachtwoord aanvragen", `${publicUrl}/wachtwoord-aanvragen`),
      heading("Hebt u uw account niet meer nodig?"),
      paragraph(
        "Dan hoeft u niets te doen. Een account dat is gestopt, kan niet meer aan. Hebt u later weer toegang nodig? Dan maakt de beheerder van uw organisatie een nieuw account voor u.",
      ),
    ],
  };
};
