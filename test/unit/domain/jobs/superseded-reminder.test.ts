import { describe, expect, it } from "vitest";
import { reminderSupersededBy } from "../../../../shared/domain/jobs/superseded-reminder.ts";
import type { UserMail } from "../../../../shared/domain/mail.ts";
import { user } from "../../../support/domain.ts";

const about = { id: "m1", organisationId: "2", username: "ftest", createdAt: "2026-11-22T05:00:00.000Z" };
const account = user({ lastLoginAt: null });
const expiresAt = account.passwordExpiresAt!;
const warning: UserMail = { ...about, template: "password-expires", data: { expiresAt, daysLeft: 14 } };
const notice: UserMail = {
  ...about,
  template: "account-lapses",
  data: { since: account.createdAt, lapsesOn: "2026-07-01", daysLeft: 14 },
};

describe("a mail of a job that waits to be sent", () => {
  it("is still wanted while nothing has changed", () => {
    expect([warning, notice].map((mail) => reminderSupersededBy(mail, account))).toEqual([null, null]);
    expect(
      reminderSupersededBy({ ...about, template: "welcome", data: { administrator: false } }, account),
    ).toBeNull();
  });

  it("is superseded once its user has done what it asks for", () => {
    const renewed = { ...account, passwordExpiresAt: "2027-05-01T09:00:00.000Z" };
    expect(reminderSupersededBy(warning, renewed)).toBe("password-renewed");
    expect(reminderSupersededBy(notice, { ...account, lastLoginAt: "2026-06-20T09:00:00.000Z" })).toBe(
      "signed-in-since",
    );
  });
});
