import { describe, expect, it } from "vitest";
import { linkLimits, secondsToWait } from "../../../shared/dynamodb/link-limits.ts";

const limits = (username: string, address: string) =>
  linkLimits(username, address, { linksPerUserPerHour: 5, linksPerSourcePerHour: 20 }).map(
    ({ key }) => key.PK,
  );
const source = (address: string) => limits("ftest", address)[1];

describe("what counts as one source", () => {
  it.each([
    ["192.0.2.1", "192.0.2.2"],
    ["2001:db8:0:1::1", "2001:db8:0:2::1"],
    ["::ffff:192.0.2.1", "::ffff:192.0.2.2"],
    ["::1", "::2"],
  ])("%s and %s are two", (one, other) => {
    expect(source(one)).not.toBe(source(other));
  });

  it.each([
    ["2001:db8:0:1::1", "2001:DB8:0:1:ffff:ffff:ffff:ffff"],
    ["2001:db8::1", "2001:db8:0:0:1::"],
    ["fe80::1", "fe80::2%eth0"],
  ])("%s and %s are one", (one, other) => {
    expect(source(one)).toBe(source(other));
  });

  it("need not be an address", () => {
    expect(source("unknown")).toContain("unknown");
  });
});

describe("what counts as one login name", () => {
  it("is written in any capitals", () => {
    expect(limits(" FTest ", "192.0.2.1")).toEqual(limits("ftest", "192.0.2.1"));
    expect(limits("Straße ", "192.0.2.1")).toEqual(limits("straße", "192.0.2.1"));
  });

  it("does not show text that cannot be a login name", () => {
    expect(limits("secret pass", "192.0.2.1").join()).not.toContain("secret");
  });
});

describe("secondsToWait", () => {
  const now = new Date("2026-11-22T12:00:00.000Z");
  const ago = (minutes: number) => now.getTime() - minutes * 60_000;

  it.each([
    ["no requests", [], 0],
    ["fewer than the limit", [ago(1)], 0],
    ["as many as the limit", [ago(1), ago(2)], 58 * 60],
    ["more, of which those before count no more", [ago(1), ago(60), ago(70)], 0],
  ])("counts %s", (_, times, seconds) => {
    expect(secondsToWait(times, 2, now)).toBe(seconds);
  });

  it("rounds up, so that waiting that long is enough", () => {
    expect(secondsToWait([now.getTime() - 3_599_999], 1, now)).toBe(1);
  });
});
