import fc from "fast-check";
import { describe, expect, it } from "vitest";
import {
  firstWarningBefore,
  passwordWarning,
  warningStages,
  whyNotWarned,
} from "../../../../shared/domain/jobs/password-warnings.ts";
import { calendarDay, daysBetween, plusDays } from "../../../../shared/domain/time.ts";
import { user } from "../../../support/domain.ts";

const settings = { passwordWarningDays: 14, passwordSecondWarningDays: 7, passwordLastWarningDays: 1 };
const expiresAt = "2026-11-30T12:00:00.000Z";
const morningOf = (day: string) => new Date(`${day}T05:00:00Z`);
const warningOn = (day: string) => passwordWarning(expiresAt, morningOf(day), settings);

describe("a password that is about to end", () => {
  it.each([
    ["2026-11-15", null, 15, "2026-11-16"],
    ["2026-11-16", 14, 14, "2026-11-23"],
    ["2026-11-20", 14, 10, "2026-11-23"],
    ["2026-11-22", 14, 8, "2026-11-23"],
    ["2026-11-23", 7, 7, "2026-11-29"],
    ["2026-11-28", 7, 2, "2026-11-29"],
    ["2026-11-29", 1, 1, null],
    ["2026-11-30", 1, 0, null],
  ])("on %s is at warning %s, with %i days left, and the next on %s", (day, stage, daysLeft, next) => {
    expect(warningOn(day)).toEqual({ stage, daysLeft, next });
  });

  it("is not warned of once it has ended", () => {
    expect(passwordWarning(expiresAt, new Date("2026-11-30T12:00:00Z"), settings)).toBeNull();
    expect(passwordWarning(expiresAt, new Date("2026-11-30T11:59:59Z"), settings)?.daysLeft).toBe(0);
  });

  it("counts days in the Netherlands", () => {
    // Half past midnight local is on the day before in UTC.
    expect(passwordWarning(expiresAt, new Date("2026-11-15T23:30:00Z"), settings)?.daysLeft).toBe(14);
    expect(passwordWarning("2026-03-30T22:30:00.000Z", morningOf("2026-03-28"), settings)?.daysLeft).toBe(3);
  });

  it("gets each warning once when the job runs every day, and ever fewer days left when it does not", () => {
    const gaps = fc.array(fc.integer({ min: 1, max: 9 }), { minLength: 1, maxLength: 40 });
    fc.assert(
      fc.property(gaps, (days) => {
        const given: { stage: number; daysLeft: number }[] = [];
        let look = "2026-11-01";
        for (let now = morningOf("2026-11-01"), index = 0; now < morningOf("2026-12-05"); index += 1) {
          if (calendarDay(now) >= look) {
            const warning = passwordWarning(expiresAt, now, settings);
            if (!warning) break;
            const { stage, daysLeft, next } = warning;
            expect(daysLeft).toBe(daysBetween(now, expiresAt));
            if (stage !== null) given.push({ stage, daysLeft });
            look = next ?? "9999-12-31";
          }
          now = new Date(plusDays(now, days[index % days.length] ?? 1));
        }
        const stages = given.map(({ stage }) => stage);
        expect(stages).toEqual([...new Set(stages)].sort((a, b) => b - a));
        for (const { stage, daysLeft } of given) expect(daysLeft).toBeLessThanOrEqual(stage);
        if (days.every((gap) => gap === 1)) expect(stages).toEqual([14, 7, 1]);
      }),
    );
  });
});

describe("the days of warnings", () => {
  it("are settings, in whatever order they are given", () => {
    const odd = { passwordWarningDays: 3, passwordSecondWarningDays: 10, passwordLastWarningDays: 3 };
    expect(warningStages(odd)).toEqual([10, 3]);
    expect(firstWarningBefore(morningOf("2026-11-22"), odd)).toBe("2026-12-02T23:00:00.000Z");
  });
});

describe("a user who is not warned", () => {
  it.each([
    [null, "gone", true],
    [user({ status: "inactive" }), "inactive", true],
    [user({ status: "deleted" }), "deleted", true],
    [user({ status: "invited" }), "invited", true],
    [user(), "renewed", true],
    [user({ passwordExpiresAt: expiresAt, mailStatus: "bounced" }), "bounced", false],
    [user({ passwordExpiresAt: expiresAt, mailStatus: "complained" }), "complained", false],
  ])("has a reason, and may be warned the next time (%#)", (account, reason, final) => {
    expect(whyNotWarned(account, expiresAt)).toEqual({ reason, final });
  });
});
