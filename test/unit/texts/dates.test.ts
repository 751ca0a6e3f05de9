import { describe, expect, it } from "vitest";
import { longDate, longDateTime, shortDateTime, timeOfDay } from "../../../shared/texts/dates.ts";
import { oneLine } from "../../../shared/texts/one-line.ts";
import { quantity, waitingTime } from "../../../shared/texts/quantities.ts";

describe("dates are written as in the Netherlands", () => {
  it.each([
    ["2026-11-22T13:05:00.000Z", "22-11-2026 14:05"],
    ["2026-07-01T22:00:00.000Z", "02-07-2026 00:00"],
    ["2026-12-31T23:30:00.000Z", "01-01-2027 00:30"],
    ["2026-10-25T00:30:00.000Z", "25-10-2026 02:30"],
    ["2026-10-25T01:30:00.000Z", "25-10-2026 02:30"],
  ])("%s as %s", (at, text) => {
    expect(shortDateTime(at)).toBe(text);
    expect(timeOfDay(at)).toBe(text.slice(11));
  });

  it("in sentences", () => {
    const at = "2026-11-22T13:05:00.000Z";
    expect(longDate(at, "nl")).toBe("22 november 2026");
    expect(longDate(new Date(at), "en")).toBe("22 November 2026");
    expect(longDateTime(at, "nl")).toBe("22 november 2026 om 14:05 uur");
    expect(longDateTime(at, "en")).toBe("22 November 2026 at 14:05");
    expect(longDate("2026-12-31T23:30:00.000Z", "nl")).toBe("1 januari 2027");
  });
});

describe("quantities", () => {
  it("agree with their number", () => {
    expect(quantity(1, "month", "nl")).toBe("1 maand");
    expect(quantity(8, "hour", "nl")).toBe("8 uur");
    expect(quantity(8, "hour", "en")).toBe("8 hours");
  });

  it.each([
    [0, "1 seconde"],
    [4.2, "5 seconden"],
    [90, "90 seconden"],
    [91, "2 minuten"],
    [840, "14 minuten"],
  ])("waiting %s seconds is %s", (seconds, text) => {
    expect(waitingTime(seconds, "nl")).toBe(text);
  });
});

it("oneLine removes line ends and characters that change the text's direction", () => {
  expect(oneLine("a\r\nBcc: b\u2028c\u0000d\u202Ee\tf ")).toBe("a Bcc: b c d e f");
  expect(oneLine("Zoë de Vries-Đặng")).toBe("Zoë de Vries-Đặng");
});
