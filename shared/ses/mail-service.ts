import { SendEmailCommand, SESClient } from "@aws-sdk/client-ses";
import { MailRefused, type MailMessage, type MailService } from "../domain/ports.ts";

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

  /** @param sender address that mails come from */
  constructor({ client, sender }: { client: SESClient; sender: string }) {
    this.#client = client;
    this.#sender = sender;
  }

  async send(message: MailMessage): Promise<string> {
    const command = new SendEmailCommand({
      Source: this.#sender,
      Destination: { ToAddresses: [message.to.address] },
      Message: {
        Subject: text(message.subject),
        Body: { Html: text(message.html), Text: text(message.text) },
      },
    });
    try {
      const { MessageId } = await this.#client.send(command);
      return MessageId ?? "";
    } catch (error) {
      if (error instanceof Error && refusals.has(error.name)) throw new MailRefused(error.name);
      throw error;
    }
  }
}
