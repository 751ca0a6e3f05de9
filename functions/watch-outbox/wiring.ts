import * as z from "zod/mini";
import { createDocumentClient } from "../../shared/dynamodb/client.ts";
import { DynamoQueuedMails } from "../../shared/dynamodb/queued-mails.ts";
import type { Environment } from "../../shared/runtime/environment.ts";
import { logger } from "../../shared/runtime/logging.ts";
import { measure } from "../../shared/runtime/metrics.ts";
import { watchOutbox } from "../../shared/operations/mail/watch-outbox.ts";

/** Of EventBridge's scheduled event, the only part that matters. */
const eventSchema = z.object({ time: z.iso.datetime({ offset: true }) });

/** Longer than a mail waits when all is well; what waits longer is worth a line in the log. */
const remarkableSeconds = 300;

export function wire({
  TABLE_NAME: tableName,
}: Environment<"TABLE_NAME">): (event: unknown) => Promise<{ oldestSeconds: number }> {
  const queued = new DynamoQueuedMails({ client: createDocumentClient(), tableName });
  const look = watchOutbox({ queued, measure });
  return async (event) => {
    const result = await look(new Date(z.parse(eventSchema, event).time));
    if (result.oldestSeconds > remarkableSeconds) logger.warn("mail waits", { ...result });
    return result;
  };
}
