import { CsvError, parse } from "csv-parse/sync";
import type { FieldErrorCode } from "../../texts/field-errors.ts";
import { mostImported } from "../../domain/user-import.ts";
import { oneLine } from "../../texts/one-line.ts";

/** The columns that a file can have, with their English and Dutch names (DESIGN §4, import). */
const columnNames = {
  initials: ["initials", "voorletters"],
  firstName: ["firstname", "voornaam"],
  infix: ["infix", "tussenvoegsel"],
  lastName: ["lastname", "achternaam"],
  email: ["email", "e-mail", "e-mailadres", "emailadres"],
  phone: ["phone", "telefoonnummer"],
  fax: ["fax", "faxnummer"],
  memo: ["memo"],
} as const;
export type Column = keyof typeof columnNames;

const requiredColumns: readonly Column[] = ["initials", "firstName", "lastName", "email"];

/** The reason why a file, or a line of it, cannot be read. */
export interface FileFault {
  readonly line: number;
  /** The column that it concerns; null for the line as a whole. */
  readonly field: string | null;
  readonly code: FieldErrorCode;
  readonly limit?: number;
}

/** The values on a line, without the columns that are empty. */
export interface FileRow {
  readonly line: number;
  readonly values: Readonly<Partial<Record<Column, string>>>;
}

export interface UsersFile {
  readonly rows: readonly FileRow[];
  readonly faults: readonly FileFault[];
}

interface FileRecord {
  readonly line: number;
  readonly cells: readonly string[];
}

/** More faults of one kind would not help the reader. */
const mostFaults = 20;

/**
 * Reading ends where a file goes beyond these, because a file of the permitted size can hold half a million lines or
 * cells, each of which takes time (SECURITY 27, 38). Spreadsheets leave lines and cells without anything in them.
 */
const [longestRecord, mostCells, mostRecords] = [20_000, 100, 3 * mostImported];

/** The parser does not count empty cells in the size of a record. */
const manySeparators = new RegExp(`[,;\\t]{${mostCells + 1}}`);

class ReadingEnded extends Error {
  readonly fault: FileFault;

  constructor(fault: FileFault) {
    super(fault.code);
    this.fault = fault;
  }
}

/**
 * Reads a CSV file (RFC 4180) with a line of column names, between which stands a comma, a tab or, as Dutch
 * spreadsheets write it, a semicolon; a line `sep=;` before it names another. A byte order mark is skipped, and so are lines without anything in them.
 */
export function readUsersFile(text: string): UsersFile {
  const lines = text.replace(/^\uFEFF/, "").replaceAll(/\r\n?/g, "\n");
  const illegible = isLegible(lines)
    ? []
    : lines.split("\n").flatMap((line, index) => (isLegible(line) ? [] : [index + 1]));
  if (illegible.length > 0) {
    return fileFaults(illegible.map((line) => ({ line, field: null, code: "encoding" })));
  }
  const emptyCells = lines.search(manySeparators);
  if (emptyCells >= 0) {
    const line = lines.slice(0, emptyCells).split("\n").length;
    return fileFaults([{ line, field: null, code: "line-too-long" }]);
  }
  const named = /^"?sep=([,;\t])"?\n/i.exec(lines);
  const separator = named?.[1] ?? separatorOf(lines);
  if (separator === null) return fileFaults([{ line: 1, field: null, code: "separator" }]);
  // An empty line takes the place of the one that names the separator, so that lines keep their numbers.
  const records = readRecords(named ? lines.slice(named[0].length - 1) : lines, separator);
  return Array.isArray(records) ? usersOf(records) : fileFaults([records]);
}

const fileFaults = (faults: readonly FileFault[]): UsersFile => ({
  rows: [],
  faults: faults.slice(0, mostFaults),
});

/** Stands in the place of bytes that could not be read. */
const unreadable = "\uFFFD";

/** A file in UTF-16 without a byte order mark has a NUL between its letters. */
const isLegible = (line: string) => !line.includes(unreadable) && !line.includes("\0");

const columnOf = (name: string): Column | null => {
  const plain = name.trim().toLowerCase();
  const found = Object.entries(columnNames).find(([, names]) => (names as readonly string[]).includes(plain));
  return found ? (found[0] as Column) : null;
};

