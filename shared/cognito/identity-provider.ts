import { createHmac } from "node:crypto";
import {
  AdminCreateUserCommand,
  AdminEnableUserCommand,
  AdminInitiateAuthCommand,
  AdminSetUserPasswordCommand,
  CognitoIdentityProviderClient,
  type AuthenticationResultType,
} from "@aws-sdk/client-cognito-identity-provider";
import * as z from "zod/mini";
import { DomainError, isSignInRefusal, tooManyAttempts } from "../domain/errors.ts";
import { normalisePassword } from "../domain/password-policy.ts";
import {
  AccountDisabled,
  AdmissionRefused,
  type IdentityProvider,
  type IssuedTokens,
} from "../domain/ports/identity-provider.ts";
import type { User } from "../domain/user.ts";
import { describeError, logger } from "../runtime/logging.ts";
import { openConnection } from "../runtime/open-connection.ts";
import { clientSettings, limitCalls, patience, type Patience } from "../runtime/service-calls.ts";

/** Creates the client of a container. */
export function createCognitoClient(patient: Patience = patience.cognito): CognitoIdentityProviderClient {
  const client = new CognitoIdentityProviderClient(clientSettings(patient));
  limitCalls(client, patient);
  openConnection(client, AdminInitiateAuthCommand);
  return client;
}

/** The errors with which Cognito and its stand-ins reject a login name and password. */
const wrongCredentials = new Set([
  "NotAuthorizedException",
  "UserNotFoundException",
  "InvalidPasswordException",
  "InvalidParameterException",
  "UserNotConfirmedException",
  "PasswordResetRequiredException",
]);

/**
 * Cognito has one error for all of a trigger's: its message has the trigger's own, or says that it did not answer. Only
 * a refusal may end a session; the trigger's other failures are temporary (shared/cognito/token-trigger.ts).
 */
const triggerFailed = /failed with error temporarily-unavailable|timed out|timeout|invocation failed/i;

/**
 * Cognito's own lock, during which it judges no password: 1 second after five failures, twice as long after each further
 * one ("Lockout behavior for failed sign-in attempts" in its guide). A known browser can meet it, since its failures
 * count apart from those of strangers here, and together there. Ten failures in all lock for 32 seconds.
 */
const lockedByCognito = /password attempts exceeded/i;
const secondsOfThatLock = 60;

/** A name that is never given out. Text that cannot be a login name costs the same call with it (SECURITY 10). */
const nobody = "-nobody-";

const idClaims = z.object({
  "cognito:username": z.string(),
  jti: z.string(),
  exp: z.number(),
  iat: z.number(),
  organisationId: z.string(),
});

const nameOf = (error: unknown) => (error instanceof Error ? error.name : "");

/** Passwords in a Cognito user pool. Its access tokens could change accounts, so they are never passed on. */
export class CognitoIdentityProvider implements IdentityProvider {
  readonly #client: CognitoIdentityProviderClient;
  readonly #userPoolId: string;
  readonly #clientId: string;
  readonly #clientSecret: string | undefined;

  /** @param clientSecret needed to sign in and to refresh only */
  constructor(options: {
    client: CognitoIdentityProviderClient;
    userPoolId: string;
    userPoolClientId: string;
    clientSecret?: string | undefined;
  }) {
    this.#client = options.client;
    this.#userPoolId = options.userPoolId;
    this.#clientId = options.userPoolClientId;
    this.#clientSecret = options.clientSecret;
  }

