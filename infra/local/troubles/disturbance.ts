import type { ServiceCall } from "../iam/service-calls.ts";

/** What happens to a call in place of, or before, the stand-in's answer. */
export type Disturbance =
  /** Is answered like this, and not passed on. */
  | ({ readonly kind: "answer" } & ServiceAnswer)
  /** Is taken, and never answered. */
  | { readonly kind: "hang" }
  /** The connection is reset, and the call is not passed on. */
  | { readonly kind: "reset" }
  /** Is passed on later. */
  | { readonly kind: "delay"; readonly milliseconds: number };

export interface ServiceAnswer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

/** A call, and the logical id of the function that makes it. */
export interface DisturbedCall extends ServiceCall {
  readonly functionId: string;
}

/** @returns null if the call passes undisturbed */
export type Disturb = (call: DisturbedCall) => Disturbance | null;

/** The name of the operation in either protocol, such as `TransactWriteItems` or `SendEmail`. */
export function operationOf({ target, body }: Pick<ServiceCall, "target" | "body">): string {
  return target.split(".")[1] ?? new URLSearchParams(body).get("Action") ?? "";
}

/**
 * An error of a service with the protocol AWS JSON 1.0 (DynamoDB) or 1.1 (Cognito).
 * @param more members beside the error's type and message
 */
export function jsonError(
  version: "1.0" | "1.1",
  type: string,
  message: string,
  { status = 400, more = {} }: { status?: number; more?: object } = {},
): ServiceAnswer {
  return {
    status,
    headers: { "Content-Type": `application/x-amz-json-${version}`, "x-amzn-errortype": type },
    body: JSON.stringify({ __type: type, message, ...more }),
  };
}

/** An error of SES in the AWS Query protocol; `Sender` means that the request is at fault. */
export function queryError(code: string, message: string, status = 400): ServiceAnswer {
  const error = `<Error><Type>Sender</Type><Code>${code}</Code><Message>${message}</Message></Error>`;
  return {
    status,
    headers: { "Content-Type": "text/xml" },
    body: `<ErrorResponse xmlns="http://ses.amazonaws.com/doc/2010-12-01/">${error}<RequestId>${crypto.randomUUID()}</RequestId></ErrorResponse>`,
  };
}
