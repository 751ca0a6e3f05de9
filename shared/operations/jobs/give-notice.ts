import type { UserEntry } from "../../domain/jobs/due.ts";
import { accountUse, lapseDay } from "../../domain/jobs/inactivity.ts";
import type { DueList, ReminderRepository } from "../../domain/jobs/ports.ts";
import type { Outcome } from "../../domain/jobs/result.ts";
import type { Settings } from "../../domain/settings.ts";
import { calendarDay, daysBetween, instant, type Instant } from "../../domain/time.ts";
import { startOfDay } from "../../domain/jobs/days.ts";
import { reminderOutcome, skipEntry } from "./reminder-outcome.ts";
import { stableId } from "./stable-id.ts";

export interface GiveNoticeDependencies {
  readonly due: Pick<DueList, "replace">;
  readonly reminders: Pick<ReminderRepository, "giveNotice">;
  readonly settings: Pick<Settings, "inactivityMonths">;
}

/**
 * Tells a user that their account will lapse, once per period of inactivity. A user who cannot be mailed is left out,
 * and the account lapses all the same.
 * @returns since when the account is unused, if it was used after all
 */
export async function giveNotice(
  entry: UserEntry,
  now: Date,
  { due, reminders, settings }: GiveNoticeDependencies,
): Promise<Outcome | { readonly usedAt: Instant }> {
  const { organisationId, username, at: since } = entry;
  const next: UserEntry = { ...entry, kind: "lapse" };
  const lapsesOn = lapseDay(since, settings);
  const reminder = await reminders.giveNotice({
    entry,
    next,
    since,
    mail: {
      id: stableId("account-lapses", organisationId, username, since),
      template: "account-lapses",
      data: { since, lapsesOn, daysLeft: daysBetween(startOfDay(calendarDay(now)), startOfDay(lapsesOn)) },
      organisationId,
      username,
      createdAt: instant(now),
    },
  });
  const skip = (reason: string) => skipEntry(entry, next, reason, due);
  return reminderOutcome(reminder, skip, async (user): ReturnType<typeof giveNotice> => {
    const known = accountUse(user, since);
    if (known.use === "used") return { usedAt: known.since };
    return skipEntry(entry, known.use === "ended" ? null : next, known.reason, due);
  });
}
