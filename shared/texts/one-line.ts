/**
 * A value as it may stand inside a sentence, a mail header or a line of plain text: line ends and other
 * control characters, also those that turn the direction of text around, become a space (SECURITY 19, 20).
 */
export function oneLine(value: string): string {
  return value
    .replaceAll(/[\p{Cc}\p{Cs}\u2028\u2029\u200E\u200F\u061C\u202A-\u202E\u2066-\u2069\uFEFF]+/gu, " ")
    .trim();
}
