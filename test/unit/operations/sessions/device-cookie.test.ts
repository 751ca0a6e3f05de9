import fc from "fast-check";
import { describe, expect, it } from "vitest";
import {
  deviceCookieDays,
  deviceCookies,
  mostPeople,
} from "../../../../shared/operations/sessions/device-cookie.ts";

const start = Date.parse("2026-11-22T12:00:00.000Z");
const secret = new Uint8Array(32).fill(7);
const at = (days: number, key = secret) =>
  deviceCookies({ secret: () => Promise.resolve(key), clock: () => new Date(start + days * 86_400_000) });

describe("a device cookie (SECURITY 37)", () => {
  it("is known for the login name that signed in, however it is typed, and for no other", async () => {
    const cookie = await at(0).renew(null, "ftest");
    const id = await at(0).find(cookie, "ftest");
    expect(id).toMatch(/^[\w-]{22}$/);
    expect(await at(0).find(cookie, " FTest ")).toBe(id);
    for (const other of ["ftest2", "ftes", "", "not a login name"]) {
      expect(await at(0).find(cookie, other)).toBeNull();
    }
  });

  it("holds no login name, and nothing that two browsers or two sign-ins have in common", async () => {
    const cookies = [await at(0).renew(null, "ftest"), await at(0).renew(null, "ftest")];
    expect(cookies.join(" ")).not.toContain("ftest");
    const ids = await Promise.all(cookies.map((cookie) => at(0).find(cookie, "ftest")));
    expect(new Set(ids).size).toBe(2);
  });

  it("with any character changed, or sealed with another key, is worth nothing", async () => {
    const cookie = await at(0).renew(null, "ftest");
    expect(await at(0, new Uint8Array(32)).find(cookie, "ftest")).toBeNull();
    await fc.assert(
      fc.asyncProperty(
        fc.nat(cookie.length - 1),
        fc.constantFrom("0", "a", "Z", "-", "_", ".", "~", " ", "é"),
        async (place, character) => {
          fc.pre(cookie[place] !== character);
          const changed = cookie.slice(0, place) + character + cookie.slice(place + 1);
          expect(await at(0).find(changed, "ftest")).toBeNull();
        },
      ),
    );
  });

  it("any text is no cookie, and costs nothing but the look", async () => {
    await fc.assert(
      fc.asyncProperty(fc.string({ unit: "binary", maxLength: 500 }), async (text) => {
        expect(await at(0).find(text, "ftest")).toBeNull();
        const renewed = await at(0).renew(text, "ftest");
        expect(await at(0).find(renewed, "ftest")).not.toBeNull();
      }),
    );
  });

  it("is valid for a year, by our clock and not the browser's", async () => {
    const cookie = await at(0).renew(null, "ftest");
    expect(await at(deviceCookieDays - 1).find(cookie, "ftest")).not.toBeNull();
    expect(await at(deviceCookieDays).find(cookie, "ftest")).toBeNull();
  });

  it("serves the last few people who used the browser, each with a new mark at each sign-in", async () => {
    const people = ["anna", "ben", "carla", "dirk", "els", "frans"];
    let cookie: string | null = null;
    for (const name of people) cookie = await at(0).renew(cookie, name);
    const known = await Promise.all(people.map((name) => at(0).find(cookie, name)));
    expect(known.map((id) => id !== null)).toEqual([false, true, true, true, true, true]);
    const again = await at(0).renew(cookie, "ben");
    expect(again.split("~")).toHaveLength(mostPeople);
    expect(await at(0).find(again, "ben")).not.toBe(known[1]);
    expect(await at(0).find(again, "frans")).toBe(known[5]);
    expect(again).toMatch(/^[\w.~-]{1,500}$/);
  });
});
