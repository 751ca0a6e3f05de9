import { SendEmailCommand, SendRawEmailCommand, SESClient } from "@aws-sdk/client-ses";
import { MailRefused, type MailMessage, type MailService } from "../domain/ports/mail.ts";
import { mimeMessage } from "./mime.ts";

export function createSesClient(): SESClient {
  return new SESClient({
    maxAttempts: 2,
    requestHandler: { connectionTimeout: 1_000, requestTimeout: 8_000 },
  });
}

/** Permanent errors: a retry of the same mail cannot succeed. */
const refusals = new Set([
  "MessageRejected",
  "InvalidParameterValue",
  "InvalidParameterValueException",
  "ValidationError",
  "BadRequestException",
]);

/** The message tag with the mail's id, which SES adds to its feedback. */
export const mailTag = "portero-mail";

const text = (data: string) => ({ Charset: "UTF-8", Data: data });

export class SesMailService implements MailService {
  readonly #client: SESClient;
  readonly #sender: string;
  readonly #configurationSet: string;

  /**
   * @param sender the sender address of all mails
   * @param configurationSet makes SES publish bounces and complaints to our topic
   */
  constructor(options: { client: SESClient; sender: string; configurationSet: string }) {
    this.#client = options.client;
    this.#sender = options.sender;
    this.#configurationSet = options.configurationSet;
  }

  async send(message: MailMessage): Promise<string> {
    try {
      return await (message.attachments?.length ? this.#sendRaw(message) : this.#sendPlain(message));
    } catch (error) {
      if (error instanceof Error && refusals.has(error.name)) throw new MailRefused(error.name);
      throw error;
    }
  }

  async #sendPlain(message: MailMessage): Promise<string> {
    const command = new SendEmailCommand({
      Source: this.#sender,
      ConfigurationSetName: this.#configurationSet,
      Destination: { ToAddresses: [message.to.address] },
      Message: {
        Subject: text(message.subject),
        Body: { Html: text(message.html), Text: text(message.text) },
      },
    });
    const { MessageId } = await this.#client.send(command);
    return MessageId ?? "";
  }

  /** SES accepts attachments only in raw mails. */
  async #sendRaw(message: MailMessage): Promise<string> {
    const command = new SendRawEmailCommand({
      Source: this.#sender,
      ConfigurationSetName: this.#configurationSet,
      Destinations: [message.to.address],
      RawMessage: { Data: await mimeMessage(this.#sender, message) },
      ...(message.mailId !== undefined && { Tags: [{ Name: mailTag, Value: message.mailId }] }),
    });
    const { MessageId } = await this.#client.send(command);
    return MessageId ?? "";
  }
}
