import { Duration, Stack } from "aws-cdk-lib";
import {
  CfnManagedLoginBranding,
  ManagedLoginVersion,
  OAuthScope,
  UserPoolClientIdentityProvider,
  type UserPool,
  type UserPoolClient,
} from "aws-cdk-lib/aws-cognito";
import { Construct } from "constructs";
import { attributesOfClients } from "./closed-user-pool.ts";
import type { Settings } from "../../shared/domain/settings.ts";

export interface PorteroLoginProps {
  readonly pool: UserPool;
  readonly settings: Settings;
  readonly stage: string;
  /** The addresses that people may be sent back to after signing in. */
  readonly callbackUrls: readonly string[];
  /** The address that people may be sent to after signing out. */
  readonly logoutUrl: string;
  /** Gives the client a secret; false if Portero runs in browsers, which cannot keep one. */
  readonly clientSecret: boolean;
  /** The first label of the sign-in page's host; absent: made of the stage and the account's number. */
  readonly domainPrefix: string | undefined;
}

/**
 * Sign-in for Portero itself: OpenID Connect with an authorisation code, on Cognito's page. Its tokens have only the
 * scope `openid`, which allows no operation of Cognito, and each is issued after the admission check.
 */
export class PorteroLogin extends Construct {
  readonly client: UserPoolClient;
  /** The address of the OAuth endpoints, without a slash at the end. */
  readonly address: string;

  constructor(scope: Construct, id: string, props: PorteroLoginProps) {
    super(scope, id);
    const { pool, stage, domainPrefix } = props;
    this.client = this.#addClient(props);
    // A prefix is unique in a region, across all accounts.
    const prefix = domainPrefix ?? `${stage}-portero-${Stack.of(this).account}`;
    const domain = pool.addDomain("Domain", {
      cognitoDomain: { domainPrefix: prefix },
      managedLoginVersion: ManagedLoginVersion.NEWER_MANAGED_LOGIN,
    });
    this.address = domain.baseUrl();
    new CfnManagedLoginBranding(this, "Branding", {
      userPoolId: pool.userPoolId,
      clientId: this.client.userPoolClientId,
      useCognitoProvidedValues: true,
    });
  }

  #addClient(props: PorteroLoginProps): UserPoolClient {
    const { tokenMinutes, sessionHours } = props.settings;
    return props.pool.addClient("PorteroClient", {
      generateSecret: props.clientSecret,
      // A client without this setting allows SRP, a sign-in that does not pass the page.
      authFlows: { userSrp: false },
      oAuth: {
        flows: { authorizationCodeGrant: true },
        scopes: [OAuthScope.OPENID],
        callbackUrls: [...props.callbackUrls],
        logoutUrls: [props.logoutUrl],
      },
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
}
