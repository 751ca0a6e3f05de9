import { describe, expect, it } from "vitest";
import { DomainError } from "../../../shared/domain/errors.ts";
import { describeError } from "../../../shared/runtime/logging.ts";
import { limitCalls, patience } from "../../../shared/runtime/service-calls.ts";

/** The error with which a call of a client fails, as the SDK throws it. */
async function failedCall(service: string, operation: string, thrown: Error): Promise<Error> {
  type Add = Parameters<typeof limitCalls>[0]["middlewareStack"]["add"];
  let middleware: Parameters<Add>[0] | null = null;
  limitCalls({ middlewareStack: { add: (given) => (middleware = given) } }, patience.ses);
  const context = { clientName: `${service}Client`, commandName: `${operation}Command` };
  const run = (middleware as unknown as Parameters<Add>[0])(() => Promise.reject(thrown), context);
  return run({}).catch((error: unknown) => error as Error);
}

const answered = (name: string, message: string) =>
  Object.assign(new Error(message), {
    name,
    $metadata: { attempts: 2, httpStatusCode: 400, requestId: "aws-request" },
  });

describe("an error in the log (SECURITY 25)", () => {
  it("names the call that it comes from, the answer and the attempts", async () => {
    const cause = await failedCall(
      "DynamoDB",
      "Query",
      answered("ThrottlingException", "ftest asked too much"),
    );
    const described = describeError(new DomainError("temporarily-unavailable", { cause }));
    expect(described).toMatchObject({
      error: "DomainError",
      reason: "temporarily-unavailable",
      cause: "ThrottlingException",
      awsService: "DynamoDB",
      awsOperation: "Query",
      attempts: 2,
      status: 400,
      awsRequestId: "aws-request",
      milliseconds: expect.any(Number) as unknown,
    });
    expect(JSON.stringify({ ...described, stack: [] })).not.toContain("ftest");
  });

  it.each([
    [
      "Email address is not verified. The following identities failed the check in region EU-WEST-1: f.test@zorg.example, portero@ciz.example",
      "Email address is not verified. The following identities failed the check in region EU-WEST-1: <address>, <address>",
    ],
    ["Illegal address <f.test@zorg.example>", "Illegal address <<address>>"],
    ["Missing final '@domain'", "Missing final '@domain'"],
    [
      "1 validation error detected: Value 'f test' at 'username' failed to satisfy constraint: Member must satisfy regular expression pattern",
      "1 validation error detected: value <…> at 'username' failed to satisfy constraint: Member must satisfy regular expression pattern",
    ],
  ])("has SES's and Cognito's words without addresses and values: %s", async (said, logged) => {
    for (const service of ["SES", "CognitoIdentityProvider"]) {
      const error = await failedCall(service, "SendEmail", answered("MessageRejected", said));
      expect(describeError(error)).toMatchObject({ detail: logged });
    }
  });
});
