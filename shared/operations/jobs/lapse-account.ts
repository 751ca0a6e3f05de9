import { DomainError, isDomainError } from "../../domain/errors.ts";
import { auditEvent } from "../../domain/audit.ts";
import type { UserEntry } from "../../domain/jobs/due.ts";
import { accountUse, unusedSince } from "../../domain/jobs/inactivity.ts";
import type { AdministratorRepository, DueList, Lapse, LapseRepository } from "../../domain/jobs/ports.ts";
import { kept, skipped, type Outcome } from "../../domain/jobs/result.ts";
import type { RoleMail } from "../../domain/mail.ts";
import { operatorOrganisationId } from "../../domain/organisation.ts";
import type { OrganisationRepository } from "../../domain/ports/organisations.ts";
import { isIndispensable, successorOf, type RoleRepository } from "../../domain/role-change.ts";
import type { Settings } from "../../domain/settings.ts";
import { calendarDay, instant, type Instant } from "../../domain/time.ts";
import { administers, type User } from "../../domain/user.ts";
import { stableId } from "./stable-id.ts";
import { lapsedRemark } from "../../texts/remarks.ts";
import type { Digests } from "./send-digests.ts";

export interface LapseDependencies {
  readonly due: Pick<DueList, "replace">;
  readonly lapses: LapseRepository;
  readonly administrators: AdministratorRepository;
  readonly roles: Pick<RoleRepository, "administrators">;
  readonly organisations: Pick<OrganisationRepository, "find">;
  readonly digests: Digests;
  readonly settings: Pick<Settings, "inactivityMonths">;
}

/** A concurrent change to the account fails the second step, so both are tried again, but not without end. */
const mostTries = 4;

/**
 * Deactivates an account that has not been used for long enough (DESIGN §2, Inactivity).
 * @param unusedBefore the account lapses only if it was last used before this moment
 * @returns since when the account is unused, if it was used after all
 */
export async function lapseAccount(
  entry: UserEntry,
  { now, unusedBefore }: { readonly now: Date; readonly unusedBefore: Instant },
  dependencies: LapseDependencies,
): Promise<Outcome | { readonly usedAt: Instant }> {
  const { due, lapses, digests } = dependencies;
  for (let attempt = 1; attempt <= mostTries; attempt += 1) {
    const { lapses: isUnused, user } = await lapses.begin(entry, unusedBefore);
    if (!isUnused || !user) {
      const known = accountUse(user, entry.at);
      if (known.use === "used") return { usedAt: known.since };
      await due.replace(entry, null);
      return skipped(known.reason);
    }
    const successor = await remainingManager(user, dependencies);
    if (successor === "none") return kept("last-contract-manager");
    const lapse = await lapseOf(entry, user, successor, now, dependencies);
    const result = await lapses.lapse(lapse);
    if (result === "no-longer-due") return skipped(result);
    if (result === "digest-sealed") await digests.send(user.organisationId, now);
    if (result === "done") {
      digests.note(user.organisationId);
      return "done";
    }
  }
  throw new DomainError("temporarily-unavailable");
}

/** The contract manager who remains when this one lapses; null where the account is not a contract manager's. */
async function remainingManager(
  user: User,
  { roles }: Pick<LapseDependencies, "roles">,
): Promise<User | null | "none"> {
  if (!isIndispensable(user)) return null;
  try {
    return await successorOf(user, roles);
  } catch (error) {
    if (isDomainError(error, "last-administrator")) return "none";
    throw error;
  }
}

async function lapseOf(
  entry: UserEntry,
  user: User,
  successor: User | null,
  now: Date,
  dependencies: LapseDependencies,
): Promise<Lapse> {
  const { organisationId, username } = user;
  const { settings, digests } = dependencies;
  const at = instant(now);
  const on = calendarDay(now);
  const id = (kind: string) => stableId(kind, organisationId, username);
  const origin = { actor: null, address: null, requestId: null };
  const event = auditEvent(id("user.lapsed"), at, origin, {
    organisationId,
    action: "user.lapsed",
    subject: { type: "user", id: username },
    outcome: "done",
    detail: { unusedSince: unusedSince(user), months: settings.inactivityMonths },
  });
  return {
    entry,
    user,
    successor,
    on,
    event,
    endedAt: at,
    digestId: id("digest"),
    remark: lapsedRemark(settings.inactivityMonths),
    named: digests.hasRoomFor(organisationId),
    mails: administers(user.roles) ? await mailIfLast(user, now, dependencies) : [],
  };
}

/** Mails the operator's contract managers if the organisation is left without an active administrator. */
async function mailIfLast(
  { organisationId, username }: User,
  now: Date,
  { administrators, organisations }: LapseDependencies,
): Promise<RoleMail[]> {
  const { active } = await administrators.othersThan(organisationId, username);
  if (active.length > 0) return [];
  const organisation = await organisations.find(organisationId);
  const mail: RoleMail = {
    id: stableId("last-administrator-lapsed", organisationId, username),
    template: "last-administrator-lapsed",
    data: {
      organisationId,
      organisationName: organisation?.displayName ?? organisationId,
      lapsedOn: calendarDay(now),
    },
    organisationId: operatorOrganisationId,
    toRole: "contract-manager",
    createdAt: instant(now),
  };
  return [mail];
}
