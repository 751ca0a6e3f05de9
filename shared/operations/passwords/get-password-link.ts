import type { PasswordLinkRepository } from "../../domain/ports/passwords.ts";
import type { UserRepository } from "../../domain/ports/users.ts";
import type { Settings } from "../../domain/settings.ts";
import type { Clock } from "../../domain/time.ts";
import type { Operation } from "../kit/operation.ts";
import { passwordRulesRepresentation } from "./get-password-policy.ts";
import type { routes } from "./routes.ts";
import { findUsableLink } from "./usable-link.ts";

/** Tells a link's user and expiry without using it up. @returns an operation that throws link-expired */
export function getPasswordLink({
  links,
  users,
  settings,
  clock,
}: {
  readonly links: Pick<PasswordLinkRepository, "find">;
  readonly users: Pick<UserRepository, "findMember">;
  readonly settings: Settings;
  readonly clock: Clock;
}): Operation<typeof routes.getPasswordLink> {
  return async ({ params, language }) => {
    const { user, expiresAt } = await findUsableLink(params.token, clock(), { links, users });
    const rules = passwordRulesRepresentation(settings, language);
    return { body: { username: user.username, expiresAt, rules } };
  };
}
