import { addDays } from "./jobs/days.ts";
import { lapseDay } from "./jobs/inactivity.ts";
import { displayedName } from "./person.ts";
import type { Settings } from "./settings.ts";
import { calendarDay, instant, type CalendarDay } from "./time.ts";
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
  const ends = entries
    .filter(({ status }) => isUsable(status))
    .flatMap((entry): UpcomingEnd[] => {
      const { username, passwordExpiresAt, unusedSince } = entry;
      const whose = { username, name: displayedName(entry) };
      const expiry =
        passwordExpiresAt !== null && passwordExpiresAt > at ? calendarDay(passwordExpiresAt) : null;
      const lapse = lapseDay(unusedSince, settings);
      return [
        ...(expiry === null ? [] : [{ ...whose, on: expiry, what: "password-expires" } as const]),
        ...(lapse < today ? [] : [{ ...whose, on: lapse, what: "account-lapses" } as const]),
      ];
    });
  return ends.filter(({ on }) => on <= last).sort(soonestFirst);
}

/** On one day what is more pressing first, and people in the order of their login names. */
function soonestFirst(a: UpcomingEnd, b: UpcomingEnd): number {
  const [one, other] = [a, b].map(
    ({ on, what, username }) => `${on} ${upcomingEnds.indexOf(what)} ${username}`,
  );
  return (one ?? "") < (other ?? "") ? -1 : 1;
}
