import { readEnvironment } from "../../shared/runtime/environment.ts";
import { once } from "../../shared/runtime/once.ts";

const environment = readEnvironment([
  "TABLE_NAME",
  "AUDIT_TABLE_NAME",
  "CONTACTS",
  "MAIL_CONFIGURATION_SET",
  "MAIL_FEEDBACK_TOPIC_ARN",
]);

const noteFeedback = once(async () => (await import("./wiring.ts")).wire(environment));

/** Called by SNS, which waits for no answer. */
export const handler = async (event: unknown): Promise<void> => (await noteFeedback())(event);
