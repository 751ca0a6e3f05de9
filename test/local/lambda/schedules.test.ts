import { describe, expect, it } from "vitest";
import { firesAt } from "../../../infra/local/lambda/schedule-expression.ts";

describe("schedule expressions", () => {
  it.each<[string, string, boolean]>([
    ["cron(0 3 * * ? *)", "2026-03-01T03:00:00Z", true],
    ["cron(0 3 * * ? *)", "2026-03-01T03:01:00Z", false],
    ["cron(0/15 8-10 ? * MON-FRI *)", "2026-03-02T09:45:00Z", true],
    ["cron(0/15 8-10 ? * MON-FRI *)", "2026-03-01T09:45:00Z", false],
    ["cron(0 0 L * ? *)", "2026-02-28T00:00:00Z", true],
    ["cron(0 0 L * ? *)", "2028-02-28T00:00:00Z", false],
    ["cron(0 0 15W * ? *)", "2026-08-14T00:00:00Z", true],
    ["cron(0 0 1W * ? *)", "2026-08-03T00:00:00Z", true],
    ["cron(0 0 ? * 3#2 *)", "2026-03-10T00:00:00Z", true],
    ["cron(0 0 ? * FRIL *)", "2026-03-27T00:00:00Z", true],
    ["cron(0 0 1,15 JAN,JUL ? 2026-2027)", "2027-07-15T00:00:00Z", true],
    ["cron(0 0 1,15 JAN,JUL ? 2026-2027)", "2028-07-15T00:00:00Z", false],
    ["rate(1 minute)", "2026-03-01T03:07:00Z", true],
    ["rate(5 minutes)", "2026-03-01T03:07:00Z", false],
    ["rate(5 minutes)", "2026-03-01T03:10:00Z", true],
    ["rate(1 day)", "2026-03-01T00:00:00Z", true],
  ])("%s at %s: %s", (expression, at, expected) => {
    expect(firesAt(expression, new Date(at))).toBe(expected);
  });

  it.each([
    "cron(0 3 * * ?)",
    "cron(99 3 * * ? *)",
    "rate(0 minutes)",
    "rate(2 weeks)",
    "at(2026-01-01T00:00:00)",
  ])("refuses %s", (expression) => {
    expect(() => firesAt(expression, new Date("2026-03-01T03:00:00Z"))).toThrow();
  });
});
