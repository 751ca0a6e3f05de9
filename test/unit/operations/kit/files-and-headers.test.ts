import { parse as readCsv } from "csv-parse/sync";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { csvFile } from "../../../../shared/operations/kit/csv-file.ts";
import { prefersCsv } from "../../../../shared/http/media-types.ts";
import { requiredIfMatch, requireMatch } from "../../../../shared/operations/kit/precondition.ts";

describe("a file with rows", () => {
  it("is RFC 4180 in UTF-8 with a byte order mark", () => {
    expect(csvFile([["naam"], ["Zoë, 2"], ['"zo"'], ["één\ntwee"], [null]])).toBe(
      '\uFEFFnaam\r\n"Zoë, 2"\r\n"""zo"""\r\néén twee\r\n\r\n',
    );
  });

  it.each(["=1+1", "+31 30 555", "-1", "@SUM(A1)", "\tx"])(
    "puts an apostrophe before %j, which a spreadsheet could take for a formula (SECURITY 19)",
    (value) => {
      const [[cell]] = readCsv(csvFile([[value]]), { bom: true }) as [[string]];
      expect(cell).toBe(`'${value}`);
    },
  );

  const unit = fc.constantFrom("a", '"', ",", ";", "\t", "|", "\r", "\n", "=", "+", "@", "'", " ", "é");
  const rowsOf = fc.array(fc.array(fc.string({ unit }), { minLength: 3, maxLength: 3 }), { minLength: 1 });

  it("any text is read back as it was written, but for apostrophes before formulas and spaces for line breaks", () => {
    const bare = (cell: string) => cell.replaceAll(/['\s]/g, "");
    fc.assert(
      fc.property(rowsOf, (rows) => {
        const read: string[][] = readCsv(csvFile(rows), { bom: true, record_delimiter: "\r\n" });
        expect(read.map((row) => row.map(bare))).toEqual(rows.map((row) => row.map(bare)));
        expect(read.flat().join("")).not.toMatch(/[\r\n]/);
      }),
    );
  });

  it.each([",", ";", "\t", "|"])(
    "no cell begins a formula for a reader that splits at %j (SECURITY 38)",
    (separator) => {
      fc.assert(
        fc.property(rowsOf, (rows) => {
          const lines = csvFile(rows)
            .slice(1)
            .split(/[\r\n]+/);
          const cells = lines.flatMap((line) => line.split(separator));
          const seen = cells.map((cell) => cell.replaceAll(/^[\s"]+/g, ""));
          expect(seen.filter((cell) => /^[=+\-@]/.test(cell))).toEqual([]);
        }),
      );
    },
  );
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
