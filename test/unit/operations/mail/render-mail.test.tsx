import { describe, expect, it } from "vitest";
import { renderMail } from "../../../../shared/operations/mail/templates/render-mail.tsx";
import type { MailData, MailTemplate, UserMail } from "../../../../shared/domain/mail.ts";
import { MailRefused } from "../../../../shared/domain/ports/mail.ts";
import type { User } from "../../../../shared/domain/user.ts";
import { organisation, user } from "../../../support/domain.ts";
import { contacts, hostile, publicUrl, settings } from "../../web/samples.ts";

const linkUrl = `${publicUrl}/wachtwoord/Zk3v9wQeT1uPqXc7LrB2sYhN0aMdF5gJ8iKoE4tRzVw`;
const context = { contacts, publicUrl, linkUrl, settings };

function outboxMail<T extends MailTemplate>(template: T, data: MailData[T]): UserMail {
  const about = { id: "m1", organisationId: "2", username: "ftest", createdAt: "2026-11-22T13:00:00.000Z" };
  return { ...about, template, data } as unknown as UserMail;
}

const mails = {
  welcome: outboxMail("welcome", { administrator: false }),
  "welcome, administrator": outboxMail("welcome", { administrator: true }),
  "password-link": outboxMail("password-link", { linkId: "link-id-1" }),
  "organisation-changed": outboxMail("organisation-changed", {
    changedAt: "2026-11-22T13:05:00.000Z",
    fields: ["city", "contactPerson"],
  }),
  "email-changed": outboxMail("email-changed", {
    changedAt: "2026-11-22T13:05:00.000Z",
    formerAddress: null,
  }),
  "password-changed": outboxMail("password-changed", { changedAt: "2026-11-22T13:05:00.000Z" }),
  "password-expires": outboxMail("password-expires", { expiresAt: "2026-12-06T13:05:00.000Z", daysLeft: 14 }),
  "account-lapses": outboxMail("account-lapses", {
    since: "2026-06-06T09:00:00.000Z",
    lapsesOn: "2026-12-06",
    daysLeft: 14,
  }),
  "accounts-lapsed": outboxMail("accounts-lapsed", { usernames: ["kbakker", "jvries2"], count: 5 }),
  "last-administrator-lapsed": outboxMail("last-administrator-lapsed", {
    organisationId: "3",
    organisationName: "Thuiszorg De Linde",
    lapsedOn: "2026-11-22",
  }),
};
const everyMail = Object.entries(mails);

const render = (mail: UserMail, changes: Partial<User> = {}, displayName = "De Zonnehof") =>
  renderMail(mail, { user: user(changes), organisation: organisation({ displayName }) }, context);

/** The HTML's words, as a reader sees them. */
function wordsOf(html: string): string {
  const body = html.slice(html.indexOf("<body"));
  const text = body.replaceAll(/<[^>]*>/g, " ");
  const entities = { "&lt;": "<", "&quot;": '"', "&amp;": "&" };
  const plain = Object.entries(entities).reduce(
    (words, [entity, sign]) => words.replaceAll(entity, sign),
    text,
  );
  return plain.replaceAll(/\s+/g, " ");
}

