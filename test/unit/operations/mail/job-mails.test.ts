import { describe, expect, it } from "vitest";
import type { MailBlock, MailContent } from "../../../../shared/texts/mails/content.ts";
import { mailWriters } from "../../../../shared/texts/mails/writers.ts";
import { organisation, user } from "../../../support/domain.ts";
import { contacts, publicUrl, settings } from "../../web/samples.ts";

/** The texts that mails of the jobs must contain (DESIGN §2, Expiry and Inactivity). */

const context = { contacts, publicUrl, settings };
const recipient = { user: user({ lastLoginAt: null }), organisation: organisation() };

function words({ subject, blocks }: MailContent): string {
  const of = (block: MailBlock): string => {
    if (block.kind === "facts") return block.facts.map(({ label, value }) => `${label}: ${value}`).join("\n");
    return block.kind === "link" ? `${block.label} ${block.url}` : block.text;
  };
  return [subject, ...blocks.map(of)].join("\n");
}

const expires = (daysLeft: number) =>
  words(
    mailWriters["password-expires"]({ expiresAt: "2026-12-06T12:05:00.000Z", daysLeft }, recipient, context),
  );

describe("the mail about a password's end", () => {
  it.each([
    [14, "over 14 dagen"],
    [1, "over 1 dag"],
    [0, "vandaag"],
  ])("with %i days left says so, when, and how to renew it", (daysLeft, when) => {
    const text = expires(daysLeft);
    expect(text).toContain(`Uw wachtwoord voor Portero verloopt ${when}`);
    expect(text).toContain("Gebruikersnaam: ftest");
    expect(text).toContain("Geldig tot: 6 december 2026 om 13:05 uur");
    expect(text).toContain(`${publicUrl}/wachtwoord-aanvragen`);
  });
});

describe("the mail about a lapse to come", () => {
  const data = { since: "2026-06-06T09:00:00.000Z", lapsesOn: "2026-12-06", daysLeft: 14 };

  it("says on which day, and how to keep the account", () => {
    const text = words(mailWriters["account-lapses"](data, recipient, context));
    expect(text).toContain("Uw account voor Portero stopt over 14 dagen");
    expect(text).toContain("U hebt nog nooit ingelogd");
    expect(text).toContain("Uw account stopt op: 6 december 2026");
    expect(text).toContain(contacts.porteroUrl);
  });

  it("says since when it has not been used, if it ever was", () => {
    const used = { ...recipient, user: user({ lastLoginAt: data.since }) };
    expect(words(mailWriters["account-lapses"](data, used, context))).toContain(
      "U hebt sinds 6 juni 2026 niet",
    );
  });
});

describe("the digest for administrators", () => {
  it("names lapsed accounts, and counts those that it does not name", () => {
    const data = { usernames: ["kbakker", "jvries2"], count: 5 };
    const text = words(mailWriters["accounts-lapsed"](data, recipient, context));
    expect(text).toContain("Er zijn 5 accounts voor Portero gestopt");
    for (const username of data.usernames) expect(text).toContain(`Gebruikersnaam: ${username}`);
    expect(text).toContain("En nog 3 andere");
  });

  it("is about one account, when there is one", () => {
    const text = words(
      mailWriters["accounts-lapsed"]({ usernames: ["kbakker"], count: 1 }, recipient, context),
    );
    expect(text).toContain("Een account van Zorg Voorbeeld is gestopt");
    expect(text).not.toContain("En nog");
  });
});

describe("the mail to contract managers", () => {
  it("names the organisation that has no administrator left", () => {
    const data = { organisationId: "3", organisationName: "Thuiszorg De Linde", lapsedOn: "2026-11-22" };
    const text = words(mailWriters["last-administrator-lapsed"](data, recipient, context));
    expect(text).toContain("Geen beheerder meer voor Portero bij Thuiszorg De Linde");
    expect(text).toContain("Nummer: 3");
    expect(text).toContain("Gestopt op: 22 november 2026");
  });
});
