import { fold } from "../../../domain/fold.ts";

/** Codes 128 to 159; the spaces stand where WinAnsi has nothing. */
const fromCode128 = "€ ‚ƒ„…†‡ˆ‰Š‹Œ Ž  ‘’“”•–—˜™š›œ žŸ";

const codes: ReadonlyMap<string, number> = new Map([
  ...Array.from({ length: 256 }, (_, code): [string, number] => [String.fromCharCode(code), code]).filter(
    ([, code]) => (code >= 32 && code < 127) || code >= 160,
  ),
  ...Array.from(fromCode128, (letter, index): [string, number] => [letter, 128 + index]).filter(
    ([letter]) => letter !== " ",
  ),
]);

/**
 * Text in the encoding of PDF's standard fonts, a byte for each character. What it lacks is written without
 * its accents (`ş` as `s`); what has no such form becomes a question mark.
 */
export function winAnsi(text: string): Uint8Array {
  const bytes = Array.from(text.normalize("NFC"), (letter) => {
    const code = codes.get(letter);
    return code === undefined ? Array.from(plainForm(letter), (one) => codes.get(one) ?? question) : [code];
  });
  return Uint8Array.from(bytes.flat());
}

const question = 63;

function plainForm(letter: string): string {
  const folded = fold(letter);
  return letter === letter.toLowerCase() ? folded : folded.toUpperCase();
}
