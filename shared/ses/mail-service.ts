import { SendEmailCommand, SendRawEmailCommand, SESClient } from "@aws-sdk/client-ses";
import { isThrottlingError, isTransientError } from "@smithy/core/retry";
import { DomainError } from "../domain/errors.ts";
import { MailRefused, type MailMessage, type MailService } from "../domain/ports/mail.ts";
import { clientSettings, limitCalls, patience, type Patience } from "../runtime/service-calls.ts";
import { mimeMessage } from "./mime.ts";

export function createSesClient(patient: Patience = patience.ses): SESClient {
  const client = new SESClient(clientSettings(patient));
  limitCalls(client, patient);
  return client;
}

/** SES's names for a parameter that it does not take. */
const invalidParameter = new Set(["InvalidParameterValue", "InvalidParameterValueException"]);

/** Its messages then are `Missing final '@domain'`, `Domain contains illegal character`, `Illegal address` and others. */
const aboutAnAddress = /\b(?:address(?:es)?|domain)\b/i;

/**
 * True for what SES will never take. Everything else passes, "Email address is not verified" among it: that is its
 * answer until the sender's DKIM records are found and, in the sandbox, for most recipients ("Amazon SES email sending
 * errors" in its guide). It accepts mail to an address on the suppression list, and reports a bounce.
 */
const isForGood = (error: Error) => invalidParameter.has(error.name) && aboutAnAddress.test(error.message);

/** Errors of the account or its settings, which say nothing about the mail. */
const ofTheAccount = new Set([
  "AccountSendingPausedException",
  "ConfigurationSetDoesNotExistException",
  "ConfigurationSetSendingPausedException",
  "MailFromDomainNotVerifiedException",
]);

function ofTheService(error: Error): boolean {
  const failure = error as Parameters<typeof isTransientError>[0];
  return ofTheAccount.has(error.name) || isThrottlingError(failure) || isTransientError(failure);
}

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
      if (!(error instanceof Error)) throw error;
      if (isForGood(error)) throw new MailRefused(error.name, { cause: error });
      if (!ofTheService(error)) throw error;
      throw new DomainError("temporarily-unavailable", { cause: error });
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
