import { renderToString } from "preact-render-to-string";
import type { MailData, MailTemplate, OutboxMail } from "../../../shared/domain/mail.ts";
import { displayedName } from "../../../shared/domain/person.ts";
import { MailRefused, type MailMessage } from "../../../shared/domain/ports.ts";
import { closing, salutation } from "../../../shared/texts/mails/closing.ts";
import type { MailContent, MailContext, MailRecipient } from "../../../shared/texts/mails/content.ts";
import { mailWriters } from "../../../shared/texts/mails/writers.ts";
import { oneLine } from "../../../shared/texts/one-line.ts";
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

/**
 * A mail from the outbox, ready to send: HTML and plain text made of one content.
 * @throws MailRefused if the stored address could be read as anything but one address (SECURITY 20)
 */
export function renderMail(mail: OutboxMail, recipient: MailRecipient, context: MailContext): MailMessage {
  const { user } = recipient;
  if (/[\s\p{C}<>,;:]/u.test(user.email)) throw new MailRefused("The address is not one plain address");
  const { subject, blocks } = write(mail, recipient, context);
  const name = oneLine(displayedName(user));
  const body = [salutation(name), ...blocks, ...closing(context.contacts)];
  const html = renderToString(<MailLayout title={oneLine(subject)} blocks={body} />);
  return {
    to: { name, address: user.email },
    subject: oneLine(subject),
    html: `<!doctype html>\n${html}`,
    text: plainText(body),
  };
}
