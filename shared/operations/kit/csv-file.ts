import { stringify } from "csv-stringify/sync";

/**
 * Rows as a CSV file (RFC 4180) for spreadsheets: in UTF-8 with the byte order mark that they need, and with an
 * apostrophe before everything that they could run as a formula (SECURITY 19, 38), also where a reader splits at another
 * separator than the file's own and does not heed quotes. Line breaks in a value become spaces.
 */
export function csvFile(rows: readonly (readonly (string | null)[])[]): string {
  return stringify(
    rows.map((row) => row.map((value) => value && harmless(value))),
    {
      bom: true,
      record_delimiter: "windows",
    },
  );
}

/** A formula begins with one of these; the last four are their full-width forms. */
const formula = String.raw`(?=\s*[=+\-@＝＋－＠])`;
const afterSeparator = new RegExp(`([;,|\t"'])${formula}`, "g");
/** Some programs also run what follows a tab at the beginning. */
const atBeginning = new RegExp(`^(?:${formula}|(?=\\t))`);

function harmless(value: string): string {
  const oneLine = value.replaceAll(/\s*[\r\n\u2028\u2029]+\s*/g, " ");
  return oneLine.replaceAll(afterSeparator, "$1'").replace(atBeginning, "'");
}
