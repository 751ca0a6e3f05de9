import { DomainError } from "../../domain/errors.ts";
import type { LinkReference, Member, PasswordLinkRepository, UserRepository } from "../../domain/ports.ts";
import { instant, type Instant } from "../../domain/time.ts";
import type { Organisation } from "../../domain/organisation.ts";
import { isUsable, linkState, type PasswordLink } from "../../domain/user.ts";
import { secretHash } from "../../domain/secret-hash.ts";

export interface UsableLink extends Member {
  readonly reference: LinkReference;
  readonly expiresAt: Instant;
}

/**
 * What a link's secret leads to, while it can be used: only the user's newest link, of an account and
 * organisation that may come in. Looking changes nothing, since mail scanners look too.
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
  const good =
    link?.id === reference?.linkId &&
    link?.expiresAt &&
    linkState(link, instant(now)) === "open" &&
    member &&
    isUsable(member.user.status) &&
    member.organisation.status === "open" &&
    linkOutlivedClosure(link, member.organisation);
  if (!good) throw new DomainError("link-expired");
  return { ...member, reference, expiresAt: link.expiresAt };
}

/** A link from before a closure ended with it, and the reopening does not bring it back. */
function linkOutlivedClosure({ requestedAt }: PasswordLink, { reopenedAt }: Organisation): boolean {
  return reopenedAt === null || requestedAt >= reopenedAt;
}
