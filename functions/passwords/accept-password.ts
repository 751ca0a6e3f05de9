import { auditEvent, type Origin } from "../../shared/domain/audit.ts";
import { PasswordRejected } from "../../shared/domain/errors.ts";
import type { OutboxMail } from "../../shared/domain/mail.ts";
import type {
  AuditTrail,
  IdentityProvider,
  Member,
  PasswordHistory,
  PasswordRepository,
} from "../../shared/domain/ports.ts";
import type { Settings } from "../../shared/domain/settings.ts";
import { instant, plusMonths, type Clock, type Instant } from "../../shared/domain/time.ts";
import { judgePassword } from "../../shared/passwords/judge-password.ts";

export interface AcceptPasswordDependencies {
  readonly passwords: PasswordRepository;
  readonly identityProvider: Pick<IdentityProvider, "setPassword">;
  readonly auditTrail: AuditTrail;
  readonly settings: Settings;
  readonly operatorName: string;
  readonly clock: Clock;
  readonly newId: () => string;
}

/** A password that somebody wants to have. */
export interface Candidate extends Member {
  readonly password: string;
  readonly origin: Origin;
  /** The field that held it, as a JSON Pointer. */
  readonly pointer: string;
}

/**
 * Judges a password for a user; the first half of every path that sets one.
 * @returns the history to store once it is set
 * @throws PasswordRejected, leaving a trace
 */
export async function judge(
  candidate: Candidate,
  dependencies: AcceptPasswordDependencies,
): Promise<PasswordHistory> {
  const { passwords, settings, operatorName, auditTrail, newId, clock } = dependencies;
  const { organisationId, username } = candidate.user;
  const history = await passwords.findHistory(organisationId, username);
  const judgement = await judgePassword(
    candidate.password,
    { ...candidate, history },
    settings,
    operatorName,
  );
  if (judgement.faults.length === 0) return judgement.history;
  await auditTrail.append(
    auditEvent(newId(), instant(clock()), candidate.origin, {
      organisationId,
      action: "password.rejected",
      subject: { type: "user", id: username },
      outcome: "refused",
      detail: { faults: judgement.faults },
    }),
  );
  throw new PasswordRejected(judgement.faults, settings, candidate.pointer);
}

/**
 * Sets a judged password at Cognito and records it; the second half of every path that sets one.
 * @param how `claimedAt`: the claim on the link that it redeems; `keepSession`: the one session that goes on
 * @throws TemporarilyUnavailable when Cognito does not answer; LinkExpired, NotAuthenticated
 */
export async function accept(
  { user, password, origin }: Candidate,
  history: PasswordHistory,
  how: { changedAt: Instant; claimedAt: Instant | null; keepSession: string | null },
  { passwords, identityProvider, settings, newId }: AcceptPasswordDependencies,
): Promise<void> {
  await identityProvider.setPassword(user, password);
  const { organisationId, username } = user;
  const first = user.passwordChangedAt === null;
  const mail: OutboxMail = {
    id: newId(),
    template: "password-changed",
    data: { changedAt: how.changedAt },
    organisationId,
    username,
    createdAt: how.changedAt,
  };
  const event = auditEvent(
    newId(),
    how.changedAt,
    { ...origin, actor: { username, organisationId } },
    {
      organisationId,
      action: "password.set",
      subject: { type: "user", id: username },
      outcome: "done",
      detail: { first },
    },
  );
  await passwords.recordAccepted({
    user,
    ...how,
    expiresAt: plusMonths(how.changedAt, settings.passwordMonths),
    history,
    // A first password is no news to whoever has just set it.
    consequences: { mails: first ? [] : [mail], events: [event] },
  });
}
