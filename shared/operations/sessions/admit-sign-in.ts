import { admit, type RefusalReason } from "../../domain/admission.ts";
import { auditEvent } from "../../domain/audit.ts";
import { profiles, type Organisation } from "../../domain/organisation.ts";
import type { SessionRepository, UserRepository } from "../../domain/ports.ts";
import { instant, type Clock } from "../../domain/time.ts";
import type { User } from "../../domain/user.ts";

/** The claims that Portero relies on (docs/identity-token.md); all of them come from here, none from Cognito. */
export interface PorteroClaims {
  readonly organisationId: string;
  readonly agbCode: string;
  readonly profile: string;
  readonly applicationTypes: readonly string[];
  readonly identityCheckedBy: string;
  readonly roles: readonly string[];
}

/** The doorkeeper refused; Cognito then issues no token. The message is a code that Cognito passes on. */
export class SignInNotAdmitted extends Error {
  constructor(reason: RefusalReason) {
    super(reason);
    this.name = "SignInNotAdmitted";
  }
}

export interface AdmitDependencies {
  readonly users: Pick<UserRepository, "findMember">;
  readonly sessions: Pick<SessionRepository, "recordAdmission">;
  readonly clock: Clock;
  readonly newId: () => string;
}

/** Decides whether Cognito may issue tokens, and with which claims. @throws SignInNotAdmitted */
export type AdmitSignIn = (attempt: {
  username: string;
  organisationId: string;
  /** Whether to note the sign-in here, because no function of ours stands behind it. */
  record: boolean;
}) => Promise<PorteroClaims>;

export function admitSignIn(dependencies: AdmitDependencies): AdmitSignIn {
  const { users, clock } = dependencies;
  return async ({ username, organisationId, record }) => {
    const member = await users.findMember(organisationId, username);
    const now = clock();
    const admission = admit(member?.user ?? null, member?.organisation ?? null, now);
    if (!admission.admitted || !member) {
      throw new SignInNotAdmitted(admission.admitted ? "invalid-credentials" : admission.reason);
    }
    if (record) await recordSignIn(member.user, now, dependencies);
    return claimsOf(member.user, member.organisation);
  };
}

async function recordSignIn(user: User, now: Date, { sessions, newId }: AdmitDependencies): Promise<void> {
  const { username, organisationId } = user;
  const origin = { actor: { username, organisationId }, address: null, requestId: null };
  const event = auditEvent(newId(), instant(now), origin, {
    organisationId,
    action: "session.opened",
    subject: { type: "user", id: username },
    outcome: "done",
  });
  await sessions.recordAdmission(user, instant(now), event);
}

function claimsOf(user: User, organisation: Organisation): PorteroClaims {
  const profile = profiles[organisation.profile];
  return {
    organisationId: organisation.id,
    agbCode: organisation.agbCode ?? "",
    profile: profile.id,
    applicationTypes: profile.applicationTypes,
    identityCheckedBy: profile.identityCheckedBy,
    roles: user.roles,
  };
}
