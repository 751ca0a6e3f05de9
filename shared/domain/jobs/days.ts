import { TZDate } from "@date-fns/tz";
import { calendarDay, instant, plusDays, timeZone, type CalendarDay, type Instant } from "../time.ts";

/** The first instant of a calendar day in the Netherlands. */
export function startOfDay(day: CalendarDay): Instant {
  const [year = 0, month = 1, date = 1] = day.split("-").map(Number);
  return instant(new TZDate(year, month - 1, date, timeZone));
}

/** @param days may be negative */
export function addDays(day: CalendarDay, days: number): CalendarDay {
  return calendarDay(plusDays(startOfDay(day), days));
}

/** Months and years differ in length, so that at most four periods end on the same day; one spare day is added. */
const mostDaysOnOne = 5;

/**
 * The latest day from which a period has ended by `today`. It searches, because counting months back is not the
 * reverse of counting them forward: six months after 28, 29, 30 and 31 August is 28 February.
 * @param end gives the day on which a period that begins on a day ends
 * @param around a day at most four days before the one to find
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
