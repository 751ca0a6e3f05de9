import { isDomainError } from "../domain/errors.ts";
import { describeError, logger } from "../runtime/logging.ts";
import { measure } from "../runtime/metrics.ts";

/**
 * Leaves a line in the log with the cause of an answer with 500 or 503. All other domain errors are answers, and no
 * failures. The code that turns an error into an answer calls this, once.
 */
export function logFailure(error: unknown): void {
  if (!isDomainError(error)) {
    logger.error("unforeseen error", describeError(error));
    measure("UnforeseenErrors", 1);
  } else if (error.code === "temporarily-unavailable") {
    logger.error("temporarily unavailable", describeError(error));
  }
}
