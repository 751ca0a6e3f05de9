import type { PasswordLinkRepository } from "../../domain/ports/passwords.ts";
import type { UserRepository } from "../../domain/ports/users.ts";
import { instant } from "../../domain/time.ts";
import type { Operation } from "../kit/operation.ts";
import type { routes } from "./routes.ts";
import { accept, judge, type AcceptPasswordDependencies } from "./accept-password.ts";
import { findUsableLink } from "./usable-link.ts";

export interface RedeemDependencies extends AcceptPasswordDependencies {
  readonly links: Pick<PasswordLinkRepository, "find">;
  readonly users: Pick<UserRepository, "findMember">;
}

/**
 * Sets a password with a link. The link stays usable if the password is rejected or cannot be set now.
 * @returns an operation that throws link-expired, password-rejected, temporarily-unavailable
 */
export function redeemPasswordLink(
  dependencies: RedeemDependencies,
): Operation<typeof routes.redeemPasswordLink> {
  return async ({ params, body, origin }) => {
    const now = dependencies.clock();
    const link = await findUsableLink(params.token, now, dependencies);
    const candidate = { ...link, password: body.password, origin, pointer: "/password" };
    const history = await judge(candidate, dependencies);
    const { linkId } = link.reference;
    await accept(candidate, history, { linkId, at: instant(now), keepSession: null }, dependencies);
    return { body: null };
  };
}
