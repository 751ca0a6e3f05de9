import type { Origin } from "../../shared/domain/audit.ts";
import type { PasswordLinkRepository, UserRepository } from "../../shared/domain/ports.ts";
import { instant, plusMinutes } from "../../shared/domain/time.ts";
import { accept, judge, type AcceptPasswordDependencies } from "./accept-password.ts";
import { findUsableLink } from "./usable-link.ts";

export interface RedeemDependencies extends AcceptPasswordDependencies {
  readonly links: Pick<PasswordLinkRepository, "find" | "claim" | "release">;
  readonly users: Pick<UserRepository, "findMember">;
}

/** Sets a password with a link. @throws LinkExpired, PasswordRejected, TemporarilyUnavailable */
export type RedeemPasswordLink = (redemption: {
  token: string;
  password: string;
  origin: Origin;
}) => Promise<void>;

/** A redemption that has not finished after this long never will; longer than a function may run. */
const claimMinutes = 1;

/**
 * Judges the password, claims the link by one conditional write, sets the password at Cognito, and records it;
 * if Cognito fails the claim is given back, so that the link stays usable (DESIGN §3).
 */
export function redeemPasswordLink(dependencies: RedeemDependencies): RedeemPasswordLink {
  const { links, clock } = dependencies;
  return async ({ token, password, origin }) => {
    const now = clock();
    const link = await findUsableLink(token, now, dependencies);
    const candidate = { ...link, password, origin, pointer: "/password" };
    const history = await judge(candidate, dependencies);
    const at = instant(now);
    await links.claim(link.reference, at, plusMinutes(now, -claimMinutes));
    try {
      await accept(candidate, history, { changedAt: at, claimedAt: at, keepSession: null }, dependencies);
    } catch (error) {
      await links.release(link.reference, at);
      throw error;
    }
  };
}
