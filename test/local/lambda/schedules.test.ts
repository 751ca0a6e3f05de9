import { describe, expect, it } from "vitest";
import { HostError } from "../../../infra/local/host-error.ts";
import { isDue, parseSchedule } from "../../../infra/local/lambda/schedules.ts";

describe("schedules", () => {
  it.each<[string, string, boolean]>([
    ["cron(0 3 * * ? *)", "2026-03-01T03:00:00Z", true],
    ["cron(0 3 * * ? *)", "2026-03-01T03:01:00Z", false],
    ["cron(30 5 * * ? *)", "2026-03-01T05:30:00Z", true],
    ["cron(30 5 * * ? *)", "2026-03-01T17:30:00Z", false],
    ["rate(1 minute)", "2026-03-01T03:07:00Z", true],
    ["rate(5 minutes)", "2026-03-01T03:07:00Z", false],
    ["rate(5 minutes)", "2026-03-01T03:10:00Z", true],
  ])("%s at %s: %s", (expression, at, expected) => {
    expect(isDue(parseSchedule(expression), new Date(at))).toBe(expected);
  });

  it.each([
    "cron(0 3 * * ?)",
    "cron(99 3 * * ? *)",
    "cron(0 24 * * ? *)",
    "cron(0/15 8-10 ? * MON-FRI *)",
    "cron(0 0 L * ? *)",
    "cron(0 0 15W * ? *)",
    "cron(0 0 ? * 3#2 *)",
    "cron(0 0 1,15 JAN,JUL ? 2026-2027)",
    "rate(0 minutes)",
    "rate(1 day)",
    "rate(2 weeks)",
    "at(2026-01-01T00:00:00)",
  ])("%s is refused, since the app does not use its like", (expression) => {
    expect(() => parseSchedule(expression)).toThrow(HostError);
    expect(() => parseSchedule(expression)).toThrow(
      `The local host does not support the schedule ${expression}`,
    );
  });
});
