import type { User } from "../user.ts";

/** The store of passwords. Methods throw temporarily-unavailable when it does not answer. */
export interface IdentityProvider {
  /**
   * Checks a password and returns tokens. The token trigger has then run the admission check.
   * @param username null for text that cannot be a login name, which costs the same call
   * @throws invalid-credentials; AdmissionRefused if the admission check refused; AccountDisabled
   */
  signIn(username: string | null, password: string): Promise<IssuedTokens>;
  /** @throws invalid-credentials; AdmissionRefused */
  refresh(username: string, refreshToken: string): Promise<IssuedTokens>;
  /** Sets the password; the first password also creates the account at the provider. */
  setPassword(user: User, password: string): Promise<void>;
  /** Blocks all sign-ins with this login name. A login name that never had a password needs no call. */
  disable(username: string): Promise<void>;
  /** Revokes a login name's tokens where the provider supports it. Our own session check does not rely on it. */
  revokeTokens(username: string): Promise<void>;
}

/** The password was right, but the admission check refused. Call `admit` for the reason. */
export class AdmissionRefused extends Error {}

/** Cognito rejects disabled accounts without checking the password, so it may have been right or wrong. */
export class AccountDisabled extends Error {}

export interface IssuedTokens {
  readonly idToken: string;
  /** Null when refreshing. */
  readonly refreshToken: string | null;
  readonly username: string;
  /** The `jti` claim of the identity token. */
  readonly jti: string;
  /** The claim that the admission check added. */
  readonly organisationId: string;
  readonly expiresInSeconds: number;
}
