import { concernsUser, type UserEntry } from "../../domain/jobs/due.ts";
import {
  inactivityLimits,
  retentionLimit,
  type InactivityLimits,
  type InactivitySettings,
} from "../../domain/jobs/inactivity.ts";
import { addDays } from "../../domain/jobs/days.ts";
import type {
  AdministratorRepository,
  DueList,
  LapseRepository,
  ReminderRepository,
  RetentionRepository,
} from "../../domain/jobs/ports.ts";
import { skipped, type Outcome } from "../../domain/jobs/result.ts";
import type { OrganisationRepository } from "../../domain/ports/organisations.ts";
import type { RoleRepository } from "../../domain/role-change.ts";
import type { Settings } from "../../domain/settings.ts";
import { calendarDay } from "../../domain/time.ts";
import type { Run } from "./run.ts";
import { erasePerson } from "./erase-person.ts";
import { giveNotice } from "./give-notice.ts";
import { lapseAccount, type LapseDependencies } from "./lapse-account.ts";
import { Digests } from "./send-digests.ts";

export interface DeactivateDependencies {
  readonly due: DueList;
  readonly reminders: Pick<ReminderRepository, "giveNotice">;
  readonly lapses: LapseRepository;
  readonly administrators: AdministratorRepository;
  readonly roles: Pick<RoleRepository, "administrators">;
  readonly retention: RetentionRepository;
  readonly organisations: Pick<OrganisationRepository, "find">;
  readonly settings: InactivitySettings & Pick<Settings, "retentionYears">;
}

/**
 * The daily job on accounts that are not used (DESIGN §2, Inactivity, Deletion). In this order it finishes what
 * earlier runs left, deactivates accounts or gives notice of that, erases the data of accounts that ended long enough
 * ago, and mails the administrators of organisations.
 */
export function deactivateInactive(dependencies: DeactivateDependencies): (run: Run) => Promise<void> {
  const { due, administrators, settings } = dependencies;
  return async (run) => {
    const today = calendarDay(run.now);
    const limits = inactivityLimits(today, settings);
    const [unfinished, unused, lapsing, ended] = await Promise.all([
      due.before("unfinished", addDays(today, 1)),
      due.before("inactivity", limits.notice),
      due.before("lapse", limits.lapse),
      due.before("retention", retentionLimit(today, settings)),
    ]);
    const digests = new Digests(administrators);
    const lapse = { ...dependencies, digests };
    await run.each(unfinished, async (entry): Promise<Outcome> => {
      // The version before put users here whom Cognito was to be told of, which nothing needs any more.
      if (concernsUser(entry)) await due.replace(entry, null);
      else digests.note(entry.organisationId, 0);
      return "done";
    });
    const accounts = [...lapsing, ...unused].filter(concernsUser);
    await run.each(accounts, (entry) =>
      deactivateOrGiveNotice(entry, run.now, limits, { ...dependencies, lapse }),
    );
    await run.each(ended.filter(concernsUser), (entry) => erasePerson(entry, run.now, dependencies));
    await digests.sendAll(run);
  };
}

/** An account that was used since goes back on the list under that day, and is handled now if that day has come too. */
async function deactivateOrGiveNotice(
  entry: UserEntry,
  now: Date,
  limits: InactivityLimits,
  dependencies: DeactivateDependencies & { readonly lapse: LapseDependencies },
): Promise<Outcome> {
  const outcome =
    entry.at < limits.lapse
      ? await lapseAccount(entry, { now, unusedBefore: limits.lapse }, dependencies.lapse)
      : await giveNotice(entry, now, dependencies);
  if (typeof outcome === "string" || !("usedAt" in outcome)) return outcome;
  const later: UserEntry = { ...entry, kind: "inactivity", at: outcome.usedAt };
  const moved = await dependencies.due.replace(entry, later);
  if (!moved || later.at >= limits.notice) return skipped("signed-in-since");
  return deactivateOrGiveNotice(later, now, limits, dependencies);
}
