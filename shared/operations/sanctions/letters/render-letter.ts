import type { LetterContent } from "../../../texts/letters/content.ts";

/** A letter on A4 as PDF; the same letter gives the same bytes. */
export async function renderLetter(letter: LetterContent): Promise<Uint8Array> {
  // The PDF library is larger than all other code of a function, and hardly any request makes a letter.
  const { writePdf } = await import("./write-pdf.ts");
  return writePdf(letter);
}
