import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { preferredLanguage } from "../../../shared/texts/language.ts";

describe("preferredLanguage", () => {
  it.each([
    [undefined, "nl"],
    ["", "nl"],
    ["nl", "nl"],
    ["en", "en"],
    ["EN-gb", "en"],
    ["fr", "nl"],
    ["*", "nl"],
    ["en;q=0", "nl"],
    ["nl;q=0, *", "en"],
    ["nl;q=0", "nl"],
    ["en-US,en;q=0.9", "en"],
    ["nl-NL,nl;q=0.9,en-US;q=0.8,en;q=0.7", "nl"],
    ["en-US,en;q=0.9,nl;q=0.8", "en"],
    ["fr, en;q=0.5", "en"],
    ["fr, en;q=0.5, nl;q=0.4", "en"],
    ["en;q=0.5, *", "nl"],
    ["en;q=0.3, en-GB;q=0.9, nl;q=0.8", "en"],
    ["en, nl", "en"],
    ["nl, en", "nl"],
    ["*, nl", "nl"],
    ["*, en", "en"],
    ["en;q=0, nl;q=0", "nl"],
    ["nl;q=0.8 , en ; q=0.9", "en"],
    ["en;q=2, nl;q=0.1", "nl"],
    ["enough", "nl"],
    ["en;level=1", "nl"],
  ])("%j gives %s", (header, language) => {
    expect(preferredLanguage(header)).toBe(language);
  });

  it("takes any text", () => {
    fc.assert(fc.property(fc.string(), (header) => ["nl", "en"].includes(preferredLanguage(header))));
  });
});
