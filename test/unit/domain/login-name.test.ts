import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { withFreeLoginName } from "../../../shared/domain/account.ts";
import { formatLoginName, loginNameStem, parseLoginName } from "../../../shared/domain/login-name.ts";
import { LoginNameTaken } from "../../../shared/domain/ports/users.ts";

describe("login names (DESIGN §2)", () => {
  it.each([
    ["F", "Test", "ftest"],
    ["F.M.", "de Groot-Jansen", "fmdegrootjansen"],
    ["Ĳ.", "Strauß", "ijstrauss"],
    ["Ö.", "Çelik", "ocelik"],
    ["Ø", "Ærø", "oaero"],
    ["Ł.", "Łukasiewicz", "llukasiewicz"],
    ["İ.", "Işık", "iisik"],
    ["Þ.", "Guðmundsson", "thgudmundsson"],
    ["N.", "Nguyễn", "nnguyen"],
    ["J2", "O'Neill 3rd", "joneillrd"],
    ["Ж.", "Иванов", "gebruiker"],
    ["李", "王", "gebruiker"],
    ["Ж.", "Smit", "smit"],
  ])("%s %s gives %s", (initials, lastName, stem) => {
    expect(loginNameStem({ initials, lastName })).toBe(stem);
  });

  it("every name gives a stem of letters a to z only, which parses back", () => {
    fc.assert(
      fc.property(
        fc.string({ unit: "grapheme" }),
        fc.string({ unit: "grapheme" }),
        fc.integer({ min: 1, max: 99999 }),
        (initials, lastName, number) => {
          const stem = loginNameStem({ initials, lastName });
          expect(stem).toMatch(/^[a-z]{1,64}$/);
          expect(parseLoginName(formatLoginName({ stem, number }))).toEqual({ stem, number });
        },
      ),
    );
  });

  it("two different pairs of stem and number never give one login name", () => {
    const pair = fc.record({
      stem: fc.stringMatching(/^[a-z]{1,4}$/),
      number: fc.integer({ min: 1, max: 50 }),
    });
    fc.assert(
      fc.property(pair, pair, (one, other) => {
        const same = one.stem === other.stem && one.number === other.number;
        expect(formatLoginName(one) === formatLoginName(other)).toBe(same);
      }),
    );
  });

  it.each(["ftest1", "ftest02", "f.test", "", "ftest 2", "ftest9999999", "-nobody-", "ftest2x"])(
    "%j can be none",
    (text) => {
      expect(parseLoginName(text)).toBeNull();
    },
  );

  it("typed capitals and surrounding spaces do not matter", () => {
    expect(parseLoginName(" FTest2 ")).toEqual({ stem: "ftest", number: 2 });
  });

  it("the lowest free number is chosen, again when a parallel request took it", async () => {
    let highest = 0;
    const users = { highestLoginNumber: () => Promise.resolve(highest) };
    let raced = false;
    const name = await withFreeLoginName({ initials: "F", lastName: "Test" }, users, (username) => {
      if (!raced) {
        raced = true;
        highest = 1;
        return Promise.reject(new LoginNameTaken());
      }
      return Promise.resolve(username);
    });
    expect(name).toBe("ftest2");
  });
});
