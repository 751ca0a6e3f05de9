import * as cognito from "@aws-sdk/client-cognito-identity-provider";
import { describe, expect, it } from "vitest";
import { production, resource, resources } from "./template.ts";

const { data } = production;
const pool = resource(data, "AWS::Cognito::UserPool").Properties;
const clients = resources(data, "AWS::Cognito::UserPoolClient");
const flows = clients.flatMap(({ Properties }) => Properties["ExplicitAuthFlows"] as string[]);

/** The properties of the pool that make operations harmless; each is asserted below. */
const facts = {
  /** Nobody can sign themselves up. */
  closed: () => {
    expect(pool).toMatchObject({ AdminCreateUserConfig: { AllowAdminCreateUserOnly: true } });
    expect(pool).not.toHaveProperty("AutoVerifiedAttributes");
  },
  /** Only an administrator can recover an account; Cognito refuses to send codes, and knows no address. */
  noRecovery: () => {
    expect(pool).toMatchObject({
      AccountRecoverySetting: { RecoveryMechanisms: [{ Name: "admin_only", Priority: 1 }] },
    });
    const attributes = pool["Schema"] as { Name: string }[];
    expect(attributes.map(({ Name }) => Name)).toEqual(["organisationId"]);
  },
  /**
   * These take an access token with the scope `aws.cognito.signin.user.admin`. Sign-ins through the page have
   * the scope `openid` alone; those through our own client do have it, and their access token goes no further
   * than shared/cognito/identity-provider.ts.
   */
  noAdminScope: () => {
    const scopes = clients.flatMap(({ Properties }) => Properties["AllowedOAuthScopes"] ?? []);
    expect(scopes).toEqual(["openid"]);
    facts.noPublicSignIn();
  },
  /** No client takes a password, a proof of one or any first factor without IAM. */
  noPublicSignIn: () => {
    expect(new Set(flows)).toEqual(new Set(["ALLOW_ADMIN_USER_PASSWORD_AUTH", "ALLOW_REFRESH_TOKEN_AUTH"]));
    for (const { Properties } of clients) expect(Properties["ExplicitAuthFlows"]).toBeDefined();
    expect(pool["Policies"]).not.toHaveProperty("SignInPolicy");
  },
  /** A refresh token is of use only with the secret of the client that it was given to. */
  secretOfClient: () => {
    for (const { Properties } of clients) expect(Properties["GenerateSecret"]).toBe(true);
  },
  /** Every token, refreshed ones too, has to pass the admission check. */
  admissionCheck: () => {
    expect(pool).toMatchObject({ LambdaConfig: { PreTokenGenerationConfig: { LambdaVersion: "V2_0" } } });
  },
  /** Users could write one attribute, which nothing reads; the organisation is written once, by us. */
  nothingToWrite: () => {
    for (const { Properties } of clients) expect(Properties["WriteAttributes"]).toEqual(["locale"]);
    expect(pool["Schema"]).toMatchObject([{ Name: "organisationId", Mutable: false }]);
  },
  noSecondFactor: () => expect(pool["MfaConfiguration"]).toBe("OFF"),
  noDevices: () => expect(pool).not.toHaveProperty("DeviceConfiguration"),
  noPasskeys: () => {
    expect(pool).not.toHaveProperty("WebAuthnRelyingPartyID");
    facts.noPublicSignIn();
  },
  /** Without threat protection no mail with a link for feedback ever goes out. */
  noThreatProtection: () => expect(pool).not.toHaveProperty("UserPoolAddOns"),
  /** Rotation of refresh tokens, which the operation is for, is off. */
  noRotation: () => {
    for (const { Properties } of clients) expect(Properties).not.toHaveProperty("RefreshTokenRotation");
  },
};
type Fact = keyof typeof facts;

/**
 * Every operation of a user pool that needs no IAM rights (Amazon Cognito Developer Guide, "Understanding API, OIDC, and
 * managed login pages authentication": unauthenticated and token-authorised operations), and why each is harmless here.
 */
