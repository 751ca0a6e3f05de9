import { tablesFrom } from "../../shared/dynamodb/client.ts";
import { DynamoMailStatusRepository } from "../../shared/dynamodb/mail-status-repository.ts";
import type { Environment } from "../../shared/runtime/environment.ts";
import { describeError, logger } from "../../shared/runtime/logging.ts";
import { readFeedback } from "../../shared/ses/read-feedback.ts";
import { recordFeedback } from "../../shared/operations/mail/record-feedback.ts";

/** What fails is thrown, for Lambda to try again and then to keep among the dead letters. */
export function wire(
  environment: Environment<
    "TABLE_NAME" | "AUDIT_TABLE_NAME" | "CONTACTS" | "MAIL_CONFIGURATION_SET" | "MAIL_FEEDBACK_TOPIC_ARN"
  >,
): (event: unknown) => Promise<void> {
  const record = recordFeedback({ mailStatuses: new DynamoMailStatusRepository(tablesFrom(environment)) });
  const origin = {
    topicArn: environment.MAIL_FEEDBACK_TOPIC_ARN,
    configurationSet: environment.MAIL_CONFIGURATION_SET,
    sender: environment.CONTACTS.sender,
  };
  return async (event) => {
    try {
      for (const feedback of readFeedback(event, origin)) {
        const { verdict, messageId, kind } = feedback;
        logger.info("mail feedback", { verdict, kind, messageId, result: await record(feedback) });
      }
    } catch (error) {
      logger.error("mail feedback not noted", describeError(error));
      throw new Error("Mail feedback was not noted; the log says why");
    }
  };
}
