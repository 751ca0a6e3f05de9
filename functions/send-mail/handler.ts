import type { Context, DynamoDBBatchResponse, DynamoDBStreamEvent } from "aws-lambda";
import { readEnvironment } from "../../shared/runtime/environment.ts";
import { once } from "../../shared/runtime/once.ts";

const environment = readEnvironment([
  "TABLE_NAME",
  "AUDIT_TABLE_NAME",
  "PUBLIC_URL",
  "SETTINGS",
  "CONTACTS",
  "MAIL_CONFIGURATION_SET",
]);

const deliverBatch = once(async () => (await import("./wiring.ts")).wire(environment));

export const handler = async (event: DynamoDBStreamEvent, context: Context): Promise<DynamoDBBatchResponse> =>
  (await deliverBatch())(event, context);
