import { TZDate } from "@date-fns/tz";
import { addDays, addMonths, addYears, differenceInCalendarDays } from "date-fns";

/** An instant as RFC 3339 in UTC with milliseconds (`2026-11-22T13:00:00.000Z`), so that text order is time order. */
export type Instant = string;

/** A calendar day in the Netherlands, `yyyy-mm-dd`. */
export type CalendarDay = string;

/** The current time: the system's clock in a handler, `event.time` in a job, a fake in a test. */
export type Clock = () => Date;

/** The time zone of all calendar arithmetic (months, days, "today"). */
export const timeZone = "Europe/Amsterdam";

const local = (at: Date | Instant) => new TZDate(new Date(at), timeZone);

export function instant(at: Date): Instant {
  return new Date(at.getTime()).toISOString();
}

/** Seconds since 1970, rounded up, as DynamoDB's TTL attribute needs them. */
export function epochSeconds(at: Date | Instant): number {
  return Math.ceil(new Date(at).getTime() / 1000);
}

/**
 * The same local time a number of calendar months later. If that month lacks the day, its last day; if summer
 * time skips the hour, the hour after it.
 */
export function plusMonths(at: Date | Instant, months: number): Instant {
  return instant(addMonths(local(at), months));
}

export function plusYears(at: Date | Instant, years: number): Instant {
  return instant(addYears(local(at), years));
}

/** The same local time a number of calendar days later. */
export function plusDays(at: Date | Instant, days: number): Instant {
  return instant(addDays(local(at), days));
}

export function plusHours(at: Date | Instant, hours: number): Instant {
  return plusMinutes(at, hours * 60);
}

export function plusMinutes(at: Date | Instant, minutes: number): Instant {
  return instant(new Date(new Date(at).getTime() + minutes * 60_000));
}

export function calendarDay(at: Date | Instant): CalendarDay {
  const day = local(at);
  const two = (value: number) => String(value).padStart(2, "0");
  return `${String(day.getFullYear()).padStart(4, "0")}-${two(day.getMonth() + 1)}-${two(day.getDate())}`;
}

/**
 * Converts a local time in the Netherlands; if summer time skips the hour, the hour after it.
 * @returns null if `day` is no existing day as `yyyy-mm-dd`, or `time` no time as `hh:mm`
 */
export function localInstant(day: CalendarDay, time: string): Instant | null {
  const [, year, month, date] = /^(\d{4})-(\d{2})-(\d{2})$/.exec(day) ?? [];
  const [, hours, minutes] = /^([01]\d|2[0-3]):([0-5]\d)$/.exec(time) ?? [];
  if (!year || !month || !date || !hours || !minutes) return null;
  const [y, m, d] = [Number(year), Number(month) - 1, Number(date)];
  const at = new TZDate(y, m, d, Number(hours), Number(minutes), timeZone);
  return calendarDay(at) === day ? instant(at) : null;
}

/** The number of midnights in the Netherlands between two instants; negative if `until` is on an earlier day. */
export function daysBetween(from: Date | Instant, until: Date | Instant): number {
  return differenceInCalendarDays(local(until), local(from));
}
