import { Logger } from "@aws-lambda-powertools/logger";

/** One logger per container. Logs carry codes and ids, never a name, address, password, token or link. */
export const logger = new Logger();

/**
 * The loggable parts of an unforeseen error: its kind and where it was thrown. Messages of services can quote their
 * input, so only messages of our own plain errors are kept.
 */
export function describeError(error: unknown): Record<string, unknown> {
  if (!(error instanceof Error)) return { error: typeof error };
  const own = error.name === "Error" || error.name === "DomainError";
  const status = (error as { $metadata?: { httpStatusCode?: number; requestId?: string } }).$metadata;
  return {
    error: error.name,
    ...(own && { reason: error.message.slice(0, 300) }),
    ...(error.cause instanceof Error && { cause: error.cause.name }),
    ...(status && { status: status.httpStatusCode, awsRequestId: status.requestId }),
    stack: error.stack
      ?.split("\n")
      .filter((line) => line.trimStart().startsWith("at "))
      .slice(0, 4)
      .map((line) => line.trim()),
  };
}
