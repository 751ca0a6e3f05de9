import { describe, expect, it } from "vitest";
import { passwordFaults } from "../../../shared/domain/password-policy.ts";
import type { ProblemSlug } from "../../../shared/domain/errors.ts";
import { problemStatus } from "../../../shared/http/problems.ts";
import { fieldErrorCodes, fieldErrorText } from "../../../shared/texts/field-errors.ts";
import type { Language } from "../../../shared/texts/language.ts";
import { frameTexts } from "../../../shared/texts/pages/frame.ts";
import { linkRequestTexts, setPasswordTexts } from "../../../shared/texts/pages/password.ts";
import { signInTexts } from "../../../shared/texts/pages/sign-in.ts";
import { welcomeTexts } from "../../../shared/texts/pages/welcome.ts";
import { passwordFaultText, passwordRuleTexts } from "../../../shared/texts/password-rules.ts";
import { problemTitle } from "../../../shared/texts/problem-titles.ts";
import { problemDetail } from "../../../shared/texts/problems.ts";
import { contacts, settings } from "../web/samples.ts";

const languages: Language[] = ["nl", "en"];
const slugs = Object.keys(problemStatus) as ProblemSlug[];
const pages = { frameTexts, linkRequestTexts, setPasswordTexts, signInTexts, welcomeTexts };

/** All texts in a tree; functions are called with 1. */
function wordsIn(texts: unknown): string[] {
  if (typeof texts === "string") return [texts];
  if (typeof texts === "function")
    return [(texts as (...values: unknown[]) => string)(1, { date: "d", time: "t" })];
  return Object.values(texts as object).flatMap(wordsIn);
}

function allWords(language: Language): string[] {
  return [
    ...slugs.flatMap((slug) => [problemTitle(slug, language), problemDetail(slug, language, { contacts })]),
    ...fieldErrorCodes.map((code) => fieldErrorText({ code }, language)),
    ...passwordRuleTexts(settings, language).map(({ text }) => text),
    ...passwordFaults.map((code) => passwordFaultText(code, settings, language)),
    ...Object.values(pages).flatMap((texts) => wordsIn(texts[language])),
  ];
}

describe("texts", () => {
  it.each(languages)("say something everywhere in %s", (language) => {
    for (const words of allWords(language)) expect(words).toMatch(/\p{L}/u);
  });

  it.each(languages)("have nothing unfinished in them in %s", (language) => {
    for (const words of allWords(language)) expect(words).not.toMatch(/undefined|null|NaN|\[object| {2}/);
  });

  it("address people with u", () => {
    for (const words of allWords("nl")) expect(words).not.toMatch(/\b(?:jij|je|jouw|jullie)\b/i);
  });
});

describe("problemDetail", () => {
  it.each(slugs)("of %s is made of whole sentences, in two languages", (slug) => {
    const [nl, en] = [problemDetail(slug, "nl"), problemDetail(slug, "en")];
    expect(nl).toMatch(/^\p{Lu}.*\.$/u);
    expect(en).toMatch(/^\p{Lu}.*\.$/u);
    expect(nl).not.toBe(en);
  });

  it("says how long to wait", () => {
    expect(problemDetail("too-many-attempts", "nl", { retryAfterSeconds: 840 })).toContain("14 minuten");
    expect(problemDetail("too-many-attempts", "en", { retryAfterSeconds: 1 })).toContain("1 second ");
    expect(problemDetail("temporarily-unavailable", "nl")).toContain("Wacht even");
  });

  it("names contacts, where they are known", () => {
    expect(problemDetail("internal-error", "nl", { contacts })).toContain(contacts.serviceDesk.phone);
    expect(problemDetail("organisation-closed", "en", { contacts })).toContain(
      contacts.contractManagement.email,
    );
    expect(problemDetail("internal-error", "nl")).toContain("servicedesk.");
  });
});

describe("fieldErrorText", () => {
  it("names the limit where there is one", () => {
    expect(fieldErrorText({ code: "too-long", limit: 80 }, "nl")).toBe(
      "Dit is te lang. Gebruik niet meer dan 80 tekens.",
    );
    expect(fieldErrorText({ code: "too-short", limit: 1 }, "en")).toContain("1 character.");
    expect(fieldErrorText({ code: "too-large", limit: 0 }, "nl")).toContain("dan 0.");
  });

  it("knows every fault of a password", () => {
    const invalid = fieldErrorText({ code: "invalid" }, "nl");
    for (const code of passwordFaults) expect(fieldErrorText({ code }, "nl")).not.toBe(invalid);
  });

  it.each(["made-up", "toString", "__proto__", "constructor"])(
    "reads the unforeseen code %s as invalid",
    (code) => {
      expect(fieldErrorText({ code }, "nl")).toBe("Deze waarde klopt niet.");
    },
  );
});

describe("passwordRuleTexts", () => {
  it("has a rule for every fault, in the order in which they are reported", () => {
    for (const language of languages) {
      expect(passwordRuleTexts(settings, language).map(({ code }) => code)).toEqual(passwordFaults);
    }
  });

  it("follows the settings", () => {
    const others = { ...settings, passwordMinimumLength: 11, passwordMaximumLength: 70, passwordHistory: 3 };
    const rules = passwordRuleTexts(others, "nl").map(({ text }) => text);
    expect(rules[0]).toBe("Gebruik ten minste 11 tekens");
    expect(rules[1]).toContain("70 tekens");
    expect(rules[4]).toContain("3 wachtwoorden");
    expect(passwordFaultText("too-short", others, "nl")).toBe(
      "Uw wachtwoord is te kort. Gebruik ten minste 11 tekens.",
    );
  });

  it("names no more earlier passwords than are checked", () => {
    const history = (passwordHistory: number) =>
      passwordRuleTexts({ ...settings, passwordHistory }, "nl").find(({ code }) => code === "recently-used")
        ?.text;
    expect(history(0)).toBe("Gebruik niet uw huidige wachtwoord");
    expect(history(1)).toBe("Gebruik niet uw huidige wachtwoord of het wachtwoord daarvoor");
  });

  it("leaves out a rule that is switched off", () => {
    const rules = passwordRuleTexts({ ...settings, refuseCommonPasswords: false }, "nl");
    expect(rules.map(({ code }) => code)).not.toContain("too-common");
  });
});
