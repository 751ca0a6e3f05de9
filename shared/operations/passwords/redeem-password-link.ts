import type { Origin } from "../../domain/audit.ts";
import type { PasswordLinkRepository, UserRepository } from "../../domain/ports.ts";
import { instant } from "../../domain/time.ts";
import { accept, judge, type AcceptPasswordDependencies } from "./accept-password.ts";
import { findUsableLink } from "./usable-link.ts";

export interface RedeemDependencies extends AcceptPasswordDependencies {
  readonly links: Pick<PasswordLinkRepository, "find">;
  readonly users: Pick<UserRepository, "findMember">;
}

/** Sets a password with a link. @throws link-expired, password-rejected, temporarily-unavailable */
export type RedeemPasswordLink = (redemption: {
  token: string;
  password: string;
  origin: Origin;
}) => Promise<void>;

/** A password that is refused, or that cannot be set now, leaves the link as it was. */
export function redeemPasswordLink(dependencies: RedeemDependencies): RedeemPasswordLink {
  return async ({ token, password, origin }) => {
    const now = dependencies.clock();
    const link = await findUsableLink(token, now, dependencies);
    const candidate = { ...link, password, origin, pointer: "/password" };
    const history = await judge(candidate, dependencies);
    const { linkId } = link.reference;
    await accept(candidate, history, { linkId, at: instant(now), keepSession: null }, dependencies);
  };
}
