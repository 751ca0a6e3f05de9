import { createDocumentClient } from "../../shared/dynamodb/client.ts";
import { DynamoQueuedMails } from "../../shared/dynamodb/queued-mails.ts";
import { scheduledTime } from "../../shared/operations/jobs/scheduled-event.ts";
import { watchOutbox } from "../../shared/operations/mail/watch-outbox.ts";
import { readEnvironment } from "../../shared/runtime/environment.ts";
import { functionVariables } from "../../shared/runtime/function-variables.ts";
import { measure } from "../../shared/runtime/metrics.ts";

const { TABLE_NAME: tableName } = readEnvironment(functionVariables["watch-outbox"]);
const queued = new DynamoQueuedMails({ client: createDocumentClient(), tableName });
const watch = watchOutbox({ queued, measure });

export const handler = (event: unknown) => watch(scheduledTime(event));
