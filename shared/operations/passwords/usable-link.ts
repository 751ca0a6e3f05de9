import { DomainError } from "../../domain/errors.ts";
import type { LinkReference, PasswordLinkRepository } from "../../domain/ports/passwords.ts";
import type { Member, UserRepository } from "../../domain/ports/users.ts";
import { instant, type Instant } from "../../domain/time.ts";
import type { Organisation } from "../../domain/organisation.ts";
import { isUsable, linkState, type PasswordLink } from "../../domain/user.ts";
import { secretHash } from "../../domain/secret-hash.ts";

export interface UsableLink extends Member {
  readonly reference: LinkReference;
  readonly expiresAt: Instant;
}

/**
 * Finds the user and organisation of a link's secret. Only the user's newest link is usable, and only while account
 * and organisation are. It changes nothing, since mail scanners open links too.
 * @throws link-expired
 */
export async function findUsableLink(
  token: string,
  now: Date,
  {
    links,
    users,
  }: { links: Pick<PasswordLinkRepository, "find">; users: Pick<UserRepository, "findMember"> },
): Promise<UsableLink> {
  const reference = await links.find(secretHash(token));
  const member = reference && (await users.findMember(reference.organisationId, reference.username));
  const link = member?.user.passwordLink;
  const usable =
    link?.id === reference?.linkId &&
    link?.expiresAt &&
    linkState(link, instant(now)) === "open" &&
    member &&
    isUsable(member.user.status) &&
    member.organisation.status === "open" &&
    linkOutlivedClosure(link, member.organisation);
  if (!usable) throw new DomainError("link-expired");
  return { ...member, reference, expiresAt: link.expiresAt };
}

/** A link from before a closure stays unusable after the reopening. */
function linkOutlivedClosure({ requestedAt }: PasswordLink, { reopenedAt }: Organisation): boolean {
  return reopenedAt === null || requestedAt >= reopenedAt;
}
