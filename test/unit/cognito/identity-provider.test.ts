import {
  UserLambdaValidationException,
  type CognitoIdentityProviderClient,
} from "@aws-sdk/client-cognito-identity-provider";
import { describe, expect, it } from "vitest";
import { CognitoIdentityProvider } from "../../../shared/cognito/identity-provider.ts";
import { tokenTrigger } from "../../../shared/cognito/token-trigger.ts";
import { SignInNotAdmitted } from "../../../shared/domain/admission.ts";
import { AdmissionRefused } from "../../../shared/domain/ports/identity-provider.ts";

/** Cognito's answer after its trigger failed. */
function providerAfter(message: string): CognitoIdentityProvider {
  const send = () => Promise.reject(new UserLambdaValidationException({ message, $metadata: {} }));
  return new CognitoIdentityProvider({
    client: { send } as unknown as CognitoIdentityProviderClient,
    userPoolId: "pool",
    userPoolClientId: "client",
    clientSecret: "secret",
  });
}

const event = {
  version: "2",
  triggerSource: "TokenGeneration_Authentication",
  userName: "ftest",
  request: {
    userAttributes: { "custom:organisationId": "2" },
    scopes: ["aws.cognito.signin.user.admin"],
  },
};

/** The message with which the trigger fails, as Cognito passes it on. */
async function messageAfter(failure: Error): Promise<string> {
  const thrown: unknown = await tokenTrigger(() => Promise.reject(failure))(event).catch(
    (error: unknown) => error,
  );
  return `PreTokenGeneration failed with error ${(thrown as Error).message}.`;
}

describe("a token trigger that fails", () => {
  it("has refused when the admission check did: no other call may say otherwise", async () => {
    const provider = providerAfter(await messageAfter(new SignInNotAdmitted("account-inactive")));
    await expect(provider.signIn("ftest", "x")).rejects.toThrow(AdmissionRefused);
    await expect(provider.refresh("ftest", "x")).rejects.toThrow(AdmissionRefused);
  });

  it.each([
    async () => messageAfter(new TypeError("a fault of ours")),
    async () => messageAfter(new Error("The function has no time left")),
    () =>
      "PreTokenGeneration failed with error 2026-12-01T05:00:00.000Z 1f2e Task timed out after 5.00 seconds.",
    () => "PreTokenGeneration invocation failed due to error Socket timeout while invoking Lambda function.",
    () => "PreTokenGeneration invocation failed due to error TooManyRequestsException.",
  ])("is temporary in every other case, so that nobody's session ends over it: case %#", async (message) => {
    const provider = providerAfter(await message());
    await expect(provider.refresh("ftest", "x")).rejects.toThrow("temporarily-unavailable");
    await expect(provider.signIn("ftest", "x")).rejects.toThrow("temporarily-unavailable");
  });
});
