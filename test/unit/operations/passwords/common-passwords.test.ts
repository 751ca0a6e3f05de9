import { describe, expect, it } from "vitest";
import * as z from "zod/mini";
import { settingsSchema } from "../../../../shared/domain/settings.ts";
import { judgePassword } from "../../../../shared/operations/passwords/judge-password.ts";
import { organisation, user } from "../../../support/domain.ts";

const settings = z.parse(settingsSchema, {});

async function faults(password: string) {
  const subject = { user: user(), organisation: organisation(), history: null };
  return (await judgePassword(password, subject, settings, "CIZ")).faults;
}

describe("a common password (SECURITY 5)", () => {
  it.each([
    "Welkom123!",
    "Welkom01!",
    "Wachtwoord1!",
    "Zomer2026!",
    "!!Winter-2027",
    "Welcome1!",
    "Password2026",
    "Maandag01!",
    "December2026!",
    "Qwerty!2026",
    "1Qaz2wsx!",
  ])("%s is refused, whatever stands around it", async (password) => {
    expect(await faults(password)).toContain("too-common");
  });

  it.each(["Tulpenveld-48!", "Blauwe-Fiets-31", "Regen op dinsdag 7", "kR7#pq!vmZ"])(
    "%s is none",
    async (password) => {
      expect(await faults(password)).toEqual([]);
    },
  );
});
