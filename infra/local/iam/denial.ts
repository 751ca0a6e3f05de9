import { randomUUID } from "node:crypto";
import type { NeededAction, ServiceCall } from "./service-calls.ts";

export interface Denial {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

/** The answer of AWS to a call that IAM does not allow, in the protocol of the service. */
export function denial(
  service: ServiceCall["service"],
  { action, resource }: NeededAction,
  principal: string,
): Denial {
  const message = `User: ${principal} is not authorized to perform: ${action} on resource: ${resource} because no identity-based policy allows the ${action} action`;
  switch (service) {
    case "dynamodb":
      return json(400, "com.amazon.coral.service#AccessDeniedException", message, "1.0");
    case "cognito":
      return json(400, "AccessDeniedException", message, "1.1");
    case "lambda":
      return json(403, "AccessDeniedException", message, "1.1");
    case "ses":
      return xml(message);
  }
}

function json(status: number, type: string, message: string, version: string): Denial {
  return {
    status,
    headers: { "Content-Type": `application/x-amz-json-${version}`, "x-amzn-errortype": type },
    body: JSON.stringify({ __type: type, Message: message, message }),
  };
}

function xml(message: string): Denial {
  const error = `<Error><Type>Sender</Type><Code>AccessDenied</Code><Message>${message}</Message></Error>`;
  return {
    status: 403,
    headers: { "Content-Type": "text/xml" },
    body: `<ErrorResponse xmlns="http://ses.amazonaws.com/doc/2010-12-01/">${error}<RequestId>${randomUUID()}</RequestId></ErrorResponse>`,
  };
}
