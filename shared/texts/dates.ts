import { timeZone, type CalendarDay, type Instant } from "../domain/time.ts";
import type { Language } from "./language.ts";

const digits = new Intl.DateTimeFormat("nl-NL", {
  timeZone,
  day: "2-digit",
  month: "2-digit",
  year: "numeric",
  hour: "2-digit",
  minute: "2-digit",
  hourCycle: "h23",
});

const longDay = (locale: string) =>
  new Intl.DateTimeFormat(locale, { timeZone, day: "numeric", month: "long", year: "numeric" });
const longDays = { nl: longDay("nl-NL"), en: longDay("en-GB") };

function partsOf(at: Date | Instant): Record<string, string> {
  const parts = digits.formatToParts(new Date(at));
  return Object.fromEntries(parts.map(({ type, value }) => [type, value]));
}

/** `dd-mm-jjjj hh:mm` in the Netherlands, for tables. */
export function shortDateTime(at: Date | Instant): string {
  const { day, month, year, hour, minute } = partsOf(at);
  return `${day ?? ""}-${month ?? ""}-${year ?? ""} ${hour ?? ""}:${minute ?? ""}`;
}

/** A calendar day as `dd-mm-jjjj`, for tables. */
export function shortDate(day: CalendarDay): string {
  return day.split("-").reverse().join("-");
}

/** `hh:mm` in the Netherlands. */
export function timeOfDay(at: Date | Instant): string {
  const { hour, minute } = partsOf(at);
  return `${hour ?? ""}:${minute ?? ""}`;
}

/** "22 november 2026": the calendar day in the Netherlands, for sentences. */
export function longDate(at: Date | Instant, language: Language): string {
  return longDays[language].format(new Date(at));
}

/** "22 november 2026", from a calendar day; noon UTC is on that day in the Netherlands. */
export function dayInWords(day: CalendarDay, language: Language): string {
  return longDate(`${day}T12:00:00.000Z`, language);
}

/** "22 november 2026 om 14:05 uur", for sentences. */
export function longDateTime(at: Date | Instant, language: Language): string {
  const [day, time] = [longDate(at, language), timeOfDay(at)];
  return language === "nl" ? `${day} om ${time} uur` : `${day} at ${time}`;
}
