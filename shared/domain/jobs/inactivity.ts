import type { Settings } from "../settings.ts";
import { calendarDay, plusMonths, plusYears, type CalendarDay, type Instant } from "../time.ts";
import { isUsable, type User } from "../user.ts";
import { addDays, latestStart, startOfDay } from "./days.ts";

export type InactivitySettings = Pick<Settings, "inactivityMonths" | "inactivityNoticeDays">;

/** Since when an account has not been used; one that never was, since its creation (DESIGN §2, Inactivity). */
export const unusedSince = (user: User): Instant => user.lastLoginAt ?? user.createdAt;

/** The day on which an account lapses that has not been used since a moment. */
export function lapseDay(since: Instant, settings: Pick<Settings, "inactivityMonths">): CalendarDay {
  return lapseAfter(calendarDay(since), settings);
}

function lapseAfter(since: CalendarDay, { inactivityMonths }: Pick<Settings, "inactivityMonths">) {
  return calendarDay(plusMonths(startOfDay(since), inactivityMonths));
}

/** Before which moments an account must have been used last for something to be due today. */
export interface InactivityLimits {
  /** It lapses. */
  readonly lapse: Instant;
  /** Its user is told that it will. */
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

/** Before which moment an account must have come to its end for its personal data to be erased today. */
export function retentionLimit(
  today: CalendarDay,
  { retentionYears }: Pick<Settings, "retentionYears">,
): Instant {
  const after = (ended: CalendarDay) => calendarDay(plusYears(startOfDay(ended), retentionYears));
  const around = calendarDay(plusYears(startOfDay(today), -retentionYears));
  return startOfDay(addDays(latestStart(today, after, around), 1));
}

/** What is known of an account that was not found as its entry says. */
export type AccountUse =
  | { readonly use: "ended"; readonly reason: string }
  /** It has been used since. */
  | { readonly use: "used"; readonly since: Instant }
  /** As the entry says: what stood in the way is that its user cannot be mailed. */
  | { readonly use: "unused"; readonly reason: string };

/** @param since since when the account was thought to be unused */
export function accountUse(user: User | null, since: Instant): AccountUse {
  if (!user) return { use: "ended", reason: "gone" };
  if (!isUsable(user.status)) return { use: "ended", reason: user.status };
  const used = unusedSince(user);
  if (used > since) return { use: "used", since: used };
  return { use: "unused", reason: user.mailStatus };
}
