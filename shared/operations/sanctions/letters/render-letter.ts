import type { LetterContent } from "../../../texts/letters/content.ts";
import { layOut } from "./lay-out.ts";
import { writePdf } from "./pdf.ts";

/** A letter on A4 as PDF; the same letter gives the same bytes. */
export function renderLetter(letter: LetterContent): Uint8Array {
  const { title, sender, at } = letter;
  return writePdf({ title, author: sender, createdAt: new Date(at), pages: layOut(letter) });
}
