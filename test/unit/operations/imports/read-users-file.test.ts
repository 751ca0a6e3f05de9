import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { readUsersFile, type Column } from "../../../../shared/operations/imports/read-users-file.ts";

const names: Record<Column, readonly [english: string, dutch: string]> = {
  initials: ["initials", "voorletters"],
  firstName: ["firstName", "voornaam"],
  infix: ["infix", "tussenvoegsel"],
  lastName: ["lastName", "achternaam"],
  email: ["E-mail", "e-mailadres"],
  phone: ["phone", "telefoonnummer"],
  fax: ["fax", "faxnummer"],
  memo: ["memo", "memo"],
};
const columns = Object.keys(names) as Column[];
const header = columns.map((column) => names[column][0]).join(",");
const row = "F.,Femke,,Test,f@zorg.example,,,";
const faults = (text: string) =>
  readUsersFile(text).faults.map(({ line, field, code }) => `${line} ${field ?? "-"} ${code}`);

/** RFC 4180 */
const quoted = (cell: string) => `"${cell.replaceAll('"', '""')}"`;
const cells = fc.string({ unit: fc.constantFrom("a", "é", '"', "'", ",", ";", "\n", " ", "=", "\t", "1") });

describe("a file of users", () => {
  it("is read as it was written, with any content of its cells (RFC 4180)", () => {
    const file = fc.record({
      rows: fc.array(fc.array(cells, { minLength: 8, maxLength: 8 }), { minLength: 1, maxLength: 12 }),
      separator: fc.constantFrom(",", ";", "\t"),
      lineEnd: fc.constantFrom("\n", "\r\n"),
      language: fc.constantFrom(0 as const, 1 as const),
      order: fc.shuffledSubarray(columns, { minLength: 8, maxLength: 8 }),
      mark: fc.constantFrom("", "\uFEFF"),
      lastEnd: fc.boolean(),
    });
    fc.assert(
      fc.property(file, ({ rows, separator, lineEnd, language, order, mark, lastEnd }) => {
        const head = order.map((column) => names[column][language].toUpperCase()).join(separator);
        const lines = rows.map((row) => row.map(quoted).join(separator).replaceAll("\n", lineEnd));
        const text = mark + [head, ...lines].join(lineEnd) + (lastEnd ? lineEnd : "");
        let line = 2;
        const expected = rows.flatMap((row) => {
          const begins = line;
          line += row.join("").split("\n").length;
          const values = Object.fromEntries(
            row.flatMap((cell, place) => (cell.trim() ? [[order[place]!, cell.trim()]] : [])),
          );
          return Object.keys(values).length > 0 ? [{ line: begins, values }] : [];
        });
        const read = readUsersFile(text);
        if (expected.length === 0) expect(read.faults).toMatchObject([{ code: "no-rows" }]);
        else expect(read).toEqual({ rows: expected, faults: [] });
      }),
    );
  });

  it.each([";", ",", "\t"])("may begin with a line that names the separator: %j", (separator) => {
    const names = ["Voorletters", "VOORNAAM", "achternaam", "E-mail"].join(separator);
    const values = ["F.", "Femke", "Test", "f@zorg.example"].join(separator);
    const { rows, faults } = readUsersFile(`\uFEFFsep=${separator}\r\n${names}\r\n${values}\r\n`);
    expect(faults).toEqual([]);
    expect(rows).toMatchObject([{ line: 3, values: { firstName: "Femke", email: "f@zorg.example" } }]);
  });

  it("may leave out what is optional, and have blank lines and separators behind its lines", () => {
    const text = "achternaam;voorletters;voornaam;email;;\n\n;;;;;\nTest;F.;Femke;f@zorg.example;;\n";
    expect(readUsersFile(text).rows).toEqual([
      { line: 4, values: { lastName: "Test", initials: "F.", firstName: "Femke", email: "f@zorg.example" } },
    ]);
  });

  it.each([
    ["nothing", "", ["1 - no-rows"]],
    ["only a byte order mark", "\uFEFF", ["1 - no-rows"]],
    ["only names of columns", `${header}\n`, ["1 - no-rows"]],
    ["bytes that are no UTF-8", `${header}\n${row}\n\uFFFD,\n`, ["3 - encoding"]],
    ["UTF-16", `i\0n\0i\0t\0,\0\n\0`, ["1 - encoding", "2 - encoding"]],
    ["bars between the columns", `initials|firstName|lastName|email\n`, ["1 - separator"]],
    ["no e-mail addresses", "initials,firstName,lastName\nF.,F,T\n", ["1 email missing-column"]],
    ["an unknown column", `${header},role\n${row},admin\n`, ["1 role unknown-column"]],
    ["a column twice", `${header},Voornaam\n${row},x\n`, ["1 firstName double-column"]],
    ["a line that is too short", `${header}\n${row}\nF.,Femke\n`, ["3 - column-count"]],
    ["a line that is too long", `${header}\n${row}1,2\n`, ["2 - column-count"]],
    ["a semicolon in place of a comma", `${header}\n${row.replaceAll(",", ";")}\n`, ["2 - column-count"]],
    ["a quotation mark that is not closed", `${header}\n${row}\n"F.,Femke\nx\n`, ["3 - quotes"]],
    ["a quotation mark inside", `${header}\nF"a",,,,,,,\n`, ["2 - quotes"]],
    ["text behind a quotation mark", `${header}\n"F"a,,,,,,,\n`, ["2 - quotes"]],
    ["1,001 rows", `${header}\n${`${row}\n`.repeat(1001)}`, ["1 - too-many-rows"]],
  ])("with %s says so, by the line", (_, text, expected) => {
    expect(faults(text)).toEqual(expected);
  });

  it("of any kind is read or refused, and never at length", () => {
    const pieces = fc.constantFrom(
      ...columns,
      ",",
      ";",
      '"',
      "\n",
      "\r",
      "\t",
      "\0",
      "\uFEFF",
      "x",
      "é",
      "😀",
    );
    fc.assert(
      fc.property(
        fc.oneof(fc.string({ unit: "binary" }), fc.string({ unit: pieces, maxLength: 200 })),
        (text) => {
          const { rows, faults } = readUsersFile(text);
          expect(rows.length + faults.length).toBeGreaterThan(0);
          expect(faults.length).toBeLessThanOrEqual(1000);
        },
      ),
    );
    expect(readUsersFile("\uFFFD\n".repeat(100_000)).faults).toHaveLength(20);
    expect(readUsersFile(`${header}${",x".repeat(100_000)}\n`).faults.length).toBeLessThanOrEqual(20);
  });
});
