import { stringify } from "csv-stringify/sync";

/**
 * Rows as a CSV file (RFC 4180) for spreadsheets: in UTF-8 with the byte order mark that they need, and with an
 * apostrophe before every value that they could run as a formula (SECURITY 19).
 */
export function csvFile(rows: readonly (readonly (string | null)[])[]): string {
  return stringify(
    rows.map((row) => [...row]),
    {
      bom: true,
      record_delimiter: "windows",
      escape_formulas: true,
      // By itself the library quotes values with CRLF, but not those with a single CR or LF.
      quoted_match: /[\r\n]/,
    },
  );
}
