import { BatchProcessor, EventType, processPartialResponse } from "@aws-lambda-powertools/batch";
import type { Context, DynamoDBBatchResponse, DynamoDBRecord, DynamoDBStreamEvent } from "aws-lambda";
import { tablesFrom } from "../../shared/dynamodb/client.ts";
import { mailIdOf } from "../../shared/dynamodb/keys.ts";
import { DynamoMailOutbox } from "../../shared/dynamodb/mail-outbox.ts";
import { DynamoPasswordLinkRepository } from "../../shared/dynamodb/password-link-repository.ts";
import { DynamoUserRepository } from "../../shared/dynamodb/user-repository.ts";
import type { Environment } from "../../shared/environment.ts";
import { describeError, logger } from "../../shared/logging.ts";
import { createSesClient, SesMailService } from "../../shared/ses/mail-service.ts";
import { system } from "../../shared/system.ts";
import { deliverMail, type DeliverMail } from "./deliver-mail.ts";
import { renderMail } from "./templates/render-mail.tsx";

type Handler = (event: DynamoDBStreamEvent, context: Context) => Promise<DynamoDBBatchResponse>;

/** Mails that should be tried again are given back to the stream; the others of the batch are not held up. */
export function wire(
  environment: Environment<"TABLE_NAME" | "AUDIT_TABLE_NAME" | "PUBLIC_URL" | "SETTINGS" | "CONTACTS">,
): Handler {
  const { SETTINGS: settings, CONTACTS: contacts, PUBLIC_URL: publicUrl } = environment;
  const tables = tablesFrom(environment);
  const deliver = deliverMail({
    outbox: new DynamoMailOutbox(tables),
    users: new DynamoUserRepository(tables),
    links: new DynamoPasswordLinkRepository({ ...tables, settings }),
    mailService: new SesMailService({ client: createSesClient(), sender: contacts.sender }),
    render: (mail, recipient, linkToken) =>
      renderMail(mail, recipient, {
        contacts,
        publicUrl,
        settings,
        ...(linkToken !== null && { linkUrl: `${publicUrl}/wachtwoord/${linkToken}` }),
      }),
    settings,
    ...system,
  });
  const processor = new BatchProcessor(EventType.DynamoDBStreams);
  const handleRecord = recordHandler(deliver);
  return (event, context) =>
    processPartialResponse(event, handleRecord, processor, { context, throwOnFullBatchFailure: false });
}

function recordHandler(deliver: DeliverMail) {
  return async (record: DynamoDBRecord): Promise<void> => {
    const mailId = mailIdOf(record.dynamodb?.Keys?.["PK"]?.S ?? "");
    if (mailId === null) return;
    try {
      logger.info("mail", { mailId, result: await deliver(mailId) });
    } catch (error) {
      logger.error("mail not sent; it will be tried again", { mailId, ...describeError(error) });
      throw error;
    }
  };
}
