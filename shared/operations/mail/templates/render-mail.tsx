import { renderToString } from "preact-render-to-string";
import type { LetterMail, UserMail } from "../../../domain/mail.ts";
import type { Organisation } from "../../../domain/organisation.ts";
import { displayedName } from "../../../domain/person.ts";
import { MailRefused, type MailAttachment, type MailMessage } from "../../../domain/ports/mail.ts";
import { closing, salutation } from "../../../texts/mails/closing.ts";
import type { MailContent, MailContext, MailRecipient } from "../../../texts/mails/content.ts";
import { letterMailWriters } from "../../../texts/mails/letters.ts";
import { mailWriters } from "../../../texts/mails/writers.ts";
import { oneLine } from "../../../texts/one-line.ts";
import { MailLayout } from "./layout.tsx";
import { plainText } from "./plain-text.ts";

/** Writes a mail's own words; the types hold each writer to the data of its own template. */
function write<D, T extends keyof D, R>(
  writers: { readonly [K in keyof D]: (data: D[K], recipient: R, context: MailContext) => MailContent },
  { template, data }: { readonly template: T; readonly data: D[T] },
  recipient: R,
  context: MailContext,
): MailContent {
  return writers[template](data, recipient, context);
}

/** Adds greeting and closing; HTML and plain text are made of one content, so that they say the same. */
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
    write(mailWriters, mail, recipient, context),
    context,
  );
}

/** A mail with a letter, ready to send. @throws MailRefused as `renderMail` */
export function renderLetterMail(
  mail: LetterMail,
  organisation: Organisation,
  letter: MailAttachment,
  context: MailContext,
): MailMessage {
  const content = write(letterMailWriters, mail, organisation, context);
  return { ...message(mail.to, content, context), attachments: [letter] };
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
