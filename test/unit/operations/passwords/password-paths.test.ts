import fc from "fast-check";
import { describe, expect, it } from "vitest";
import * as z from "zod/mini";
import { settingsSchema } from "../../../../shared/domain/settings.ts";
import { compareWithHistory } from "../../../../shared/operations/passwords/password-history.ts";
import { judgePassword } from "../../../../shared/operations/passwords/judge-password.ts";
import { organisation, user } from "../../../support/domain.ts";
import { passwordPaths } from "../../../support/passwords.ts";

const settings = z.parse(settingsSchema, {});

describe("every path that sets a password goes through the one rule (SECURITY 6)", () => {
  const member = { user: user(), organisation: organisation() };
  const former = ["Tulpenveld-48!", "Zonnebloem-17?"];

  const word = fc.constantFrom(
    "Test",
    "femke",
    "ftest",
    "Portero",
    "zorg",
    "welkom01",
    "x",
    "Aa1!",
    "12345678",
    " ",
    "é",
  );
  const candidate = fc.oneof(
    fc.array(word, { maxLength: 5 }).map((words) => words.join("")),
    fc.constantFrom(...former),
    fc.string({ unit: "binary", maxLength: 20 }),
    fc.integer({ min: 250, max: 262 }).map((length) => `Aa1!${"x".repeat(length)}`),
  );

  it("they refuse the same passwords for the same reasons, and accept the same", async () => {
    let history = null;
    for (const password of former) history = (await compareWithHistory(password, history, 12)).next;
    let set: string[] = [];
    const paths = passwordPaths({
      passwords: {
        findHistory: () => Promise.resolve(history),
        claim: () => Promise.resolve(),
        isClaimed: () => Promise.resolve(false),
        release: () => Promise.resolve(),
        recordAccepted: () => Promise.resolve(),
      },
      identityProvider: {
        setPassword: (_, password) => {
          set.push(password);
          return Promise.resolve();
        },
      },
      auditTrail: { append: () => Promise.resolve() },
      settings,
      operatorName: "CIZ",
      clock: () => new Date("2026-11-22T12:00:00.000Z"),
      newId: () => "id",
    });
    await fc.assert(
      fc.asyncProperty(candidate, async (password) => {
        const expected = (await judgePassword(password, { ...member, history }, settings, "CIZ")).faults;
        for (const path of Object.values(paths)) {
          set = [];
          expect(await path(member, password)).toEqual(expected);
          expect(set).toEqual(expected.length === 0 ? [password] : []);
        }
      }),
      { numRuns: 60 },
    );
  });
});