  async signIn(username: string | null, password: string): Promise<IssuedTokens> {
    const name = username ?? nobody;
    return this.#authenticate("ADMIN_USER_PASSWORD_AUTH", name, {
      USERNAME: name,
      PASSWORD: normalisePassword(password),
    });
  }

  async refresh(username: string, refreshToken: string): Promise<IssuedTokens> {
    return this.#authenticate("REFRESH_TOKEN_AUTH", username, { REFRESH_TOKEN: refreshToken });
  }

  async setPassword(user: User, password: string): Promise<void> {
    try {
      if (user.passwordChangedAt === null) await this.#createAccount(user);
      await this.#setPassword(user.username, password);
    } catch (error) {
      throw new DomainError("temporarily-unavailable", { cause: error });
    }
  }

  async enable(username: string): Promise<void> {
    const command = new AdminEnableUserCommand({ UserPoolId: this.#userPoolId, Username: username });
    try {
      await this.#client.send(command);
    } catch (error) {
      throw new DomainError("temporarily-unavailable", { cause: error });
    }
  }

  async #setPassword(username: string, password: string): Promise<void> {
    const command = new AdminSetUserPasswordCommand({
      UserPoolId: this.#userPoolId,
      Username: username,
      Password: normalisePassword(password),
      Permanent: true,
    });
    await this.#client.send(command);
  }

  /** An existing account is left over from an interrupted attempt, so it is no error. */
  async #createAccount(user: User): Promise<void> {
    const command = new AdminCreateUserCommand({
      UserPoolId: this.#userPoolId,
      Username: user.username,
      MessageAction: "SUPPRESS",
      UserAttributes: [{ Name: "custom:organisationId", Value: user.organisationId }],
    });
    try {
      await this.#client.send(command);
    } catch (error) {
      if (nameOf(error) !== "UsernameExistsException") throw error;
    }
  }

  async #authenticate(
    flow: "ADMIN_USER_PASSWORD_AUTH" | "REFRESH_TOKEN_AUTH",
    username: string,
    parameters: Record<string, string>,
  ): Promise<IssuedTokens> {
    try {
      const command = new AdminInitiateAuthCommand({
        UserPoolId: this.#userPoolId,
        ClientId: this.#clientId,
        AuthFlow: flow,
        AuthParameters: { ...parameters, SECRET_HASH: this.#secretHash(username) },
      });
      const { AuthenticationResult } = await this.#client.send(command);
      return issuedTokens(AuthenticationResult);
    } catch (error) {
      throw translated(error);
    }
  }

  #secretHash(username: string): string {
    if (this.#clientSecret === undefined)
      throw new Error("Only functions that sign in have the client's secret");
    return createHmac("sha256", this.#clientSecret)
      .update(username + this.#clientId)
      .digest("base64");
  }
}

function issuedTokens(result: AuthenticationResultType | undefined): IssuedTokens {
  if (!result?.IdToken) throw new DomainError("invalid-credentials");
  const payload = Buffer.from(result.IdToken.split(".")[1] ?? "", "base64url").toString("utf8");
  const claims = z.parse(idClaims, JSON.parse(payload));
  return {
    idToken: result.IdToken,
    refreshToken: result.RefreshToken ?? null,
    username: claims["cognito:username"],
    jti: claims.jti,
    organisationId: claims.organisationId,
    expiresInSeconds: claims.exp - claims.iat,
  };
}

function translated(error: unknown): Error {
  if (isSignInRefusal(error)) return error;
  const name = nameOf(error);
  if (name === "UserLambdaValidationException" && !triggerFailed.test((error as Error).message))
    return new AdmissionRefused();
  if (name === "NotAuthorizedException" && /disabled/i.test((error as Error).message))
    return new AccountDisabled();
  if (name === "NotAuthorizedException" && lockedByCognito.test((error as Error).message))
    return tooManyAttempts(secondsOfThatLock);
  if (wrongCredentials.has(name)) {
    if (name === "InvalidParameterException")
      logger.warn("Cognito refused the parameters of a sign-in", describeError(error));
    return new DomainError("invalid-credentials");
  }
  return new DomainError("temporarily-unavailable", { cause: error });
}

/** The identity provider that a function's environment variables name. */
export function identityProviderFrom(environment: {
  USER_POOL_ID: string;
  USER_POOL_CLIENT_ID: string;
  USER_POOL_CLIENT_SECRET?: string;
}): CognitoIdentityProvider {
  return new CognitoIdentityProvider({
    client: createCognitoClient(),
    userPoolId: environment.USER_POOL_ID,
    userPoolClientId: environment.USER_POOL_CLIENT_ID,
    clientSecret: environment.USER_POOL_CLIENT_SECRET,
  });
}
