import fc from "fast-check";
import { describe, expect, it } from "vitest";
import * as z from "zod/mini";
import { passwordFaultsOf, type PasswordContext } from "../../../shared/domain/password-policy.ts";
import { settingsSchema } from "../../../shared/domain/settings.ts";

const settings = z.parse(settingsSchema, {});
const context = (parts: Partial<PasswordContext> = {}): PasswordContext => ({
  username: "fdevries",
  person: { firstName: "Femke-Anne", infix: "de", lastName: "Vries Bal" },
  contextWords: ["portero", "CIZ", "Zorgcentrum De Zonnehof"],
  recentlyUsed: false,
  isCommon: (folded) => ["passw0rd!", "welkom"].includes(folded),
  ...parts,
});
const faults = (password: string, parts: Partial<PasswordContext> = {}) =>
  passwordFaultsOf(password, context(parts), settings);

describe("password policy (DESIGN §2, SECURITY 1–5)", () => {
  it.each([
    ["Tulpenveld-48!", []],
    ["Aa1!Aa1", ["too-short"]],
    ["alleenkleineletters", ["too-few-classes"]],
    ["kleine letters 12", []],
    ["ab", ["too-short", "too-few-classes"]],
    ["xFDEVRIESx1", ["contains-name"]],
    ["Vries-1234", ["contains-name"]],
    ["vRìés 1234", ["contains-name"]],
    ["FEMKE-1234x", ["contains-name"]],
    ["Annelies12!", ["contains-name"]],
    ["Bal2026!xyz", ["contains-name"]],
    ["De-12345678x", []],
    ["Femk-12345678", []],
    ["passw0rd!", ["too-common"]],
    ["PASSW0RD!a", []],
    ["Welkom123!", ["too-common"]],
    ["2026-Welkom!!", ["too-common"]],
    ["Welkom2026Huis", []],
    ["Wel\u00adkom-123", ["too-common"]],
    ["Vr\u200bies-1234", ["contains-name"]],
    ["Tulpenveld\ufffd-48", ["unprintable"]],
    ["Portero-2026", ["too-common"]],
    ["ciz!ciz!2026A", []],
    ["Ciz!2026-2026", ["too-common"]],
    ["Zorgcentrum De Zonnehof 1", ["too-common"]],
    [" Tulpenveld-48!", ["space-at-edge"]],
    ["Tulpenveld-48!\u00a0", ["space-at-edge"]],
    ["Tulpen veld 48", []],
    ["Tulpen\u0000veld-48", ["unprintable"]],
    ["Tulpen\nveld-48", ["unprintable"]],
    ["Tulpenveld\ud83d-48", ["unprintable"]],
    ["🌷🌷🌷🌷aA🌷🌷", []],
    ["🌷🌷🌷aA", ["too-short"]],
    ["李李李李李李aA", ["too-few-classes"]],
    ["Ж1!ёжикъъ", []],
  ])("%j gives %j", (password, expected) => {
    expect(faults(password)).toEqual(expected);
  });

  it.each(["\u00a0", "\u2011", "\u2003", "\u3000", "\u2013", " \u200b", "\u202f"])(
    "a name's parts are also those between %j (SECURITY 2)",
    (between) => {
      const person = { firstName: "Jan", infix: null, lastName: `De${between}Wilde` };
      expect(faults("Wilde2026!x", { person })).toEqual(["contains-name"]);
    },
  );

  it("invisible characters in a name hide nothing", () => {
    const person = { firstName: "Jan", infix: null, lastName: "W\u200bil\u2060de" };
    expect(faults("Wilde2026!x", { person })).toEqual(["contains-name"]);
  });

  it("a short login name or name part is allowed in it", () => {
    expect(
      faults("ab-de-1234X", { username: "ab", person: { firstName: "Al", infix: "de", lastName: "Xi" } }),
    ).toEqual([]);
  });

  it("a recently used password is refused, whatever else is wrong with it", () => {
    expect(faults("kort", { recentlyUsed: true })).toEqual(["too-short", "too-few-classes", "recently-used"]);
  });

  it("256 characters are accepted, 257 are not, and nothing is cut off", () => {
    expect(faults(`Aa1!${"x".repeat(252)}`)).toEqual([]);
    expect(faults(`Aa1!${"x".repeat(253)}`)).toEqual(["too-long"]);
  });

  it("composed and decomposed spellings are judged alike", () => {
    fc.assert(
      fc.property(fc.string({ unit: "grapheme", maxLength: 40 }), (text) => {
        expect(faults(text.normalize("NFD"))).toEqual(faults(text.normalize("NFC")));
      }),
    );
  });

  const character = {
    upper: fc.constantFrom(...Array.from("ABCXYZÉÖ")),
    lower: fc.constantFrom(...Array.from("abcxyzéö")),
    digit: fc.constantFrom(...Array.from("0123456789")),
    other: fc.constantFrom(...Array.from("!@#€ ~🌷")),
  };
  const withClasses = (classes: (keyof typeof character)[]) =>
    fc
      .tuple(...classes.map((one) => fc.array(character[one], { minLength: 4, maxLength: 8 })))
      .chain((parts) => fc.shuffledSubarray(parts.flat(), { minLength: parts.flat().length }))
      .map((all) => `x${all.join("")}x`.replaceAll("x", ""));

  it("two classes are never enough, three always are", () => {
    const names = Object.keys(character) as (keyof typeof character)[];
    const subset = (size: number) => fc.shuffledSubarray(names, { minLength: size, maxLength: size });
    const neutral = {
      username: "qqqqqq",
      person: { firstName: "Qqqq", infix: null, lastName: "Wwww" },
      contextWords: [],
    };
    fc.assert(
      fc.property(subset(2).chain(withClasses), (password) => {
        expect(faults(password, neutral)).toContain("too-few-classes");
      }),
    );
    fc.assert(
      fc.property(subset(3).chain(withClasses), (password) => {
        expect(faults(password, neutral)).not.toContain("too-few-classes");
      }),
    );
  });

  it("a name part of three or more characters is found anywhere, in any case, with or without accents", () => {
    const part = fc.stringMatching(/^[a-zà-ÿ]{3,12}$/);
    const spelling = (text: string) =>
      fc.constantFrom(
        text,
        text.toUpperCase(),
        text.normalize("NFD"),
        text.normalize("NFD").replaceAll(/\p{M}/gu, ""),
      );
    fc.assert(
      fc.property(
        part.chain((name) => fc.tuple(fc.constant(name), spelling(name), fc.string(), fc.string())),
        ([name, spelled, before, after]) => {
          const named = { person: { firstName: "Xx", infix: null, lastName: `Zz ${name}` } };
          expect(faults(`${before}_${spelled}_${after}`, named)).toContain("contains-name");
        },
      ),
    );
  });
});
