import type { CognitoIdentityProviderClient } from "@aws-sdk/client-cognito-identity-provider";
import { describe, expect, it } from "vitest";
import { endSignIn } from "../../../shared/cognito/end-sign-in.ts";
import { CognitoIdentityProvider } from "../../../shared/cognito/identity-provider.ts";

/** A Cognito client that fails every call with an error of this name, or answers with nothing. */
function cognito(errorName: string | null) {
  const calls: string[] = [];
  const send = (command: { constructor: { name: string }; input: { Username: string } }) => {
    calls.push(`${command.constructor.name} ${command.input.Username}`);
    const error = Object.assign(new Error(), { name: errorName ?? "" });
    return errorName === null ? Promise.resolve({}) : Promise.reject(error);
  };
  const client = { send } as unknown as CognitoIdentityProviderClient;
  return {
    calls,
    provider: new CognitoIdentityProvider({ client, userPoolId: "pool", userPoolClientId: "c" }),
  };
}

describe("ending sign-in at Cognito", () => {
  it("disables the account and revokes its tokens", async () => {
    const { calls, provider } = cognito(null);
    await provider.disable("ftest");
    await provider.revokeTokens("ftest");
    expect(calls).toEqual(["AdminDisableUserCommand ftest", "AdminUserGlobalSignOutCommand ftest"]);
  });

  it("succeeds for a login name that never had a password, and so no account", async () => {
    const { provider } = cognito("UserNotFoundException");
    await expect(provider.disable("ftest")).resolves.toBeUndefined();
  });

  it("is repeated when disabling fails, and done when only the revocation of tokens fails", async () => {
    const { provider } = cognito("TooManyRequestsException");
    await expect(provider.disable("ftest")).rejects.toThrow("temporarily-unavailable");
    await expect(provider.revokeTokens("ftest")).resolves.toBeUndefined();
  });

  it("is left to the next run after three failures in a row, at a steady pace until then", async () => {
    const { calls, provider } = cognito("TooManyRequestsException");
    let paced = 0;
    const end = endSignIn({
      identityProvider: provider,
      due: { replace: () => Promise.resolve(true) },
      pace: () => Promise.resolve(void (paced += 1)),
    });
    const at = "2026-11-22";
    const entry = { kind: "unfinished", organisationId: "2", username: "ftest", at, about: null } as const;
    for (let attempt = 0; attempt < 5; attempt += 1) {
      await expect(end(entry)).rejects.toThrow("temporarily-unavailable");
    }
    expect([calls.length, paced]).toEqual([3, 3]);
  });
});
