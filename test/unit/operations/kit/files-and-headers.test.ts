import { parse as readCsv } from "csv-parse/sync";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { csvFile } from "../../../../shared/operations/kit/csv-file.ts";
import { prefersCsv } from "../../../../shared/http/media-types.ts";
import { requiredIfMatch, requireMatch } from "../../../../shared/operations/kit/precondition.ts";

describe("a file with rows", () => {
  it("is RFC 4180 in UTF-8 with a byte order mark", () => {
    expect(csvFile([["naam"], ["Zoë, 2"], ['"zo"'], ["één\ntwee"], [null]])).toBe(
      '\uFEFFnaam\r\n"Zoë, 2"\r\n"""zo"""\r\n"één\ntwee"\r\n\r\n',
    );
  });

  it.each(["=1+1", "+31 30 555", "-1", "@SUM(A1)", "\tx", "\rx"])(
    "puts an apostrophe before %j, which a spreadsheet could take for a formula (SECURITY 19)",
    (value) => {
      const [[cell]] = readCsv(csvFile([[value]]), { bom: true }) as [[string]];
      expect(cell).toBe(`'${value}`);
    },
  );

  it("any text is read back as it was written, and begins no formula", () => {
    const value = fc.string({ unit: fc.constantFrom("a", '"', ",", ";", "\r", "\n", "=", "'", " ", "é") });
    fc.assert(
      fc.property(fc.array(fc.array(value, { minLength: 3, maxLength: 3 }), { minLength: 1 }), (rows) => {
        const read = readCsv(csvFile(rows), { bom: true, record_delimiter: "\r\n" });
        const harmless = rows.map((row) =>
          row.map((cell) => (/^[=+\-@\t\r]/.test(cell) ? `'${cell}` : cell)),
        );
        expect(read).toEqual(harmless);
      }),
    );
  });
});

describe("the preference for CSV", () => {
  it.each([
    [undefined, false],
    ["", false],
    ["*/*", false],
    ["application/json", false],
    ["text/csv", true],
    ["TEXT/CSV", true],
    ["text/csv, application/json", false],
    ["text/csv;q=0.9, application/json", false],
    ["text/csv, application/json;q=0.9", true],
    ["text/csv, */*;q=0.1", true],
    ["text/csv, */*", true],
    ["*/*, text/csv", true],
    ["text/csv, application/*", true],
    ["text/*, */*", false],
    ["text/csv;q=0.5, */*", false],
    ["text/*", true],
    ["text/html, application/xhtml+xml, */*;q=0.8", false],
    ["text/csv;q=0", false],
    ["text/csv;q=nonsense", false],
    ["text/csv;header=present", true],
  ])("Accept: %s → %s", (accept, wanted) => {
    expect(prefersCsv(accept)).toBe(wanted);
  });
});

describe("If-Match", () => {
  const matches = (header: string | undefined) => {
    requireMatch(requiredIfMatch(header), { version: 3 });
  };

  it.each(['"3"', '"1", "3"', "*", ' "3" '])("%s matches version 3", (header) => {
    expect(() => matches(header)).not.toThrow();
  });

  it.each(['"2"', 'W/"3"', "3", '"3', "nonsense"])("%s does not", (header) => {
    expect(() => matches(header)).toThrow("precondition-failed");
  });

  it.each([undefined, "", "  "])("%j is none", (header) => {
    expect(() => matches(header)).toThrow("precondition-required");
  });
});
