import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { calendarDay, daysBetween, localInstant, plusDays, plusMonths } from "../../../shared/domain/time.ts";

describe("calendar arithmetic in Europe/Amsterdam (DESIGN §2)", () => {
  it.each([
    ["2026-11-22T13:00:00.000Z", 3, "2027-02-22T13:00:00.000Z"],
    ["2026-11-30T13:00:00.000Z", 3, "2027-02-28T13:00:00.000Z"],
    ["2023-11-30T13:00:00.000Z", 3, "2024-02-29T13:00:00.000Z"],
    ["2024-02-29T13:00:00.000Z", 12, "2025-02-28T13:00:00.000Z"],
    // Summer time: 14:00 local stays 14:00 local.
    ["2026-01-15T13:00:00.000Z", 3, "2026-04-15T12:00:00.000Z"],
    ["2026-08-15T12:00:00.000Z", 3, "2026-11-15T13:00:00.000Z"],
    // 02:30 local on 29 March 2026 does not exist.
    ["2025-12-29T01:30:00.000Z", 3, "2026-03-29T01:30:00.000Z"],
    // Just after midnight local is the day before in UTC.
    ["2026-11-30T23:30:00.000Z", 3, "2027-02-28T23:30:00.000Z"],
  ])("%s and %i months is %s", (from, months, until) => {
    expect(plusMonths(from, months)).toBe(until);
  });

  it("a day begins at midnight in the Netherlands", () => {
    expect(calendarDay("2026-11-22T22:59:59.999Z")).toBe("2026-11-22");
    expect(calendarDay("2026-11-22T23:00:00.000Z")).toBe("2026-11-23");
    expect(calendarDay("2026-07-01T22:00:00.000Z")).toBe("2026-07-02");
    expect(daysBetween("2026-11-22T22:30:00.000Z", "2026-11-22T23:30:00.000Z")).toBe(1);
    expect(daysBetween("2026-11-22T23:30:00.000Z", "2026-11-22T22:30:00.000Z")).toBe(-1);
  });

  const moment = fc.date({ min: new Date("2020-01-01"), max: new Date("2040-01-01"), noInvalidDate: true });

  it("adding days adds as many midnights, across summer and winter time", () => {
    fc.assert(
      fc.property(moment, fc.integer({ min: 0, max: 400 }), (from, days) => {
        expect(daysBetween(from, plusDays(from, days))).toBe(days);
      }),
    );
  });

  it("more months are never earlier, and the day of the month is kept or is the month's last", () => {
    fc.assert(
      fc.property(moment, fc.integer({ min: 0, max: 36 }), (from, months) => {
        const until = plusMonths(from, months);
        expect(plusMonths(from, months + 1) > until).toBe(true);
        const day = (date: Date | string) => Number(calendarDay(date).slice(8));
        const lastOfMonth = day(until) !== day(from) && calendarDay(plusDays(until, 1)).endsWith("-01");
        expect(day(until) === day(from) || lastOfMonth).toBe(true);
      }),
    );
  });
});

describe("a day and a time in the Netherlands", () => {
  it.each([
    ["2026-07-01", "14:30", "2026-07-01T12:30:00.000Z"],
    ["2026-12-01", "00:00", "2026-11-30T23:00:00.000Z"],
    // 02:30 local on 29 March 2026 does not exist.
    ["2026-03-29", "02:30", "2026-03-29T01:30:00.000Z"],
    ["2026-02-30", "12:00", null],
    ["2026-13-01", "12:00", null],
    ["2026-7-1", "12:00", null],
    ["2026-07-01", "24:00", null],
    ["2026-07-01", "9:00", null],
    ["", "", null],
  ])("%s %s is the instant %s", (day, time, expected) => {
    expect(localInstant(day, time)).toBe(expected);
  });
});
