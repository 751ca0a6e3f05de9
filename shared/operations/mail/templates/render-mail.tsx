import { renderToString } from "preact-render-to-string";
import type {
  MailData,
  MailTemplate,
  LetterMail,
  LetterMailData,
  LetterMailTemplate,
  UserMail,
} from "../../../domain/mail.ts";
import type { Organisation } from "../../../domain/organisation.ts";
import { displayedName } from "../../../domain/person.ts";
import { MailRefused, type MailAttachment, type MailMessage } from "../../../domain/ports.ts";
import { closing, salutation } from "../../../texts/mails/closing.ts";
import type { MailContent, MailContext, MailRecipient } from "../../../texts/mails/content.ts";
import { letterMailWriters } from "../../../texts/mails/letters.ts";
import { mailWriters } from "../../../texts/mails/writers.ts";
import { oneLine } from "../../../texts/one-line.ts";
import { MailLayout } from "./layout.tsx";
import { plainText } from "./plain-text.ts";

/** Template and data together, so that a writer is known to get the data of its own template. */
interface Content<T extends MailTemplate> {
  readonly template: T;
  readonly data: MailData[T];
}

function write<T extends MailTemplate>(
  { template, data }: Content<T>,
  recipient: MailRecipient,
  context: MailContext,
): MailContent {
  return mailWriters[template](data, recipient, context);
}

/** Greeting and closing go around every mail's own words; HTML and plain text are made of one content. */
function message(
  { name, address }: MailMessage["to"],
  { subject, blocks }: MailContent,
  { contacts }: Pick<MailContext, "contacts">,
): MailMessage {
  if (/[\s\p{C}<>,;:]/u.test(address)) throw new MailRefused("The address is not one plain address");
  const to = { name: oneLine(name), address };
  const body = [salutation(to.name), ...blocks, ...closing(contacts)];
  const html = renderToString(<MailLayout title={oneLine(subject)} blocks={body} />);
  return { to, subject: oneLine(subject), html: `<!doctype html>\n${html}`, text: plainText(body) };
}

/**
 * A mail from the outbox, ready to send.
 * @throws MailRefused if the stored address could be read as anything but one address (SECURITY 20)
 */
export function renderMail(mail: UserMail, recipient: MailRecipient, context: MailContext): MailMessage {
  const { user } = recipient;
  return message(
    { name: displayedName(user), address: user.email },
    write(mail, recipient, context),
    context,
  );
}

interface LetterMailContent<T extends LetterMailTemplate> {
  readonly template: T;
  readonly data: LetterMailData[T];
}

function writeAround<T extends LetterMailTemplate>(
  { template, data }: LetterMailContent<T>,
  organisation: Organisation,
  context: MailContext,
): MailContent {
  return letterMailWriters[template](data, organisation, context);
}

/** A mail with a letter, ready to send. @throws MailRefused as `renderMail` */
export function renderLetterMail(
  mail: LetterMail,
  organisation: Organisation,
  letter: MailAttachment,
  context: MailContext,
): MailMessage {
  return { ...message(mail.to, writeAround(mail, organisation, context), context), attachments: [letter] };
}

/** Renders mails of the outbox for one installation; `linkToken` is the secret of a password link, null without one. */
export function mailRenderer(context: Omit<MailContext, "linkUrl">): {
  readonly render: (mail: UserMail, recipient: MailRecipient, linkToken: string | null) => MailMessage;
  readonly renderLetter: (
    mail: LetterMail,
    organisation: Organisation,
    letter: MailAttachment,
  ) => MailMessage;
} {
  const { publicUrl } = context;
  return {
    render: (mail, recipient, linkToken) =>
      renderMail(mail, recipient, {
        ...context,
        ...(linkToken !== null && { linkUrl: `${publicUrl}/wachtwoord/${linkToken}` }),
      }),
    renderLetter: (mail, organisation, letter) => renderLetterMail(mail, organisation, letter, context),
  };
}
