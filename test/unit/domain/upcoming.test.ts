import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { startOfDay } from "../../../shared/domain/jobs/days.ts";
import { lapseDay } from "../../../shared/domain/jobs/inactivity.ts";
import { calendarDay, plusDays } from "../../../shared/domain/time.ts";
import { directoryEntry } from "../../../shared/domain/user-search.ts";
import { upcomingIn } from "../../../shared/domain/upcoming.ts";
import type { User } from "../../../shared/domain/user.ts";
import { user } from "../../support/domain.ts";

/** 22 November 2026, 13:00 in the Netherlands. */
const now = new Date("2026-11-22T12:00:00.000Z");
const settings = { inactivityMonths: 6 };
const upcoming = (days: number, ...people: Partial<User>[]) =>
  upcomingIn(
    days,
    people.map((parts) => directoryEntry(user({ lastLoginAt: "2026-11-20T09:00:00.000Z", ...parts }))),
    now,
    settings,
  ).map(({ username, on, what }) => `${username} ${on} ${what}`);

describe("what ends in the coming days (DESIGN §4)", () => {
  it("tells the day in the Netherlands, soonest first, on one day expiring passwords first", () => {
    expect(
      upcoming(
        30,
        { username: "zoe", passwordExpiresAt: "2026-11-30T23:30:00.000Z" },
        { username: "adam", passwordExpiresAt: "2026-11-30T22:30:00.000Z" },
        {
          username: "bea",
          lastLoginAt: "2026-05-30T21:59:00.000Z",
          passwordExpiresAt: "2026-11-30T12:00:00.000Z",
        },
      ),
    ).toEqual([
      "adam 2026-11-30 password-expires",
      "bea 2026-11-30 password-expires",
      "bea 2026-11-30 account-lapses",
      "zoe 2026-12-01 password-expires",
    ]);
  });

  it("reaches to the end of the last day, and not beyond", () => {
    const last = { username: "last", passwordExpiresAt: "2026-11-23T22:59:59.000Z" };
    const next = { username: "next", passwordExpiresAt: "2026-11-23T23:00:00.000Z" };
    expect(upcoming(1, last, next)).toEqual(["last 2026-11-23 password-expires"]);
    expect(upcoming(2, last, next)).toHaveLength(2);
  });

  it("leaves out past ends, and users without access", () => {
    const soon = { passwordExpiresAt: "2026-11-24T12:00:00.000Z" };
    expect(
      upcoming(
        30,
        { passwordExpiresAt: "2026-11-22T11:59:00.000Z" },
        { lastLoginAt: "2026-05-21T12:00:00.000Z", passwordExpiresAt: null },
        { ...soon, status: "inactive" },
        { ...soon, status: "deleted" },
      ),
    ).toEqual([]);
  });

  it("equals a day-by-day calculation, for any sign-ins and any ends of passwords", () => {
    const moment = (from: string, to: string) =>
      fc
        .date({ min: new Date(from), max: new Date(to), noInvalidDate: true })
        .map((date) => date.toISOString());
    fc.assert(
      fc.property(
        // A whole year seldom, since each of its days takes arithmetic with time zones.
        fc.oneof({ weight: 19, arbitrary: fc.integer({ min: 1, max: 40 }) }, fc.constant(366)),
        fc.integer({ min: 1, max: 36 }),
        moment("2024-01-01", "2028-12-31"),
        moment("2024-01-01", "2028-12-31"),
        moment("2024-01-01", "2028-12-31"),
        (days, inactivityMonths, at, lastLoginAt, passwordExpiresAt) => {
          const today = calendarDay(at);
          const last = calendarDay(plusDays(startOfDay(today), days));
          const coming = (day: string) => day >= today && day <= last;
          const expected = [
            ...(passwordExpiresAt > at && coming(calendarDay(passwordExpiresAt))
              ? [`password-expires ${calendarDay(passwordExpiresAt)}`]
              : []),
            ...(coming(lapseDay(lastLoginAt, { inactivityMonths }))
              ? [`account-lapses ${lapseDay(lastLoginAt, { inactivityMonths })}`]
              : []),
          ];
          const entry = directoryEntry(user({ lastLoginAt, passwordExpiresAt }));
          const found = upcomingIn(days, [entry], new Date(at), { inactivityMonths });
          expect(found.map(({ what, on }) => `${what} ${on}`).sort()).toEqual(expected.sort());
        },
      ),
      { numRuns: 300 },
    );
  });

  it("counts from the creation of an account that was never used", () => {
    const invited = {
      username: "new",
      status: "invited" as const,
      createdAt: "2026-06-01T09:00:00.000Z",
      lastLoginAt: null,
      passwordExpiresAt: null,
    };
    expect(upcoming(30, invited)).toEqual(["new 2026-12-01 account-lapses"]);
    expect(upcoming(8, invited)).toEqual([]);
  });
});