/** The separator that makes more column names of the first line; null if the file seems to use another one. */
function separatorOf(text: string): string | null {
  const [first = ""] = text.trimStart().slice(0, longestRecord).split("\n", 1);
  const known = (separator: string) =>
    first.split(separator).filter((cell) => columnOf(cell.replaceAll('"', ""))).length;
  const [best = ","] = [",", ";", "\t"].toSorted((one, other) => known(other) - known(one));
  return known(best) === 0 && known("|") > 1 ? null : best;
}

function readRecords(text: string, delimiter: string): FileRecord[] | FileFault {
  const records: FileRecord[] = [];
  let lastLine = 0;
  try {
    parse(text, {
      delimiter,
      record_delimiter: "\n",
      relax_column_count: true,
      skip_empty_lines: true,
      max_record_size: longestRecord,
      on_record: (cells: string[], { lines }) => {
        lastLine = lines;
        records.push({ line: lines - lineEnds(cells), cells });
        requireReadable(records, cells);
        return null;
      },
    });
    return records;
  } catch (error) {
    if (error instanceof ReadingEnded) return error.fault;
    if (!(error instanceof CsvError)) throw error;
    if (error.code === "CSV_MAX_RECORD_SIZE")
      return { line: lastLine + 1, field: null, code: "line-too-long" };
    // The parser reports an unclosed quote at the end of the file, but it began after the last record.
    const line = error.code === "CSV_QUOTE_NOT_CLOSED" ? lastLine + 1 : Number(error["lines"]);
    return { line, field: null, code: "quotes" };
  }
}

/** @throws ReadingEnded */
function requireReadable(records: readonly FileRecord[], cells: readonly string[]): void {
  const line = records.at(-1)?.line ?? 1;
  if (cells.length > mostCells) throw new ReadingEnded({ line, field: null, code: "line-too-long" });
  if (records.length <= mostRecords) return;
  const header = records[0]?.line ?? 1;
  throw new ReadingEnded({ line: header, field: null, code: "too-many-rows", limit: mostImported });
}

const lineEnds = (cells: readonly string[]) => cells.join("").split("\n").length - 1;

const isBlank = (cell: string) => cell.trim() === "";

function usersOf(records: readonly FileRecord[]): UsersFile {
  const [header, ...others] = records.filter(({ cells }) => !cells.every(isBlank));
  if (!header) return fileFaults([{ line: 1, field: null, code: "no-rows" }]);
  const faults = headerFaults(header);
  if (faults.length > 0) return fileFaults(faults);
  const line = header.line;
  if (others.length === 0) return fileFaults([{ line, field: null, code: "no-rows" }]);
  if (others.length > mostImported) {
    return fileFaults([{ line, field: null, code: "too-many-rows", limit: mostImported }]);
  }
  const columns = headerNames(header).map(columnOf);
  const fits = ({ cells }: FileRecord) =>
    cells.length >= columns.length && cells.slice(columns.length).every(isBlank);
  return {
    rows: others.filter(fits).map((record) => ({ line: record.line, values: valuesOf(record, columns) })),
    faults: others
      .filter((record) => !fits(record))
      .map((record) => ({ line: record.line, field: null, code: "column-count", limit: columns.length })),
  };
}

/** Drops the empty cells at the end, because spreadsheets can leave separators after the last name. */
function headerNames({ cells }: FileRecord): string[] {
  return cells.slice(0, cells.findLastIndex((cell) => !isBlank(cell)) + 1);
}

function headerFaults(header: FileRecord): FileFault[] {
  const { line } = header;
  const names = headerNames(header);
  const columns = names.map(columnOf);
  const unknown = names.filter((name) => columnOf(name) === null);
  const double = new Set(columns.filter((column, index) => column && columns.indexOf(column) !== index));
  const missing = requiredColumns.filter((column) => !columns.includes(column));
  return [
    ...missing.map((field): FileFault => ({ line, field, code: "missing-column" })),
    ...[...double].map((field): FileFault => ({ line, field, code: "double-column" })),
    ...unknown.map((name): FileFault => ({
      line,
      field: oneLine(name).slice(0, 50),
      code: "unknown-column",
    })),
  ];
}

function valuesOf({ cells }: FileRecord, columns: readonly (Column | null)[]): FileRow["values"] {
  const filled = columns.flatMap((column, index): [Column, string][] => {
    const cell = cells[index] ?? "";
    return column === null || isBlank(cell) ? [] : [[column, cell.trim()]];
  });
  return Object.fromEntries(filled);
}
