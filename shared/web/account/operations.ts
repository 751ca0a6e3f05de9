import type { PasswordExpiry } from "../../domain/admission.ts";
import type { Origin } from "../../domain/audit.ts";
import type { Instant } from "../../domain/time.ts";
import type { routes as passwordRoutes } from "../../operations/passwords/routes.ts";
import type { WebSession } from "../../operations/sessions/web-session.ts";
import type { PageOperation } from "../kit/page-operation.ts";

export type { WebSession };

/**
 * The acts behind the pages, which hold all the rules. Where a page has a counterpart in the API, both call
 * the same operation. `origin.actor` is null throughout: who acts follows from login name, link or session.
 */
export interface WebOperations {
  /** Sends a link if there is anyone to send it to, and tells nobody whether there was. @throws too-many-attempts */
  readonly requestPasswordLink: (ask: {
    username: string;
    origin: Origin;
    sourceAddress: string;
  }) => Promise<void>;
  /** Looking does not use a link up; text that can be no token is an expired link too. @throws link-expired */
  readonly viewPasswordLink: (token: string) => Promise<{ username: string; expiresAt: Instant }>;
  /** @throws link-expired, password-rejected, temporarily-unavailable */
  readonly redeemPasswordLink: (redemption: {
    token: string;
    password: string;
    origin: Origin;
  }) => Promise<void>;
  /**
   * @returns in `cookie` the session's secret, of characters that a cookie may hold (RFC 6265 §4.1.1)
   * @throws SignInRefused, too-many-attempts, temporarily-unavailable
   */
  readonly signInToWeb: (credentials: {
    username: string;
    password: string;
    origin: Origin;
    sourceAddress: string;
  }) => Promise<{ cookie: string; passwordExpiry: PasswordExpiry }>;
  /** Null: the session, account or organisation has ended, or never was. */
  readonly findWebSession: (cookie: string) => Promise<WebSession | null>;
  /** Ends a session; one that has ended already is no error. */
  readonly endWebSession: (cookie: string, origin: Origin) => Promise<void>;
  readonly changePassword: PageOperation<typeof passwordRoutes.changePassword>;
}
