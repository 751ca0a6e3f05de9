import type { PasswordLinkRepository, UserRepository } from "../../domain/ports.ts";
import type { Settings } from "../../domain/settings.ts";
import type { Clock, Instant } from "../../domain/time.ts";
import type { Operation } from "../kit/route.ts";
import { passwordRulesRepresentation } from "./get-password-policy.ts";
import type { routes } from "./routes.ts";
import { findUsableLink } from "./usable-link.ts";

/** Tells for whom a link is and until when, without using it up. @throws link-expired */
export type ViewPasswordLink = (token: string) => Promise<{ username: string; expiresAt: Instant }>;

export function viewPasswordLink({
  links,
  users,
  clock,
}: {
  links: Pick<PasswordLinkRepository, "find">;
  users: Pick<UserRepository, "findMember">;
  clock: Clock;
}): ViewPasswordLink {
  return async (token) => {
    const { user, expiresAt } = await findUsableLink(token, clock(), { links, users });
    return { username: user.username, expiresAt };
  };
}

export function getPasswordLink(
  view: ViewPasswordLink,
  { settings }: { settings: Settings },
): Operation<typeof routes.getPasswordLink> {
  return async ({ params, language }) => ({
    body: { ...(await view(params.token)), rules: passwordRulesRepresentation(settings, language) },
  });
}
