import { Duration, RemovalPolicy, SecretValue, Stack, Validations } from "aws-cdk-lib";
import type { CfnUserPoolClient, UserPoolClient } from "aws-cdk-lib/aws-cognito";
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
import { Secret } from "aws-cdk-lib/aws-secretsmanager";
import { Construct } from "constructs";
import type { Settings } from "../../shared/domain/settings.ts";

export interface ClosedUserPoolProps {
  readonly settings: Settings;
  readonly removalPolicy: RemovalPolicy;
  /** The admission check: Cognito calls it before it issues any token, refreshed ones too, and issues none if it fails. */
  readonly admissionCheck: IFunction;
  /** The origin of the tokens' public keys, if not Cognito's own. */
  readonly jwksOrigin: string | undefined;
}

/** Tells the admission check the user's organisation. */
const organisationAttribute = "organisationId";

/**
 * The attributes that clients of the pool may read and write. An empty list would mean all of them, so clients may
 * write one attribute that nothing reads. They may read the organisation, so that Cognito certainly passes it to the
 * admission check.
 */
export const attributesOfClients = {
  readAttributes: new ClientAttributes().withCustomAttributes(organisationAttribute),
  writeAttributes: new ClientAttributes().withStandardAttributes({ locale: true }),
};

/**
 * A user pool that only keeps and checks passwords: no sign-up, no recovery, and no sign-in without our client or the
 * page for Portero (DESIGN §3; SECURITY 7–9).
 */
export class ClosedUserPool extends Construct {
  readonly pool: UserPool;
  readonly client: UserPoolClient;
  /** The secret of the client. Functions get it at deployment, so that no new container asks Cognito (docs/adr/0033). */
  readonly clientSecret: SecretValue;
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
      // Our own policy judges passwords, so Cognito's has only a minimum length.
      passwordPolicy: {
        minLength: 8,
        requireLowercase: false,
        requireUppercase: false,
        requireDigits: false,
        requireSymbols: false,
      },
      // Immutable, because the admission check looks the user up in this organisation.
      customAttributes: { [organisationAttribute]: new StringAttribute({ mutable: false }) },
      featurePlan: FeaturePlan.ESSENTIALS,
      deletionProtection: props.removalPolicy === RemovalPolicy.RETAIN,
      removalPolicy: props.removalPolicy,
    });
    this.pool.addTrigger(
      UserPoolOperation.PRE_TOKEN_GENERATION_CONFIG,
      props.admissionCheck,
      LambdaVersion.V2_0,
    );
    this.client = this.#addClient(props.settings);
    this.clientSecret = this.#keepClientSecret(props.removalPolicy);
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

  /**
   * The CDK's own `userPoolClientSecret` would fetch it with a function; CloudFormation has it as an attribute. It goes
   * to the other stack by way of Secrets Manager, because an export would show it.
   */
  #keepClientSecret(removalPolicy: RemovalPolicy): SecretValue {
    const client = this.client.node.defaultChild as CfnUserPoolClient;
    const secret = new Secret(this, "ClientSecret", {
      description: "Of the app client with which functions sign people in",
      secretStringValue: SecretValue.resourceAttribute(client.attrClientSecret),
      removalPolicy,
    });
    Validations.of(secret).acknowledge({
      id: "AwsSolutions-SMG4",
      reason:
        "Cognito makes the secret and cannot change it; a new app client has a new one (docs/deploy.md).",
    });
    return secret.secretValue;
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
