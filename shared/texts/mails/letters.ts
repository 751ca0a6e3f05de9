import type { LetterMailData, LetterMailTemplate } from "../../domain/mail.ts";
import type { Organisation } from "../../domain/organisation.ts";
import { longDateTime } from "../dates.ts";
import { groundTexts } from "../letters/closing-letter.ts";
import { paragraph, type MailContent, type MailContext } from "./content.ts";

type LetterMailWriter<T extends LetterMailTemplate> = (
  data: LetterMailData[T],
  organisation: Organisation,
  context: Pick<MailContext, "contacts">,
) => MailContent;

/** The writers of mails with a letter. */
export const letterMailWriters: { readonly [T in LetterMailTemplate]: LetterMailWriter<T> } = {
  "access-closed": ({ ground, closedAt }, { name }, { contacts }) => ({
    subject: "De toegang van uw organisatie tot Portero is gesloten",
    blocks: [
      paragraph(
        `Wij hebben op ${longDateTime(closedAt, "nl")} de toegang van ${name} tot Portero gesloten. De reden is ${groundTexts[ground]}.`,
      ),
      paragraph(
        "Niemand van uw organisatie kan nog inloggen. In de brief bij deze mail leest u waarom, wat dit betekent en hoe u bezwaar kunt maken. De brief is gericht aan de tekenbevoegde van uw organisatie.",
      ),
      paragraph(
        `Hebt u hier vragen over? Mail naar contractmanagement: ${contacts.contractManagement.email}.`,
      ),
    ],
  }),
  "access-reopened": ({ reopenedAt }, { name }, { contacts }) => ({
    subject: "De toegang van uw organisatie tot Portero is weer open",
    blocks: [
      paragraph(
        `Wij hebben op ${longDateTime(reopenedAt, "nl")} de toegang van ${name} tot Portero weer geopend.`,
      ),
      paragraph(
        "De gebruikers van uw organisatie kunnen weer inloggen. In de brief bij deze mail leest u meer. De brief is gericht aan de tekenbevoegde van uw organisatie.",
      ),
      paragraph(
        `Hebt u hier vragen over? Mail naar contractmanagement: ${contacts.contractManagement.email}.`,
      ),
    ],
  }),
};
