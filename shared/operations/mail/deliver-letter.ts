import type { LetterMail } from "../../domain/mail.ts";
import type { Organisation } from "../../domain/organisation.ts";
import type { MailAttachment, MailMessage } from "../../domain/ports/mail.ts";
import type { OrganisationRepository } from "../../domain/ports/organisations.ts";
import type { LetterRepository } from "../../domain/ports/sanctions.ts";
import { letterFileNames } from "../../domain/sanction.ts";
import { letterOf } from "../../domain/sanction-mails.ts";

export interface LetterDependencies {
  readonly organisations: Pick<OrganisationRepository, "find">;
  readonly letters: LetterRepository;
  readonly renderLetter: (
    mail: LetterMail,
    organisation: Organisation,
    letter: MailAttachment,
  ) => MailMessage;
}

/** A mail with the letter that was written for it, ready to send. */
export async function letterMessage(
  mail: LetterMail,
  { organisations, letters, renderLetter }: LetterDependencies,
): Promise<MailMessage> {
  const { id: mailId, organisationId, data } = mail;
  const kind = letterOf(mail);
  const organisation = await organisations.find(organisationId);
  const content = await letters.find(organisationId, data.closureId, kind);
  if (!organisation || !content) throw new Error("A mail with a letter has no letter");
  const fileName = letterFileNames[kind];
  const attachment = { fileName, mediaType: "application/pdf", content } as const;
  return { ...renderLetter(mail, organisation, attachment), mailId };
}
