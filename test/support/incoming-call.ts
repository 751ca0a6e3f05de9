import { DomainError } from "../../shared/domain/errors.ts";
import type { IncomingCall } from "../../shared/http/call-operation.ts";
import type { Caller } from "../../shared/operations/kit/operation.ts";

/** A call as an edge hands it to `callOperation`; what is left out is empty. */
export function incomingCall({
  caller,
  query = {},
  body,
  ...parts
}: Partial<Omit<IncomingCall, "authenticate" | "readQuery" | "readBody">> & {
  readonly caller?: Caller;
  readonly query?: Record<string, string>;
  readonly body?: unknown;
}): IncomingCall {
  return {
    authenticate: () => caller ?? Promise.reject(new DomainError("not-authenticated")),
    params: {},
    readQuery: () => query,
    readBody: () => body,
    ifMatch: undefined,
    idempotencyKey: undefined,
    wantsCsv: false,
    language: "nl",
    sourceAddress: "192.0.2.1",
    requestId: "request",
    ...parts,
  };
}
