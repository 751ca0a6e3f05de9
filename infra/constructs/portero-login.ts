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
  /** Where Portero may have people sent back to after signing in. */
  readonly callbackUrls: readonly string[];
  /** Where people may be sent after signing out. */
  readonly logoutUrl: string;
  /** Whether Portero can keep a secret, as a server can and an application in the browser cannot. */
  readonly clientSecret: boolean;
  /** The first label of the sign-in page's host; absent: one made of the stage and the account's number. */
  readonly domainPrefix: string | undefined;
}

/**
 * The way in for Portero itself: OpenID Connect with an authorisation code, on a page of Cognito's. Its tokens
 * have the one scope `openid`, which opens nothing in Cognito; every one of them has passed the doorkeeper.
 */
export class PorteroLogin extends Construct {
  readonly client: UserPoolClient;
  /** Where Portero finds the endpoints of OAuth, without a slash at the end. */
  readonly address: string;

  constructor(scope: Construct, id: string, props: PorteroLoginProps) {
    super(scope, id);
    const { pool, stage, domainPrefix } = props;
    this.client = this.#addClient(props);
    // No two accounts in a region can have the same prefix, so an empty account needs one that is its own.
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
      // Named, since a client that names none takes passwords by SRP, which would go round the page.
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
