import { describeError, logger } from "../../runtime/logging.ts";
import { readFeedback, type FeedbackOrigin } from "../../ses/read-feedback.ts";
import type { RecordFeedback } from "./record-feedback.ts";

/**
 * Records all feedback of an SNS event.
 * @returns a function that throws if anything fails, so that Lambda tries again and at last keeps the event among the
 * dead letters
 */
export function receiveFeedback(
  record: RecordFeedback,
  origin: FeedbackOrigin,
): (event: unknown) => Promise<void> {
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
