import {
  UserLambdaValidationException,
  type CognitoIdentityProviderClient,
} from "@aws-sdk/client-cognito-identity-provider";
import { describe, expect, it } from "vitest";
import { CognitoIdentityProvider } from "../../../shared/cognito/identity-provider.ts";
import { tokenTrigger } from "../../../shared/cognito/token-trigger.ts";
import { SignInNotAdmitted } from "../../../shared/domain/admission.ts";
import { AccountDisabled, AdmissionRefused } from "../../../shared/domain/ports/identity-provider.ts";

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
  const thrown: unknown = await tokenTrigger(
    () => Promise.reject(failure),
    () => undefined,
  )(event).catch((error: unknown) => error);
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

/** A user pool that fails every call on accounts in one way. */
function failing(name: string, message = name) {
  const calls: string[] = [];
  const send = (command: { constructor: { name: string } }) => {
    calls.push(command.constructor.name);
    return Promise.reject(Object.assign(new Error(message), { name }));
  };
  const client = { send } as unknown as CognitoIdentityProviderClient;
  const provider = new CognitoIdentityProvider({
    client,
    userPoolId: "pool",
    userPoolClientId: "client",
    clientSecret: "secret",
  });
  return { calls, provider };
}

describe("what Cognito says of a sign-in", () => {
  it.each([
    ["NotAuthorizedException", "Incorrect username or password.", { code: "invalid-credentials" }],
    ["NotAuthorizedException", "User is disabled.", AccountDisabled],
    [
      "NotAuthorizedException",
      "Password attempts exceeded",
      { code: "too-many-attempts", retryAfterSeconds: 60 },
    ],
    ["UserLambdaValidationException", "expired", AdmissionRefused],
    ["TooManyRequestsException", "", { code: "temporarily-unavailable" }],
    ["UnexpectedLambdaException", "", { code: "temporarily-unavailable" }],
    ["TimeoutError", "", { code: "temporarily-unavailable" }],
  ])("%s (%s) is told apart, with one call", async (name, message, expected) => {
    const { calls, provider } = failing(name, message);
    const error: unknown = await provider
      .signIn("ftest", "Tulpenveld-48!")
      .catch((thrown: unknown) => thrown);
    if (typeof expected === "function") expect(error).toBeInstanceOf(expected);
    else expect(error).toMatchObject(expected);
    expect(calls).toEqual(["AdminInitiateAuthCommand"]);
  });

  it("an account that cannot be enabled now is one to try again", async () => {
    const { provider } = failing("TooManyRequestsException");
    await expect(provider.enable("ftest")).rejects.toThrow("temporarily-unavailable");
  });
});
