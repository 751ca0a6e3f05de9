import { concernsUser, type UserEntry } from "../../domain/jobs/due.ts";
import { addDays } from "../../domain/jobs/days.ts";
import {
  firstWarningBefore,
  passwordWarning,
  whyNotWarned,
  type WarningSettings,
} from "../../domain/jobs/password-warnings.ts";
import type { DueList, ReminderRepository } from "../../domain/jobs/ports.ts";
import { skipped, type Outcome } from "../../domain/jobs/result.ts";
import { calendarDay, instant } from "../../domain/time.ts";
import type { Run } from "./run.ts";
import { stableId } from "./stable-id.ts";

export interface WarnDependencies {
  readonly due: DueList;
  readonly reminders: Pick<ReminderRepository, "warn">;
  readonly settings: WarningSettings;
}

/**
 * Warns users of passwords that are about to end (DESIGN §2, Expiry). An entry of the list stands under the
 * password's end until its first warning, and then under the day of the next; a new password puts it back.
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
  const leaveOut = async (reason: string, place = next): Promise<Outcome> => {
    await due.replace(entry, place);
    return skipped(reason);
  };
  if (!warning) return leaveOut("password-ended");
  if (warning.stage === null) return leaveOut("not-yet");
  const { daysLeft } = warning;
  const reminder = await reminders.warn({
    ...{ entry, next, expiresAt },
    mail: {
      id: stableId("password-expires", organisationId, username, expiresAt, String(warning.stage)),
      template: "password-expires",
      data: { expiresAt, daysLeft },
      ...{ organisationId, username, createdAt: instant(now) },
    },
  });
  switch (reminder.result) {
    case "sent":
      return "done";
    case "no-longer-due":
      return skipped(reminder.result);
    case "sent-before":
    case "organisation-closed":
      return leaveOut(reminder.result);
    case "not-to-be-sent": {
      const { reason, final } = whyNotWarned(reminder.user, expiresAt);
      return leaveOut(reason, final ? null : next);
    }
  }
}
