import fc from "fast-check";
import { describe, expect, it } from "vitest";
import * as z from "zod/mini";
import * as texts from "../../../../shared/operations/kit/text-schemas.ts";
import { numberInQuery } from "../../../../shared/operations/kit/schemas.ts";
import { parse } from "../../../../shared/operations/kit/validation.ts";

const codes = (schema: z.ZodMiniType, value: unknown) => {
  const result = parse(schema, value, "body");
  return result.ok ? [] : result.errors.map(({ code }) => code);
};

const invisible = [
  "\u200b",
  "\u3164",
  "\u2060",
  "\u00ad",
  "\u115f",
  "\u2800",
  "\u00a0",
  "\u3000",
  " ",
  "\ufe0f",
];

describe("a text in which nothing is visible (DESIGN §2, A user)", () => {
  it.each(invisible)("%j counts as empty", (character) => {
    const text = character.repeat(3);
    expect(codes(texts.line(20), text)).toEqual(["required"]);
    expect(codes(texts.requiredText(20), `${text}\n${text}`)).toEqual(["required"]);
    expect(codes(texts.nameLine(20), text)).toEqual(["required"]);
    expect(codes(texts.nameLine(20), `-${text}-`)).toEqual([
      expect.stringMatching(/letters|characters|script/),
    ]);
    expect(z.parse(texts.optionalLine(20), text)).toBeNull();
    expect(z.parse(texts.optionalText(20), text)).toBeNull();
  });
});

describe("the scripts of names (docs/adr/0037)", () => {
  it.each([
    "Jürgen",
    "Đặng Thị Ánh",
    "Şükrü",
    "Łódź",
    "Ελένη",
    "Наталія",
    "Հայկ",
    "გიორგი",
    "O’Brien-'t Hooft",
    "N'Gø'a",
  ])("%s is a name", (name) => {
    expect(codes(texts.nameLine(60), name)).toEqual([]);
  });
  it.each(["李明", "さくら", "민준", "ไทย", "محمد", "שרה", "Jan 李"])(
    "%s is to be written in Latin letters",
    (name) => {
      expect(codes(texts.nameLine(60), name)).toEqual(["script"]);
      expect(codes(texts.requiredText(60), name)).toEqual([]);
    },
  );
});

describe("what is far too long is refused before anything is done with it (SECURITY 27)", () => {
  const marks = "a" + "\u0301\u0323".repeat(30_000);
  const fields: [string, z.ZodMiniType][] = [
    ["line", texts.line(80)],
    ["nameLine", texts.nameLine(80)],
    ["optionalLine", texts.optionalLine(30)],
    ["optionalName", texts.optionalName(30)],
    ["optionalText", texts.optionalText(1000)],
    ["changedText", texts.changedText(1000)],
    ["requiredText", texts.requiredText(2000)],
    ["emailAddress", texts.emailAddress],
    ["domainName", texts.domainName],
    ["loginNameText", texts.loginNameText],
  ];

  /** Milliseconds of processor time; the fastest of three, so that a busy machine changes nothing. */
  function cost(work: () => unknown): number {
    return Math.min(
      ...[1, 2, 3].map(() => {
        const before = process.cpuUsage();
        work();
        return process.cpuUsage(before).user / 1000;
      }),
    );
  }

  it.each(fields)("%s", (_, schema) => {
    expect(codes(schema, marks)).toEqual(["too-long"]);
    expect(cost(() => codes(schema, marks))).toBeLessThan(100);
  });

  it("more combining marks on a letter than any script needs are refused before they are put in order", () => {
    const longest = "a" + "\u0301\u0323".repeat(4000);
    expect(codes(texts.requiredText(2000), longest)).toEqual(["characters"]);
    expect(cost(() => codes(texts.requiredText(2000), longest))).toBeLessThan(10);
    expect(codes(texts.requiredText(2000), `a${"\u0301".repeat(30)}`)).toEqual([]);
    expect(codes(texts.requiredText(2000), `a${"\u0301".repeat(31)}`)).toEqual(["characters"]);
    const spread = `a${"\u0301\u0323".repeat(15)}`.repeat(258);
    expect(cost(() => codes(texts.requiredText(2000), spread))).toBeLessThan(100);
  });
});

describe("e-mail addresses (RFC 5321)", () => {
  it.each(["p&o@zorg.example", "x@xn--bcher-kva.example", "a@zorg.xn--p1ai", "x@xn--p1ai"])(
    "%s is one",
    (address) => {
      expect(codes(texts.emailAddress, address)).toEqual([]);
    },
  );

  it.each([
    `${"a".repeat(65)}@zorg.example`,
    `a@${"b".repeat(64)}.example`,
    "a@foo-.example",
    "a@-foo.example",
    ".a@zorg.example",
    "a..b@zorg.example",
    "a@zorg",
    "a@zorg..example",
    "a b@zorg.example",
    "a@zorg.example, b@zorg.example",
    "a@zörg.example",
  ])("%s is none", (address) => {
    expect(codes(texts.emailAddress, address)).toEqual(["email"]);
  });

  it.each(invisible)("%j in a copied address is left out", (character) => {
    const address = `${character}j.smit${character}@zorg${character}.example${character}`;
    const parsed = parse(texts.emailAddress, address, "body");
    const inside = /\s|\u2800/u.test(character);
    expect(parsed).toMatchObject(inside ? { ok: false } : { ok: true, data: "j.smit@zorg.example" });
    expect(z.parse(texts.emailAddress, `${character === "\u2800" ? "" : character}j.smit@zorg.example`)).toBe(
      "j.smit@zorg.example",
    );
  });

  it.each(["a@zorg\u3002example", "a\uFF20zorg.example", "a@zorg\uFF0Eexample", "\uFF41@zorg.example"])(
    "%s, which only looks like one, is none",
    (address) => {
      expect(codes(texts.emailAddress, address)).toEqual(["email"]);
    },
  );

  it("any dot-atom of up to 64 characters at any domain of labels of up to 63 is one", () => {
    const atom = fc.string({
      unit: fc.constantFrom(...Array.from("abZ09!#$%&'*+/=?^_`{|}~-")),
      minLength: 1,
      maxLength: 20,
    });
    const label = fc.stringMatching(/^[a-z0-9]([a-z0-9-]{0,20}[a-z0-9])?$/);
    const local = fc.array(atom, { minLength: 1, maxLength: 3 }).map((atoms) => atoms.join("."));
    const domain = fc
      .array(label, { minLength: 1, maxLength: 4 })
      .map((labels) => [...labels, "example"].join("."));
    fc.assert(
      fc.property(local, domain, (name, host) => {
        expect(codes(texts.emailAddress, `${name}@${host}`)).toEqual([]);
      }),
    );
  });
});

describe("a number in a query (DESIGN §4)", () => {
  const limit = numberInQuery(1, 100, 25);

  it.each([
    [undefined, 25],
    ["1", 1],
    ["100", 100],
    ["007", 7],
  ])("%j is %j", (text, value) => {
    expect(z.parse(limit, text)).toBe(value);
  });

  it.each(["0x10", "1e1", " 5", "5 ", "+5", "-5", "5.0", "", "1_0", "٥", "NaN", "99999999999"])(
    "%j is none",
    (text) => {
      expect(codes(limit, text)).toEqual(["number"]);
    },
  );
});
