import { addDays, startOfDay } from "./jobs/days.ts";
import { lapseDay } from "./jobs/inactivity.ts";
import { displayedName } from "./person.ts";
import type { Settings } from "./settings.ts";
import { calendarDay, instant, plusMonths, type CalendarDay, type Instant } from "./time.ts";
import type { DirectoryEntry } from "./user-search.ts";
import { isUsable } from "./user.ts";

export const upcomingEnds = ["password-expires", "account-lapses"] as const;

/** Something of a user that ends, and the day on which it does (DESIGN §4, upcoming). */
export interface UpcomingEnd {
  readonly username: string;
  readonly name: string;
  readonly on: CalendarDay;
  readonly what: (typeof upcomingEnds)[number];
}

/**
 * What ends from now until the end of the day that lies a number of days ahead, the soonest first. A password
 * that has expired is no longer upcoming; nor is an account whose day has passed, which the next run of the job
 * ends.
 */
export function upcomingIn(
  days: number,
  entries: readonly DirectoryEntry[],
  now: Date,
  settings: Pick<Settings, "inactivityMonths">,
): UpcomingEnd[] {
  const [today, at] = [calendarDay(now), instant(now)];
  const last = addDays(today, days);
  // One more than are looked for: it stands for all that come later.
  const expiryDays = daysFrom(today, days + 2).map(({ start, day }) => ({ start, on: day }));
  const lapseDays = lapsingBetween(today, days, settings);
  const ends = entries
    .filter(({ status }) => isUsable(status))
    .flatMap((entry): UpcomingEnd[] => {
      const { username, passwordExpiresAt, unusedSince } = entry;
      const expiry =
        passwordExpiresAt !== null && passwordExpiresAt > at ? dayOf(passwordExpiresAt, expiryDays) : null;
      const lapse = dayOf(unusedSince, lapseDays);
      const whose = { username, name: displayedName(entry) };
      return [
        ...(expiry === null ? [] : [{ ...whose, on: expiry, what: "password-expires" } as const]),
        ...(lapse === null ? [] : [{ ...whose, on: lapse, what: "account-lapses" } as const]),
      ];
    });
  return ends.filter(({ on }) => on >= today && on <= last).sort(soonestFirst);
}

/** A stretch of time, until the next one begins, and the day on which something happens to what lies in it. */
interface Stretch {
  readonly start: Instant;
  readonly on: CalendarDay;
}

/** Months that differ in length let the days on which accounts were used last differ by so many. */
const spareDays = 5;

/** The days since which accounts are unused that lapse in the coming days, and some around them. */
function lapsingBetween(
  today: CalendarDay,
  days: number,
  settings: Pick<Settings, "inactivityMonths">,
): Stretch[] {
  const about = calendarDay(plusMonths(startOfDay(today), -settings.inactivityMonths));
  const since = daysFrom(addDays(about, -spareDays), days + 1 + 2 * spareDays);
  return since.map(({ start }) => ({ start, on: lapseDay(start, settings) }));
}

/** Reckoning with time zones takes its time, so it is done for each day, and not for each of many instants. */
function daysFrom(
  first: CalendarDay,
  count: number,
): { readonly start: Instant; readonly day: CalendarDay }[] {
  return Array.from({ length: count }, (_, index) => {
    const day = addDays(first, index);
    return { start: startOfDay(day), day };
  });
}

/** Null for what lies before the first stretch; the last one has no end. */
function dayOf(at: Instant, stretches: readonly Stretch[]): CalendarDay | null {
  let [low, high] = [0, stretches.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((stretches[middle]?.start ?? "") <= at) low = middle + 1;
    else high = middle;
  }
  return stretches[low - 1]?.on ?? null;
}

/** On one day what is more pressing first, and people in the order of their login names. */
function soonestFirst(a: UpcomingEnd, b: UpcomingEnd): number {
  const [one, other] = [a, b].map(
    ({ on, what, username }) => `${on} ${upcomingEnds.indexOf(what)} ${username}`,
  );
  return (one ?? "") < (other ?? "") ? -1 : 1;
}
