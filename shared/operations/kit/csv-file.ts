import { stringify } from "csv-stringify/sync";

/**
 * Rows as a file (RFC 4180) that spreadsheets open as it is meant: in UTF-8 with a byte order mark, and with an
 * apostrophe before every value that they could take for a formula (SECURITY 19).
 */
export function csvFile(rows: readonly (readonly (string | null)[])[]): string {
  return stringify(
    rows.map((row) => [...row]),
    {
      bom: true,
      record_delimiter: "windows",
      escape_formulas: true,
      // Of line ends it quotes by itself only the pair that ends its own lines.
      quoted_match: /[\r\n]/,
    },
  );
}
