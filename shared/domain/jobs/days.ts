import { TZDate } from "@date-fns/tz";
import { calendarDay, instant, plusDays, timeZone, type CalendarDay, type Instant } from "../time.ts";

/** The first instant of a calendar day in the Netherlands. */
export function startOfDay(day: CalendarDay): Instant {
  const [year = 0, month = 1, date = 1] = day.split("-").map(Number);
  return instant(new TZDate(year, month - 1, date, timeZone));
}

/** The calendar day that lies a number of days after another, or before it. */
export function addDays(day: CalendarDay, days: number): CalendarDay {
  return calendarDay(plusDays(startOfDay(day), days));
}

/** Two months or years that differ in length put at most this many days on one day, and some to spare. */
const mostDaysOnOne = 5;

/**
 * The latest day from which a period has ended by `today`. Counting back is not the reverse of counting forward
 * where months differ in length: six months after 28, 29, 30 and 31 August is 28 February.
 * @param end the day on which the period ends that begins on a day
 * @param around a day at most four days before the one that is looked for
 */
export function latestStart(
  today: CalendarDay,
  end: (start: CalendarDay) => CalendarDay,
  around: CalendarDay,
): CalendarDay {
  let day = addDays(around, mostDaysOnOne);
  while (end(day) > today) day = addDays(day, -1);
  return day;
}