describe.each(everyMail)("mail %s", (_name, mail) => {
  it("goes to the user, under one line of subject", () => {
    const { to, subject } = render(mail);
    expect(to).toEqual({ name: "F. Test", address: "femke.test@zorg.example" });
    expect(subject).toMatch(/^\p{Lu}[^\p{C}]+Portero[^\p{C}]*$/u);
  });

  it("says the same in HTML and in plain text", () => {
    const { html, text } = render(mail);
    const words = wordsOf(html).toLowerCase();
    for (const line of text.split("\n").filter((line) => line !== "")) {
      expect(words.replaceAll(" : ", ": ")).toContain(line.replace(/:$/, "").toLowerCase());
    }
  });

  it("is a Dutch page for a phone, with styles inline and nothing from elsewhere", () => {
    const { html } = render(mail);
    expect(html).toMatch(/^<!doctype html>\n<html lang="nl">/);
    expect(html).toContain('name="viewport" content="width=device-width, initial-scale=1"');
    expect(html).not.toMatch(/<(?:img|script|style|link|iframe|svg|form)\b|url\(|\ssrc=|@import/);
  });

  it("links only to addresses that were given", () => {
    const { html, text } = render(mail);
    const given = [linkUrl, `${publicUrl}/wachtwoord-aanvragen`, `${publicUrl}/`, contacts.porteroUrl];
    for (const [address] of `${html}\n${text}`.matchAll(/https?:[^\s"<]*/g)) expect(given).toContain(address);
  });

  it("has every link on a line of its own in plain text", () => {
    const { html, text } = render(mail);
    const links = [...html.matchAll(/href="([^"]*)"/g)].map(([, url]) => url);
    expect(links.length).toBeGreaterThan(0);
    for (const url of links) expect(text.split("\n")).toContain(url);
  });

  it.each(Object.entries(hostile))("takes a name with %s as text", (_kind, lastName) => {
    const { to, subject, html, text } = render(mail, { lastName }, lastName);
    for (const words of [to.name, subject]) expect(words).not.toMatch(/\p{Cc}|\u2028/u);
    expect(html).not.toMatch(/<img|<script|<b>|\sonmouseover="/);
    expect(text).not.toMatch(/^(?:Bcc|bcc)/m);
    expect(text).not.toMatch(/\r|\u2028/);
  });

  it.each([
    "a@b.example, c@d.example",
    "a@b.example\r\nBcc: c@d.example",
    "A <a@b.example>",
    "a@b.example\u0000",
  ])("is not sent to %j, which is not one plain address", (email) => {
    expect(() => render(mail, { email })).toThrow(MailRefused);
  });
});

describe("the welcome mail", () => {
  it.each([mails.welcome, mails["welcome, administrator"]])("holds no secret", (mail) => {
    const { html, text } = render(mail);
    expect(html + text).not.toContain(linkUrl);
    expect(html + text).not.toMatch(/\/wachtwoord\//);
  });

  it("gives login name, organisation, the page to request a password link and the address of Portero", () => {
    const { text } = render(mails.welcome);
    for (const fact of [
      "ftest",
      "De Zonnehof",
      `${publicUrl}/wachtwoord-aanvragen`,
      contacts.porteroUrl,
      "8 uur",
    ]) {
      expect(text).toContain(fact);
    }
  });

  it("gives the address of the user administration to administrators alone", () => {
    const lines = (mail: UserMail) => render(mail).text.split("\n");
    expect(lines(mails["welcome, administrator"])).toContain(`${publicUrl}/`);
    expect(lines(mails.welcome)).not.toContain(`${publicUrl}/`);
  });
});

describe("the password-link mail", () => {
  it("gives the link, how long and how often it works, and what to do if one did not request it", () => {
    const { text, html } = render(mails["password-link"]);
    expect(html).toContain(`href="${linkUrl}"`);
    for (const fact of ["ftest", "8 uur", "één keer", "HEBT U DIT NIET AANGEVRAAGD?"])
      expect(text).toContain(fact);
    expect(text + html).not.toContain("link-id-1");
  });

  it("follows the configured number of hours", () => {
    const recipient = { user: user(), organisation: organisation() };
    const shorter = { ...context, settings: { ...settings, linkHours: 1 } };
    expect(renderMail(mails["password-link"], recipient, shorter).text).toContain("De link werkt 1 uur");
  });

  it("is not made without its link", () => {
    const recipient = { user: user(), organisation: organisation() };
    const without = { contacts, publicUrl, settings };
    expect(() => renderMail(mails["password-link"], recipient, without)).toThrow();
  });
});

it("the email-changed mail tells the address before what happened, and the new one how to go on", () => {
  const toNew = render(mails["email-changed"]).text;
  const data = { changedAt: "2026-11-22T13:05:00.000Z", formerAddress: "old@zorg.example" };
  const toOld = render(outboxMail("email-changed", data)).text;
  for (const text of [toNew, toOld]) {
    expect(text).toContain("22 november 2026 om 14:05 uur");
    expect(text).toContain(contacts.serviceDesk.phone);
  }
  expect(toNew.split("\n")).toContain(`${publicUrl}/wachtwoord-aanvragen`);
  expect(toOld).not.toContain("wachtwoord-aanvragen");
});

it("the password-changed mail says when, until when, and what to do if it was someone else", () => {
  const { text } = render(mails["password-changed"]);
  for (const fact of ["22 november 2026 om 14:05 uur", "1 februari 2027", contacts.serviceDesk.phone]) {
    expect(text).toContain(fact);
  }
  expect(text.split("\n")).toContain(`${publicUrl}/wachtwoord-aanvragen`);
});
