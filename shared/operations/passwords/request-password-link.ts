import { tooManyAttempts } from "../../domain/errors.ts";
import { auditEvent, type AuditEvent, type Origin } from "../../domain/audit.ts";
import { formatLoginName, parseLoginName } from "../../domain/login-name.ts";
import type { OutboxMail } from "../../domain/mail.ts";
import type { PasswordLinkRepository } from "../../domain/ports/passwords.ts";
import type { Member, UserRepository } from "../../domain/ports/users.ts";
import { instant, type Clock, type Instant } from "../../domain/time.ts";
import { isUsable, takesMail } from "../../domain/user.ts";
import type { Operation } from "../kit/operation.ts";
import { passwordLinkRequested } from "../../texts/password-links.ts";
import type { routes } from "./routes.ts";

export interface RequestPasswordLinkDependencies {
  readonly users: Pick<UserRepository, "findMember">;
  readonly links: Pick<PasswordLinkRepository, "allowance" | "request">;
  readonly clock: Clock;
  readonly newId: () => string;
}

/** Looked up in place of the organisation of an unknown login name, so that it takes the same calls (SECURITY 10). */
const noOrganisation = "0";

/**
 * Sends a link to a user who can use one, and nothing to anyone else. Both cases get the same answer and take the same
 * three calls, so that neither tells them apart: the login name with its recent requests, the account with its
 * organisation, and one transaction (DESIGN §2, Two mails).
 * @returns an operation that throws too-many-attempts
 */
export function requestPasswordLink({
  users,
  links,
  clock,
  newId,
}: RequestPasswordLinkDependencies): Operation<typeof routes.requestPasswordLink> {
  return async ({ body, sourceAddress: address, origin, language, repeatable }) => {
    const name = parseLoginName(body.username);
    const username = name ? formatLoginName(name) : body.username.toLowerCase();
    const now = clock();
    const allowance = await links.allowance(username, address, now);
    if (!allowance.allowed) throw tooManyAttempts(allowance.retryAfterSeconds);
    const member = await users.findMember(allowance.organisationId ?? noOrganisation, username);
    const recipient = member && canGetLink(member) ? member : null;
    const at = instant(now);
    const linkId = newId();
    const event = requestEvent(newId(), at, origin, member, recipient !== null);
    const mails = recipient ? [linkMail(newId(), linkId, recipient, at)] : [];
    await links.request({
      username,
      address,
      now,
      link: recipient && { user: recipient.user, linkId },
      consequences: { mails, events: [event], ...repeatable?.keepDone() },
    });
    return { body: { message: passwordLinkRequested(language) } };
  };
}

/** True for users whom a mail about signing in can help. */
export function canGetLink({ user, organisation }: Member): boolean {
  return isUsable(user.status) && takesMail(user.mailStatus) && organisation.status === "open";
}

function requestEvent(
  id: string,
  at: Instant,
  origin: Origin,
  member: Member | null,
  sent: boolean,
): AuditEvent {
  return auditEvent(id, at, origin, {
    organisationId: member?.user.organisationId ?? null,
    action: sent ? "password-link.requested" : "password-link.refused",
    subject: { type: "user", id: member?.user.username ?? "unknown" },
    outcome: sent ? "done" : "refused",
  });
}

function linkMail(id: string, linkId: string, { user }: Member, createdAt: Instant): OutboxMail {
  return {
    id,
    template: "password-link",
    data: { linkId },
    organisationId: user.organisationId,
    username: user.username,
    createdAt,
  };
}
