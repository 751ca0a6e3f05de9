import type { Origin } from "../../domain/audit.ts";
import type { PasswordLinkRepository } from "../../domain/ports/passwords.ts";
import type { Member, UserRepository } from "../../domain/ports/users.ts";
import { instant } from "../../domain/time.ts";
import type { Operation } from "../kit/operation.ts";
import type { routes } from "./routes.ts";
import { accept, judge, type AcceptPasswordDependencies } from "./accept-password.ts";
import { findUsableLink } from "./usable-link.ts";

export interface RedeemDependencies extends AcceptPasswordDependencies {
  readonly links: Pick<PasswordLinkRepository, "find">;
  readonly users: Pick<UserRepository, "findMember">;
}

/** A password for the user of a link. */
export interface Redemption {
  readonly token: string;
  readonly password: string;
  readonly origin: Origin;
  /** A hash of the form that is used; null for the API. */
  readonly usedWith: string | null;
}

/**
 * Sets a password with a link. The link stays usable if the password is rejected or cannot be set now.
 * @returns the account that the link belongs to, as it was before
 * @throws link-expired, password-rejected, temporarily-unavailable
 */
export async function redeemLink(redemption: Redemption, dependencies: RedeemDependencies): Promise<Member> {
  const { token, password, origin, usedWith } = redemption;
  const now = dependencies.clock();
  const link = await findUsableLink(token, now, dependencies);
  const candidate = { ...link, password, origin, pointer: "/password" };
  const history = await judge(candidate, dependencies);
  const { linkId } = link.reference;
  const how = { linkId, at: instant(now), keepSession: null, usedWith };
  await accept(candidate, history, how, dependencies);
  return link;
}

export function redeemPasswordLink(
  dependencies: RedeemDependencies,
): Operation<typeof routes.redeemPasswordLink> {
  return async ({ params: { token }, body: { password }, origin }) => {
    await redeemLink({ token, password, origin, usedWith: null }, dependencies);
    return { body: null };
  };
}
