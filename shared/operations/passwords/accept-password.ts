import { passwordRejected } from "../../domain/errors.ts";
import { auditEvent, type Origin } from "../../domain/audit.ts";
import type { OutboxMail } from "../../domain/mail.ts";
import type { AuditTrail } from "../../domain/ports/audit-trail.ts";
import type { Consequences } from "../../domain/ports/consequences.ts";
import type { IdentityProvider } from "../../domain/ports/identity-provider.ts";
import type { PasswordHistory, PasswordRepository } from "../../domain/ports/passwords.ts";
import type { Member } from "../../domain/ports/users.ts";
import type { Settings } from "../../domain/settings.ts";
import { instant, plusMinutes, plusMonths, type Clock, type Instant } from "../../domain/time.ts";
import type { RepeatableForm } from "../kit/operation.ts";
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

/** A new password for a user, not judged yet. */
export interface Candidate extends Member {
  readonly password: string;
  readonly origin: Origin;
  /** The field that held it, as a JSON Pointer. */
  readonly pointer: string;
  /** True if this very request has set it meanwhile, so that refusing it now is no event. */
  readonly wasSet?: () => Promise<boolean>;
}

/**
 * Judges a password and records a refusal: the first step of every path that sets one. `accept` is the second.
 * @returns the history to store once it is set
 * @throws password-rejected, after recording it as an audit event
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
  const rejected = passwordRejected(judgement.faults, settings, candidate.pointer);
  if (await candidate.wasSet?.()) throw rejected;
  await auditTrail.append(
    auditEvent(newId(), instant(clock()), candidate.origin, {
      organisationId,
      action: "password.rejected",
      subject: { type: "user", id: username },
      outcome: "refused",
      detail: { faults: judgement.faults },
    }),
  );
  throw rejected;
}

/** No function runs this long, so a claim that is older belongs to a call that failed. */
const claimMinutes = 1;

/** A claim from before this moment has no effect any more. */
export const claimsStaleBefore = (at: Instant): Instant => plusMinutes(at, -claimMinutes);

/** The circumstances in which a judged password is set. */
interface Setting {
  /** The link that it redeems; null for a user who gave the current password. */
  readonly linkId: string | null;
  readonly at: Instant;
  /** The only session that does not end; null: all end. */
  readonly keepSession: string | null;
  /** The browser or session whose own count of failures is forgotten too. */
  readonly device?: string | null;
  /** Tells the form that uses up the link from others (PasswordLink). */
  readonly usedWith?: string | null;
  /** The form that a signed-in user sent. */
  readonly form?: RepeatableForm | null;
}

/**
 * Sets a judged password; the second half of every path that sets one. It claims the account by one conditional write,
 * sets the password in Cognito, and records it; if Cognito fails, the claim is released (DESIGN §3).
 * @throws temporarily-unavailable when Cognito does not answer or another password is being set; link-expired;
 * not-authenticated
 */
export async function accept(
  candidate: Candidate,
  history: PasswordHistory,
  { linkId, at, form, ...how }: Setting,
  { passwords, identityProvider, settings, newId }: AcceptPasswordDependencies,
): Promise<void> {
  const { user, password } = candidate;
  const claim = { user, linkId, at };
  await passwords.claim(claim, claimsStaleBefore(at));
  try {
    await identityProvider.setPassword(user, password);
    await passwords.recordAccepted({
      claim,
      history,
      ...how,
      expiresAt: plusMonths(at, settings.passwordMonths),
      consequences: { ...consequencesOf(candidate, at, newId), ...form?.keepDone() },
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
  // The mail warns of a change by another person, and a first password changes nothing.
  return { mails: first ? [] : [mail], events: [event] };
}
