import type { Organisation } from "../../domain/organisation.ts";
import type { Closure } from "../../domain/sanction.ts";
import type { Contacts } from "../../runtime/environment.ts";
import { longDate, longDateTime } from "../dates.ts";
import { oneLine } from "../one-line.ts";
import { referenceOf } from "./closing-letter.ts";
import { heading, letterEnd, letterHead, paragraph, type LetterContent } from "./content.ts";

/** The letter that tells the signatory that access is open again, and why. */
export function reopeningLetter(
  closure: Closure,
  reopening: { at: string; reason: string },
  organisation: Organisation,
  contacts: Contacts,
): LetterContent {
  const title = "Heropening van de toegang tot Portero";
  const { at, reason } = reopening;
  const parts = [
    ...letterHead(organisation, contacts, { at, reference: referenceOf(closure), subject: title }),
    paragraph(
      `Op ${longDate(closure.closedAt, "nl")} hebben wij de toegang van ${oneLine(organisation.name)} tot Portero gesloten. Wij hebben de toegang op ${longDateTime(at, "nl")} weer geopend.`,
    ),
    heading("Waarom openen wij de toegang weer?"),
    paragraph(reason),
    heading("Wat betekent dit?"),
    paragraph(
      "De gebruikers van uw organisatie kunnen weer inloggen. Iedereen moet opnieuw inloggen. Is een wachtwoord intussen verlopen? Dan vraagt de gebruiker een nieuw wachtwoord aan. Is een account intussen gestopt omdat het lang niet is gebruikt? Dan blijft dat account gestopt. Uw beheerder kan de gebruiker opnieuw toevoegen.",
    ),
    ...letterEnd(contacts),
  ];
  return { title, sender: contacts.operatorName, at, parts };
}
