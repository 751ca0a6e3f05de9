import { concernsUser, type UserEntry } from "../../domain/jobs/due.ts";
import { addDays } from "../../domain/jobs/days.ts";
import {
  firstWarningBefore,
  passwordWarning,
  whyNotWarned,
  type WarningSettings,
} from "../../domain/jobs/password-warnings.ts";
import type { DueList, ReminderRepository } from "../../domain/jobs/ports.ts";
import type { Outcome } from "../../domain/jobs/result.ts";
import { calendarDay, instant } from "../../domain/time.ts";
import type { Run } from "./run.ts";
import { reminderOutcome, skipEntry } from "./reminder-outcome.ts";
import { stableId } from "./stable-id.ts";

export interface WarnDependencies {
  readonly due: DueList;
  readonly reminders: Pick<ReminderRepository, "warn">;
  readonly settings: WarningSettings;
}

/**
 * Warns users whose password is about to expire (DESIGN §2, Expiry). An entry is due on the day that the password
 * expires until the first warning, and then on the day of the next warning; a new password starts anew.
 */
export function warnPasswordExpiry(dependencies: WarnDependencies): (run: Run) => Promise<void> {
  const { due, settings } = dependencies;
  return async (run) => {
    const today = calendarDay(run.now);
    const [first, further] = await Promise.all([
      due.before("password-expiry", firstWarningBefore(run.now, settings)),
      due.before("password-warning", addDays(today, 1)),
    ]);
    const entries = [...first, ...further].filter(concernsUser);
    await run.each(entries, (entry) => warnOne(entry, run.now, dependencies));
  };
}

async function warnOne(
  entry: UserEntry,
  now: Date,
  { due, reminders, settings }: WarnDependencies,
): Promise<Outcome> {
  const { organisationId, username } = entry;
  const expiresAt = entry.about ?? entry.at;
  const warning = passwordWarning(expiresAt, now, settings);
  const next: UserEntry | null = warning?.next
    ? { organisationId, username, kind: "password-warning", at: warning.next, about: expiresAt }
    : null;
  const skip = (reason: string, place = next) => skipEntry(entry, place, reason, due);
  if (!warning) return skip("password-ended");
  if (warning.stage === null) return skip("not-yet");
  const { daysLeft } = warning;
  const reminder = await reminders.warn({
    entry,
    next,
    expiresAt,
    mail: {
      id: stableId("password-expires", organisationId, username, expiresAt, String(warning.stage)),
      template: "password-expires",
      data: { expiresAt, daysLeft },
      organisationId,
      username,
      createdAt: instant(now),
    },
  });
  return reminderOutcome(reminder, skip, (user) => {
    const { reason, final } = whyNotWarned(user, expiresAt);
    return skip(reason, final ? null : next);
  });
}
