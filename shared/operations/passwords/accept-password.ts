import { passwordRejected } from "../../domain/errors.ts";
import { auditEvent, type Origin } from "../../domain/audit.ts";
import type { OutboxMail } from "../../domain/mail.ts";
import type {
  AuditTrail,
  Consequences,
  IdentityProvider,
  Member,
  PasswordHistory,
  PasswordRepository,
} from "../../domain/ports.ts";
import type { Settings } from "../../domain/settings.ts";
import { instant, plusMinutes, plusMonths, type Clock, type Instant } from "../../domain/time.ts";
import { judgePassword } from "./judge-password.ts";

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
 * @throws password-rejected, leaving a trace
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
  throw passwordRejected(judgement.faults, settings, candidate.pointer);
}

/** Whoever sets a password and has not finished after this long never will; longer than a function may run. */
const claimMinutes = 1;

/** How a judged password is set, beside the password itself. */
interface Setting {
  /** The link that it redeems; null for somebody who knows the current password. */
  readonly linkId: string | null;
  readonly at: Instant;
  /** The one session that goes on. */
  readonly keepSession: string | null;
}

/**
 * Sets a judged password; the second half of every path that sets one. Claims the account by one conditional write,
 * tells Cognito, and records it; if Cognito fails the claim is given back (DESIGN §3).
 * @throws temporarily-unavailable when Cognito does not answer, or another password is being set; link-expired,
 * NotAuthenticated
 */
export async function accept(
  candidate: Candidate,
  history: PasswordHistory,
  { linkId, at, keepSession }: Setting,
  { passwords, identityProvider, settings, newId }: AcceptPasswordDependencies,
): Promise<void> {
  const { user, password } = candidate;
  const claim = { user, linkId, at };
  await passwords.claim(claim, plusMinutes(at, -claimMinutes));
  try {
    await identityProvider.setPassword(user, password);
    await passwords.recordAccepted({
      ...{ claim, history, keepSession },
      expiresAt: plusMonths(at, settings.passwordMonths),
      consequences: consequencesOf(candidate, at, newId),
    });
  } catch (error) {
    await passwords.release(claim);
    throw error;
  }
}

function consequencesOf({ user, origin }: Candidate, at: Instant, newId: () => string): Consequences {
  const { organisationId, username } = user;
  const first = user.passwordChangedAt === null;
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
      detail: { first },
    },
  );
  // A first password is no news to whoever has just set it.
  return { mails: first ? [] : [mail], events: [event] };
}
