import { describe, expect, it } from "vitest";
import { admit, passwordExpiry, type RefusalReason } from "../../../shared/domain/admission.ts";
import { organisation, user } from "../../support/domain.ts";

const now = new Date("2026-11-22T12:00:00.000Z");

describe("the admission check (DESIGN §2, Signing in; §3)", () => {
  it("lets an active user of an open organisation with a valid password in", () => {
    expect(admit(user(), organisation(), now)).toEqual({ admitted: true });
  });

  const expired = { passwordExpiresAt: "2026-11-22T12:00:00.000Z" };
  it.each<
    [string, Parameters<typeof user>[0] | null, Parameters<typeof organisation>[0] | null, RefusalReason]
  >([
    ["an unknown user", null, {}, "invalid-credentials"],
    ["a user whose organisation is gone", {}, null, "invalid-credentials"],
    ["a deleted user", { status: "deleted" }, { status: "closed" }, "invalid-credentials"],
    [
      "one who never set a password",
      { status: "invited", passwordExpiresAt: null },
      {},
      "invalid-credentials",
    ],
    ["a closed organisation", {}, { status: "closed" }, "organisation-closed"],
    [
      "a closed organisation before all else",
      { status: "inactive", ...expired },
      { status: "closed" },
      "organisation-closed",
    ],
    ["a lapsed account", { status: "inactive", ...expired }, {}, "account-inactive"],
    ["a password that ends this very moment", expired, {}, "password-expired"],
  ])("refuses %s", (_, userParts, organisationParts, reason) => {
    const subject = userParts ? user(userParts) : null;
    const place = organisationParts ? organisation(organisationParts) : null;
    expect(admit(subject, place, now)).toEqual({ admitted: false, reason });
  });

  it.each([
    ["2026-12-06T23:30:00.000Z", 15, false],
    ["2026-12-06T09:00:00.000Z", 14, true],
    ["2026-11-22T13:00:00.000Z", 0, true],
  ])("a password that ends at %s has %i days left", (expiresAt, daysLeft, warning) => {
    expect(passwordExpiry(expiresAt, now, { passwordWarningDays: 14 })).toEqual({
      expiresAt,
      daysLeft,
      warning,
    });
  });
});
