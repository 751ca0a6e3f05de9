import { Duration, RemovalPolicy, Stack, Validations } from "aws-cdk-lib";
import type { UserPoolClient } from "aws-cdk-lib/aws-cognito";
import {
  AccountRecovery,
  ClientAttributes,
  FeaturePlan,
  LambdaVersion,
  Mfa,
  StringAttribute,
  UserPool,
  UserPoolClientIdentityProvider,
  UserPoolOperation,
} from "aws-cdk-lib/aws-cognito";
import type { IFunction } from "aws-cdk-lib/aws-lambda";
import { Construct } from "constructs";
import type { Settings } from "../../shared/domain/settings.ts";

export interface ClosedUserPoolProps {
  readonly settings: Settings;
  readonly removalPolicy: RemovalPolicy;
  /** Runs the admission check before every token, refreshed ones too; if it fails, no token is issued. */
  readonly tokenTrigger: IFunction;
  /** The origin of the tokens' public keys, if it is not Cognito's. */
  readonly jwksOrigin: string | undefined;
}

/** The attribute that tells the admission check the user's organisation. */
const organisationAttribute = "organisationId";

/**
 * The attributes that clients of the pool may read and write. An empty list would mean all of them, so the list for
 * writing has an attribute that nothing reads. Clients may read the organisation so that Cognito passes it to the
 * admission check.
 */
export const attributesOfClients = {
  readAttributes: new ClientAttributes().withCustomAttributes(organisationAttribute),
  writeAttributes: new ClientAttributes().withStandardAttributes({ locale: true }),
};

/**
 * A user pool that only keeps passwords: no sign-up, no recovery, and no sign-in but through our functions and the page
 * for Portero (DESIGN §3; docs/security.md 7–9).
 */
export class ClosedUserPool extends Construct {
  readonly pool: UserPool;
  readonly client: UserPoolClient;
  /** The `iss` claim of the pool's tokens. */
  readonly tokenIssuer: string;
  readonly tokenKeysAddress: string;

  constructor(scope: Construct, id: string, props: ClosedUserPoolProps) {
    super(scope, id);
    this.pool = new UserPool(this, "Pool", {
      selfSignUpEnabled: false,
      accountRecovery: AccountRecovery.NONE,
      signInAliases: { username: true },
      signInCaseSensitive: false,
      mfa: Mfa.OFF,
      // Cognito needs some policy; our own rule, which is stricter, decides on passwords.
      passwordPolicy: {
        minLength: 8,
        requireLowercase: false,
        requireUppercase: false,
        requireDigits: false,
        requireSymbols: false,
      },
      // Written once, when the account is made, for the admission check.
      customAttributes: { [organisationAttribute]: new StringAttribute({ mutable: false }) },
      featurePlan: FeaturePlan.ESSENTIALS,
      deletionProtection: props.removalPolicy === RemovalPolicy.RETAIN,
      removalPolicy: props.removalPolicy,
    });
    this.pool.addTrigger(
      UserPoolOperation.PRE_TOKEN_GENERATION_CONFIG,
      props.tokenTrigger,
      LambdaVersion.V2_0,
    );
    this.client = this.#addClient(props.settings);
    const { region, urlSuffix } = Stack.of(this);
    const cognito = `https://cognito-idp.${region}.${urlSuffix}`;
    this.tokenIssuer = `${cognito}/${this.pool.userPoolId}`;
    this.tokenKeysAddress = `${props.jwksOrigin ?? cognito}/${this.pool.userPoolId}/.well-known/jwks.json`;
    this.#acknowledge();
  }

  #addClient({ tokenMinutes, sessionHours }: Settings): UserPoolClient {
    return this.pool.addClient("Client", {
      generateSecret: true,
      authFlows: { adminUserPassword: true },
      disableOAuth: true,
      supportedIdentityProviders: [UserPoolClientIdentityProvider.COGNITO],
      preventUserExistenceErrors: true,
      enableTokenRevocation: true,
      idTokenValidity: Duration.minutes(tokenMinutes),
      accessTokenValidity: Duration.minutes(tokenMinutes),
      refreshTokenValidity: Duration.hours(sessionHours),
      authSessionValidity: Duration.minutes(3),
      ...attributesOfClients,
    });
  }

  #acknowledge(): void {
    Validations.of(this.pool).acknowledge(
      {
        id: "AwsSolutions-COG1",
        reason:
          "One function decides on passwords (three of four classes, names, history, common ones), and nothing else can set one; classes required here as well would refuse good passwords.",
      },
      {
        id: "AwsSolutions-COG2",
        reason: "A second factor is not part of the agreement with the organisations yet.",
      },
      {
        id: "AwsSolutions-COG8",
        reason:
          "Threat protection judges the addresses of sign-ins, and all of ours come from a function; locks and limits are our own.",
      },
    );
  }
}
