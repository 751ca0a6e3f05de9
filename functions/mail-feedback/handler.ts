import { tablesFrom } from "../../shared/dynamodb/client.ts";
import { DynamoMailStatusRepository } from "../../shared/dynamodb/mail-status-repository.ts";
import { receiveFeedback } from "../../shared/operations/mail/receive-feedback.ts";
import { recordFeedback } from "../../shared/operations/mail/record-feedback.ts";
import { readEnvironment } from "../../shared/runtime/environment.ts";
import { functionVariables } from "../../shared/runtime/function-variables.ts";

const environment = readEnvironment(functionVariables["mail-feedback"]);
const mailStatuses = new DynamoMailStatusRepository(tablesFrom(environment));

export const handler = receiveFeedback(recordFeedback({ mailStatuses }), {
  topicArn: environment.MAIL_FEEDBACK_TOPIC_ARN,
  configurationSet: environment.MAIL_CONFIGURATION_SET,
  sender: environment.CONTACTS.sender,
});
