import { Logger } from "@aws-lambda-powertools/logger";
import { failedCallOf } from "./service-calls.ts";

/** One logger per container. Logs carry codes and ids, never a name, address, password, token or link. */
export const logger = new Logger();

/**
 * Names the request in all lines that its invocation logs from now on, in the words of the access log. Its route is a
 * pattern, because paths can hold secrets.
 */
export function logRequestOf(event: {
  readonly resource: string;
  readonly requestContext: { readonly requestId: string };
}): void {
  logger.resetKeys();
  logger.appendKeys({ requestId: event.requestContext.requestId, route: event.resource });
}

/** Services whose messages say more than their errors' names, and quote nothing but addresses and values. */
const spokenFor = new Set(["SES", "CognitoIdentityProvider"]);

/**
 * The loggable parts of an error: its kind, where it was thrown and, if a call to a service failed, which call, and the
 * service's own name for it (`cause`). Messages of services can quote their input, so only messages of our own plain
 * errors are kept, and those of SES and Cognito without addresses and values (`detail`).
 */
export function describeError(error: unknown): Record<string, unknown> {
  if (!(error instanceof Error)) return { error: typeof error };
  const own = error.name === "Error" || error.name === "DomainError";
  return {
    error: error.name,
    ...(own && { reason: error.message.slice(0, 300) }),
    ...(error.cause instanceof Error && { cause: error.cause.name }),
    ...describeCall(error.cause instanceof Error ? error.cause : error),
    stack: error.stack
      ?.split("\n")
      .filter((line) => line.trimStart().startsWith("at "))
      .slice(0, 4)
      .map((line) => line.trim()),
  };
}

/** The call that an error comes from, and the answer to it, if there was one. */
function describeCall(error: Error): Record<string, unknown> {
  const call = failedCallOf(error);
  const answer = (error as { $metadata?: Answer }).$metadata;
  return {
    ...call,
    ...(answer && {
      attempts: answer.attempts,
      status: answer.httpStatusCode,
      awsRequestId: answer.requestId,
    }),
    ...(call && spokenFor.has(call.awsService) && { detail: withoutPersonalData(error.message) }),
  };
}

interface Answer {
  readonly attempts?: number;
  readonly httpStatusCode?: number;
  readonly requestId?: string;
}

/** Cognito quotes what it does not accept as `Value '…' at '<parameter>' failed to satisfy constraint`. */
function withoutPersonalData(message: string): string {
  return message
    .replaceAll(/[^\s<>"',;:()[\]]+@[^\s<>"',;:()[\]]+/g, "<address>")
    .replaceAll(/\bvalue '.*?' at\b/gis, "value <…> at")
    .slice(0, 300);
}
