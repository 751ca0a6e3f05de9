import { auditEvent, type Origin } from "../../shared/domain/audit.ts";
import { PasswordRejected } from "../../shared/domain/errors.ts";
import type { OutboxMail } from "../../shared/domain/mail.ts";
import type {
  AuditTrail,
  IdentityProvider,
  PasswordLinkRepository,
  PasswordRepository,
  UserRepository,
} from "../../shared/domain/ports.ts";
import type { Settings } from "../../shared/domain/settings.ts";
import { instant, plusMinutes, plusMonths, type Clock, type Instant } from "../../shared/domain/time.ts";
import type { User } from "../../shared/domain/user.ts";
import { judgePassword } from "../../shared/passwords/judge-password.ts";
import { findUsableLink, type UsableLink } from "./usable-link.ts";

export interface RedeemDependencies {
  readonly links: Pick<PasswordLinkRepository, "find" | "claim" | "release">;
  readonly users: Pick<UserRepository, "findMember">;
  readonly passwords: PasswordRepository;
  readonly identityProvider: Pick<IdentityProvider, "setPassword">;
  readonly auditTrail: AuditTrail;
  readonly settings: Settings;
  readonly operatorName: string;
  readonly clock: Clock;
  readonly newId: () => string;
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
  const { links, identityProvider, clock } = dependencies;
  return async ({ token, password, origin }) => {
    const now = clock();
    const link = await findUsableLink(token, now, dependencies);
    const history = await acceptedHistory(password, link, origin, dependencies);
    const claimedAt = instant(now);
    await links.claim(link.reference, claimedAt, plusMinutes(now, -claimMinutes));
    try {
      await identityProvider.setPassword(link.user, password);
      await dependencies.passwords.recordAccepted({
        user: link.user,
        claimedAt,
        changedAt: claimedAt,
        expiresAt: plusMonths(now, dependencies.settings.passwordMonths),
        history,
        keepSession: null,
        consequences: consequences(link.user, claimedAt, origin, dependencies.newId),
      });
    } catch (error) {
      await links.release(link.reference, claimedAt);
      throw error;
    }
  };
}

/** @throws PasswordRejected, leaving a trace */
async function acceptedHistory(
  password: string,
  link: UsableLink,
  origin: Origin,
  dependencies: RedeemDependencies,
) {
  const { passwords, settings, operatorName, auditTrail, newId, clock } = dependencies;
  const { organisationId, username } = link.user;
  const history = await passwords.findHistory(organisationId, username);
  const judgement = await judgePassword(password, { ...link, history }, settings, operatorName);
  if (judgement.faults.length === 0) return judgement.history;
  await auditTrail.append(
    auditEvent(newId(), instant(clock()), origin, {
      organisationId,
      action: "password.rejected",
      subject: { type: "user", id: username },
      outcome: "refused",
      detail: { faults: judgement.faults },
    }),
  );
  throw new PasswordRejected(judgement.faults, settings);
}

/** The trace, and a mail that tells a user whose password was changed; a first password is no news. */
function consequences(user: User, at: Instant, origin: Origin, newId: () => string) {
  const { organisationId, username } = user;
  const mail: OutboxMail = {
    id: newId(),
    template: "password-changed",
    data: { changedAt: at },
    organisationId,
    username,
    createdAt: at,
  };
  const event = auditEvent(
    newId(),
    at,
    { ...origin, actor: { username, organisationId } },
    {
      organisationId,
      action: "password.set",
      subject: { type: "user", id: username },
      outcome: "done",
      detail: { first: user.passwordChangedAt === null },
    },
  );
  return { mails: user.passwordChangedAt === null ? [] : [mail], events: [event] };
}
