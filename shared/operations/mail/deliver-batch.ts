import { BatchProcessor, EventType, processPartialResponse } from "@aws-lambda-powertools/batch";
import type { Context, DynamoDBBatchResponse, DynamoDBRecord, DynamoDBStreamEvent } from "aws-lambda";
import type { MailOutbox } from "../../domain/ports/mail.ts";
import { DamagedItem } from "../../dynamodb/item-parser.ts";
import { mailIdOf } from "../../dynamodb/keys.ts";
import { describeError, logger } from "../../runtime/logging.ts";
import { withDeadline } from "../../runtime/service-calls.ts";
import type { DeliverMail } from "./deliver-mail.ts";
import { FailingMails } from "./failing-mails.ts";

export type MailHandler = (event: DynamoDBStreamEvent, context: Context) => Promise<DynamoDBBatchResponse>;

/**
 * Gives mails that should be tried again back to the stream, without holding up the others of the batch. Only the
 * mail's key is read from a record, so that a redrive can call the function with keys alone.
 */
export function deliverBatch(deliver: DeliverMail, outbox: Pick<MailOutbox, "setAside">): MailHandler {
  const failing = new FailingMails();
  const handleRecord = async (record: DynamoDBRecord): Promise<void> => {
    const mailId = mailIdOf(record.dynamodb?.Keys?.["PK"]?.S ?? "");
    if (mailId === null) return;
    try {
      const result = await deliver(mailId);
      failing.noteDelivered(mailId, result);
      logger.info("mail", { mailId, result });
    } catch (error) {
      if (error instanceof DamagedItem || failing.isToBlame(mailId, error)) {
        // Another attempt would fail too, and hold up all mails behind this one for a day.
        logger.error("mail set aside: trying again would not help", { mailId, ...describeError(error) });
        await outbox.setAside(mailId);
        return;
      }
      logger.error("mail not sent; it will be tried again", { mailId, ...describeError(error) });
      throw error;
    }
  };
  return withDeadline((event, context) => {
    // Its state belongs to one invocation, and it cannot be made outside of one.
    const processor = new BatchProcessor(EventType.DynamoDBStreams);
    return processPartialResponse(event, handleRecord, processor, {
      context,
      throwOnFullBatchFailure: false,
    });
  });
}
