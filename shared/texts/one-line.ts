/**
 * Makes a value safe for a sentence, a mail header or a line of plain text: line ends, control characters and
 * characters that change the text's direction become a space (SECURITY 19, 20).
 */
export function oneLine(value: string): string {
  return value
    .replaceAll(/[\p{Cc}\p{Cs}\u2028\u2029\u200E\u200F\u061C\u202A-\u202E\u2066-\u2069\uFEFF]+/gu, " ")
    .trim();
}
