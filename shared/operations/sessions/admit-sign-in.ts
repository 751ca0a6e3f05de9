import { admit, SignInNotAdmitted, type AdmitSignIn, type PorteroClaims } from "../../domain/admission.ts";
import { auditEvent } from "../../domain/audit.ts";
import { profiles, type Organisation } from "../../domain/organisation.ts";
import type { SessionRepository } from "../../domain/ports/sessions.ts";
import type { UserRepository } from "../../domain/ports/users.ts";
import { instant, type Clock } from "../../domain/time.ts";
import type { User } from "../../domain/user.ts";

export interface AdmitDependencies {
  readonly users: Pick<UserRepository, "findMember">;
  readonly sessions: Pick<SessionRepository, "recordAdmission">;
  readonly clock: Clock;
  readonly newId: () => string;
}

/** The admission check that every token of Cognito's passes. */
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
