import type { Settings } from "../settings.ts";
import { calendarDay, plusMonths, plusYears, type CalendarDay, type Instant } from "../time.ts";
import { isUsable, type User } from "../user.ts";
import { addDays, latestStart, startOfDay } from "./days.ts";

export type InactivitySettings = Pick<Settings, "inactivityMonths" | "inactivityNoticeDays">;

/** The last sign-in; for an account without one, its creation (DESIGN §2, Inactivity). */
export const unusedSince = (user: User): Instant => user.lastLoginAt ?? user.createdAt;

/** The day that an account lapses which was last used at a moment. */
export function lapseDay(since: Instant, settings: Pick<Settings, "inactivityMonths">): CalendarDay {
  return lapseAfter(calendarDay(since), settings);
}

function lapseAfter(since: CalendarDay, { inactivityMonths }: Pick<Settings, "inactivityMonths">) {
  return calendarDay(plusMonths(startOfDay(since), inactivityMonths));
}

/** Accounts that were last used before these moments are due today. */
export interface InactivityLimits {
  /** For lapsing. */
  readonly lapse: Instant;
  /** For telling the user that the account will lapse. */
  readonly notice: Instant;
}

export function inactivityLimits(today: CalendarDay, settings: InactivitySettings): InactivityLimits {
  const lastLapsing = (day: CalendarDay) =>
    latestStart(
      day,
      (since) => lapseAfter(since, settings),
      calendarDay(plusMonths(startOfDay(day), -settings.inactivityMonths)),
    );
  const endOf = (day: CalendarDay) => startOfDay(addDays(day, 1));
  return {
    lapse: endOf(lastLapsing(today)),
    notice: endOf(lastLapsing(addDays(today, settings.inactivityNoticeDays))),
  };
}

/** Personal data of accounts that ended before this moment are due to be erased today. */
export function retentionLimit(
  today: CalendarDay,
  { retentionYears }: Pick<Settings, "retentionYears">,
): Instant {
  const after = (ended: CalendarDay) => calendarDay(plusYears(startOfDay(ended), retentionYears));
  const around = calendarDay(plusYears(startOfDay(today), -retentionYears));
  return startOfDay(addDays(latestStart(today, after, around), 1));
}

/** The reason why an account no longer matches its due entry. */
export type AccountUse =
  | { readonly use: "ended"; readonly reason: string }
  /** The account was used after the entry was made. */
  | { readonly use: "used"; readonly since: Instant }
  /** The account is unused as the entry says; its user cannot be mailed. */
  | { readonly use: "unused"; readonly reason: string };

/** @param since the moment since which the due entry takes the account for unused */
export function accountUse(user: User | null, since: Instant): AccountUse {
  if (!user) return { use: "ended", reason: "gone" };
  if (!isUsable(user.status)) return { use: "ended", reason: user.status };
  const used = unusedSince(user);
  if (used > since) return { use: "used", since: used };
  return { use: "unused", reason: user.mailStatus };
}
