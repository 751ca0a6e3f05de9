import type { User } from "../user.ts";

/** The store of passwords. Methods throw temporarily-unavailable when it does not answer. */
export interface IdentityProvider {
  /**
   * Checks a password and returns tokens. The token trigger has then run the admission check.
   * @param username null for text that cannot be a login name, which costs the same call
   * @throws invalid-credentials; AdmissionRefused if the admission check refused; AccountDisabled
   */
  signIn(username: string | null, password: string): Promise<IssuedTokens>;
  /** @throws invalid-credentials; AdmissionRefused; AccountDisabled */
  refresh(username: string, refreshToken: string): Promise<IssuedTokens>;
  /** Sets the password; the first password also creates the account at the provider. */
  setPassword(user: User, password: string): Promise<void>;
  /** Lets passwords of a disabled account be checked again. */
  enable(username: string): Promise<void>;
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
