import { addDays, startOfDay } from "./jobs/days.ts";
import { lapseDay } from "./jobs/inactivity.ts";
import { displayedName } from "./person.ts";
import type { Settings } from "./settings.ts";
import { calendarDay, instant, plusMonths, type CalendarDay, type Instant } from "./time.ts";
import type { DirectoryEntry } from "./user-search.ts";
import { isUsable } from "./user.ts";

export const upcomingEnds = ["password-expires", "account-lapses"] as const;

/** A password or an account that ends, and the day on which it does (DESIGN §4, upcoming). */
export interface UpcomingEnd {
  readonly username: string;
  readonly name: string;
  readonly on: CalendarDay;
  readonly what: (typeof upcomingEnds)[number];
}

/**
 * The ends from now until the end of the day that is `days` ahead, soonest first. Expired passwords are left
 * out, and so are accounts whose day has passed, because the next run of the job ends them.
 */
export function upcomingIn(
  days: number,
  entries: readonly DirectoryEntry[],
  now: Date,
  settings: Pick<Settings, "inactivityMonths">,
): UpcomingEnd[] {
  const [today, at] = [calendarDay(now), instant(now)];
  const last = addDays(today, days);
  // One day more than needed, which stands for all later days.
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

/** A period that begins at `start` and lasts until the next one; `on` is the day on which its members end. */
interface Stretch {
  readonly start: Instant;
  readonly on: CalendarDay;
}

/** Months differ in length, so the day that an account was last used can differ by this many days. */
const spareDays = 5;

/** The days of last use whose accounts lapse in the coming days, with some spare days around them. */
function lapsingBetween(
  today: CalendarDay,
  days: number,
  settings: Pick<Settings, "inactivityMonths">,
): Stretch[] {
  const about = calendarDay(plusMonths(startOfDay(today), -settings.inactivityMonths));
  const since = daysFrom(addDays(about, -spareDays), days + 1 + 2 * spareDays);
  return since.map(({ start }) => ({ start, on: lapseDay(start, settings) }));
}

/** Arithmetic with time zones is slow, so it is done once per day and not once per user. */
function daysFrom(
  first: CalendarDay,
  count: number,
): { readonly start: Instant; readonly day: CalendarDay }[] {
  return Array.from({ length: count }, (_, index) => {
    const day = addDays(first, index);
    return { start: startOfDay(day), day };
  });
}

/** Binary search. @returns null for an instant before the first period; the last period has no end */
function dayOf(at: Instant, stretches: readonly Stretch[]): CalendarDay | null {
  let [low, high] = [0, stretches.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((stretches[middle]?.start ?? "") <= at) low = middle + 1;
    else high = middle;
  }
  return stretches[low - 1]?.on ?? null;
}

/** On the same day an expiring password comes before a lapsing account, then the order is by login name. */
function soonestFirst(a: UpcomingEnd, b: UpcomingEnd): number {
  const [one, other] = [a, b].map(
    ({ on, what, username }) => `${on} ${upcomingEnds.indexOf(what)} ${username}`,
  );
  return (one ?? "") < (other ?? "") ? -1 : 1;
}
