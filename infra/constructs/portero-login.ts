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
  /** The addresses that Portero may name for the return after signing in. */
  readonly callbackUrls: readonly string[];
  /** The addresses that Portero may name for the return after signing out. */
  readonly logoutUrl: string;
  /** True if Portero can keep a secret, which a server can and an application in the browser cannot. */
  readonly clientSecret: boolean;
  /** The first label of the sign-in page's host name; absent: made of the stage and the account's number. */
  readonly domainPrefix: string | undefined;
}

/**
 * Sign-in for Portero itself: OpenID Connect with an authorisation code, on a page of Cognito's. Its tokens have only
 * the scope `openid`, which gives no access to Cognito's operations, and all of them pass the admission check. It cannot
 * refresh: Portero asks the page for new tokens.
 */
export class PorteroLogin extends Construct {
  readonly client: UserPoolClient;
  /** The address of the OAuth endpoints, without a slash at the end. */
  readonly address: string;

  constructor(scope: Construct, id: string, props: PorteroLoginProps) {
    super(scope, id);
    const { pool, stage, domainPrefix } = props;
    this.client = this.#addClient(props);
    // A prefix is unique in a region, so the default contains the number of the account.
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
    const { tokenMinutes } = props.settings;
    return props.pool.addClient("PorteroClient", {
      generateSecret: props.clientSecret,
      // Explicit, since by default a client allows SRP, with which people could sign in without the page.
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
      // Cognito's least. The admission check refuses all of them.
      refreshTokenValidity: Duration.hours(1),
      authSessionValidity: Duration.minutes(3),
      ...attributesOfClients,
    });
  }
}
