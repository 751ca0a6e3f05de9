import type { CognitoIdentityProviderClient } from "@aws-sdk/client-cognito-identity-provider";
import { describe, expect, it } from "vitest";
import { CognitoIdentityProvider } from "../../../shared/cognito/identity-provider.ts";
import { AccountDisabled, AdmissionRefused } from "../../../shared/domain/ports/identity-provider.ts";

/** A user pool that fails every call on accounts in one way. */
function failing(name: string, message = name) {
  const calls: string[] = [];
  const send = (command: { constructor: { name: string } }) => {
    if (command.constructor.name === "DescribeUserPoolClientCommand")
      return Promise.resolve({ UserPoolClient: { ClientSecret: "secret" } });
    calls.push(command.constructor.name);
    return Promise.reject(Object.assign(new Error(message), { name }));
  };
  const client = { send } as unknown as CognitoIdentityProviderClient;
  const provider = new CognitoIdentityProvider({ client, userPoolId: "pool", userPoolClientId: "client" });
  return { calls, provider };
}

describe("what Cognito says of a sign-in", () => {
  it.each([
    ["NotAuthorizedException", "Incorrect username or password.", { code: "invalid-credentials" }],
    ["NotAuthorizedException", "User is disabled.", AccountDisabled],
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
