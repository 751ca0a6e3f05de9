import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { addDays, latestStart, startOfDay } from "../../../../shared/domain/jobs/days.ts";
import {
  accountUse,
  inactivityLimits,
  lapseDay,
  retentionLimit,
  unusedSince,
} from "../../../../shared/domain/jobs/inactivity.ts";
import { calendarDay, daysBetween } from "../../../../shared/domain/time.ts";
import { user } from "../../../support/domain.ts";

const anyDay = fc
  .date({ min: new Date("2020-01-01T12:00:00Z"), max: new Date("2040-12-31T12:00:00Z"), noInvalidDate: true })
  .map((date) => calendarDay(date));
const settings = { inactivityMonths: 6, inactivityNoticeDays: 14 };

describe("days in the Netherlands", () => {
  it.each([
    ["2026-01-15", "2026-01-14T23:00:00.000Z"],
    ["2026-07-15", "2026-07-14T22:00:00.000Z"],
    ["2026-03-29", "2026-03-28T23:00:00.000Z"],
    ["2026-03-30", "2026-03-29T22:00:00.000Z"],
    ["2026-10-25", "2026-10-24T22:00:00.000Z"],
    ["2026-10-26", "2026-10-25T23:00:00.000Z"],
  ])("begin at midnight there: %s at %s", (day, start) => {
    expect(startOfDay(day)).toBe(start);
    expect(calendarDay(start)).toBe(day);
  });

  it.each([
    ["2026-03-28", 1, "2026-03-29"],
    ["2026-03-29", 1, "2026-03-30"],
    ["2026-10-26", -1, "2026-10-25"],
    ["2028-02-28", 1, "2028-02-29"],
    ["2026-12-31", 14, "2027-01-14"],
  ])("follow one another whatever the clock does: %s and %i days is %s", (day, days, expected) => {
    expect(addDays(day, days)).toBe(expected);
  });

  it("are counted by midnights", () => {
    fc.assert(
      fc.property(anyDay, fc.integer({ min: -800, max: 800 }), (day, days) => {
        expect(daysBetween(startOfDay(day), startOfDay(addDays(day, days)))).toBe(days);
      }),
    );
  });
});

describe("an account that is not used", () => {
  it.each([
    ["2026-05-22T08:00:00.000Z", "2026-11-22"],
    ["2026-08-28T12:00:00.000Z", "2027-02-28"],
    ["2026-08-31T12:00:00.000Z", "2027-02-28"],
    ["2027-08-31T12:00:00.000Z", "2028-02-29"],
    ["2028-02-29T12:00:00.000Z", "2028-08-29"],
    // 23:30 local is on the day before in UTC.
    ["2026-05-21T22:30:00.000Z", "2026-11-22"],
    ["2026-12-31T22:30:00.000Z", "2027-06-30"],
  ])("since %s lapses on %s", (since, on) => {
    expect(lapseDay(since, settings)).toBe(on);
  });

  it("is due on its own day, not before, whatever the lengths of months", () => {
    fc.assert(
      fc.property(anyDay, fc.integer({ min: 1, max: 36 }), (today, inactivityMonths) => {
        const limits = inactivityLimits(today, { inactivityMonths, inactivityNoticeDays: 14 });
        const last = addDays(calendarDay(limits.lapse), -1);
        expect(lapseDay(startOfDay(last), { inactivityMonths }) <= today).toBe(true);
        expect(lapseDay(limits.lapse, { inactivityMonths }) > today).toBe(true);
        const noticed = addDays(calendarDay(limits.notice), -1);
        expect(lapseDay(startOfDay(noticed), { inactivityMonths }) <= addDays(today, 14)).toBe(true);
        expect(lapseDay(limits.notice, { inactivityMonths }) > addDays(today, 14)).toBe(true);
      }),
    );
  });

  it("counts from its creation if it never was used", () => {
    expect(unusedSince(user({ lastLoginAt: null }))).toBe(user().createdAt);
    expect(unusedSince(user({ lastLoginAt: "2026-10-01T09:00:00.000Z" }))).toBe("2026-10-01T09:00:00.000Z");
  });

  it.each([
    [null, { use: "ended", reason: "gone" }],
    [user({ status: "deleted" }), { use: "ended", reason: "deleted" }],
    [user({ status: "inactive" }), { use: "ended", reason: "inactive" }],
    [user({ lastLoginAt: "2026-05-01T09:00:00.000Z" }), { use: "used", since: "2026-05-01T09:00:00.000Z" }],
    [user({ mailStatus: "bounced" }), { use: "unused", reason: "bounced" }],
  ])("is one of these (%#)", (account, expected) => {
    expect(accountUse(account, user().createdAt)).toEqual(expected);
  });
});

describe("the retention period", () => {
  it.each([
    ["2028-11-22", "2026-11-22T23:00:00.000Z"],
    ["2028-02-29", "2026-02-28T23:00:00.000Z"],
    ["2030-02-28", "2028-02-29T23:00:00.000Z"],
  ])("has ended on %s for accounts that ended before %s", (today, limit) => {
    expect(retentionLimit(today, { retentionYears: 2 })).toBe(limit);
  });
});

describe("counting back", () => {
  it("finds the last of several days that lead to one", () => {
    const end = (day: string) => lapseDay(startOfDay(day), settings);
    expect(latestStart("2027-02-28", end, "2026-08-28")).toBe("2026-08-31");
  });
});
