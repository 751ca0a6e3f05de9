import { SendEmailCommand, SendRawEmailCommand, SESClient } from "@aws-sdk/client-ses";
import { MailRefused, type MailMessage, type MailService } from "../domain/ports.ts";
import { mimeMessage } from "./mime.ts";

export function createSesClient(): SESClient {
  return new SESClient({
    maxAttempts: 2,
    requestHandler: { connectionTimeout: 1_000, requestTimeout: 8_000 },
  });
}

/** Answers after which the same mail can be tried again as often as one likes: they will not change. */
const refusals = new Set([
  "MessageRejected",
  "InvalidParameterValue",
  "InvalidParameterValueException",
  "ValidationError",
  "BadRequestException",
]);

const text = (data: string) => ({ Charset: "UTF-8", Data: data });

/** Mail through SES. */
export class SesMailService implements MailService {
  readonly #client: SESClient;
  readonly #sender: string;
  readonly #configurationSet: string;

  /**
   * @param sender address that mails come from
   * @param configurationSet by which SES knows whom to tell of bounces and complaints
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

  /** SES takes attachments only in mails that are written out in full. */
  async #sendRaw(message: MailMessage): Promise<string> {
    const command = new SendRawEmailCommand({
      Source: this.#sender,
      ConfigurationSetName: this.#configurationSet,
      Destinations: [message.to.address],
      RawMessage: { Data: await mimeMessage(this.#sender, message) },
    });
    const { MessageId } = await this.#client.send(command);
    return MessageId ?? "";
  }
}