const withoutIam: Record<string, readonly [because: string, ...Fact[]]> = {
  SignUp: ["refused: only we make accounts", "closed"],
  ConfirmSignUp: ["there is never anything to confirm", "closed"],
  ResendConfirmationCode: ["there are no codes", "closed"],
  ForgotPassword: ["refused: recovery is for administrators", "noRecovery"],
  ConfirmForgotPassword: ["there are no codes", "noRecovery"],
  InitiateAuth: [
    "no flow takes a password; refreshing passes the admission check",
    "noPublicSignIn",
    "secretOfClient",
    "admissionCheck",
  ],
  RespondToAuthChallenge: ["no flow asks anything back", "noPublicSignIn", "noSecondFactor"],
  GetTokensFromRefreshToken: [
    "refused without rotation, and needs the client's secret",
    "noRotation",
    "secretOfClient",
  ],
  RevokeToken: ["takes away, gives nothing; needs the client's secret", "secretOfClient"],
  ChangePassword: ["needs a token with a scope that nobody has", "noAdminScope"],
  DeleteUser: ["needs that token", "noAdminScope"],
  GetUser: ["needs that token", "noAdminScope"],
  GetUserAuthFactors: ["needs that token", "noAdminScope"],
  GlobalSignOut: ["needs that token", "noAdminScope"],
  ListUserSessions: ["needs that token", "noAdminScope"],
  RevokeUserSession: ["needs that token", "noAdminScope"],
  UpdateUserAttributes: ["needs that token, and there is nothing to write", "noAdminScope", "nothingToWrite"],
  DeleteUserAttributes: [
    "needs that token, and there is nothing to delete",
    "noAdminScope",
    "nothingToWrite",
  ],
  GetUserAttributeVerificationCode: [
    "needs that token, and there is nothing to verify",
    "noAdminScope",
    "noRecovery",
  ],
  VerifyUserAttribute: ["needs that token, and there is nothing to verify", "noAdminScope", "noRecovery"],
  AssociateSoftwareToken: [
    "needs that token or a challenge; second factors are off",
    "noAdminScope",
    "noSecondFactor",
  ],
  VerifySoftwareToken: [
    "needs that token or a challenge; second factors are off",
    "noAdminScope",
    "noSecondFactor",
  ],
  SetUserMFAPreference: ["needs that token; second factors are off", "noAdminScope", "noSecondFactor"],
  SetUserSettings: ["needs that token; second factors are off", "noAdminScope", "noSecondFactor"],
  ConfirmDevice: ["needs that token; devices are not remembered", "noAdminScope", "noDevices"],
  ForgetDevice: ["needs that token; devices are not remembered", "noAdminScope", "noDevices"],
  GetDevice: ["needs that token; devices are not remembered", "noAdminScope", "noDevices"],
  ListDevices: ["needs that token; devices are not remembered", "noAdminScope", "noDevices"],
  UpdateDeviceStatus: ["needs that token; devices are not remembered", "noAdminScope", "noDevices"],
  StartWebAuthnRegistration: ["needs that token; no passkey signs in", "noAdminScope", "noPasskeys"],
  CompleteWebAuthnRegistration: ["needs that token; no passkey signs in", "noAdminScope", "noPasskeys"],
  ListWebAuthnCredentials: ["needs that token; no passkey signs in", "noAdminScope", "noPasskeys"],
  DeleteWebAuthnCredential: ["needs that token; no passkey signs in", "noAdminScope", "noPasskeys"],
  UpdateAuthEventFeedback: ["needs a token from a mail that is never sent", "noThreatProtection"],
};

/** The operations that the SDK sends without a signature. */
function unsignedOperations(): string[] {
  const { config } = new cognito.CognitoIdentityProviderClient({ region: "eu-west-1" });
  const operations = Object.keys(cognito).flatMap((name) => /^([A-Z]\w+)Command$/.exec(name)?.[1] ?? []);
  return operations.filter((operation) =>
    config
      .httpAuthSchemeProvider({ operation, region: "eu-west-1" })
      .some(({ schemeId }) => schemeId === "smithy.api#noAuth"),
  );
}

describe("operations of the user pool that anyone on the internet can call (SECURITY 8)", () => {
  it("are all looked at here, and the SDK knows no others", () => {
    expect(Object.keys(withoutIam).sort()).toEqual(unsignedOperations().sort());
  });

  it.each(Object.entries(withoutIam))("%s: %j", (_, [, ...because]) => {
    expect(because.length).toBeGreaterThan(0);
    for (const fact of because) facts[fact]();
  });
});
