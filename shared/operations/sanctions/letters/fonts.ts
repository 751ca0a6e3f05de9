import { readFile } from "node:fs/promises";
import { fileURLToPath } from "node:url";
import { create } from "fontkit";

export interface Font {
  /** The TrueType file. */
  readonly bytes: Uint8Array;
  has(codePoint: number): boolean;
}

export type Weight = "regular" | "bold";

/** The fonts of letters; infra/build.ts puts their files beside the code of functions that make letters. */
export async function loadFonts(): Promise<Readonly<Record<Weight, Font>>> {
  const [regular, bold] = await Promise.all([
    loadFont(import.meta.resolve("dejavu-fonts-ttf/ttf/DejaVuSansCondensed.ttf")),
    loadFont(import.meta.resolve("dejavu-fonts-ttf/ttf/DejaVuSansCondensed-Bold.ttf")),
  ]);
  return { regular, bold };
}

async function loadFont(url: string): Promise<Font> {
  const bytes = await readFile(fileURLToPath(url));
  const font = create(bytes);
  if (!("hasGlyphForCodePoint" in font)) throw new Error("A font file holds several fonts");
  return { bytes, has: (codePoint) => font.hasGlyphForCodePoint(codePoint) };
}

const replacement = "\uFFFD";
/** fontkit throws on some texts in Tifinagh, the only script of these fonts that its "universal shaper" lays out. */
const unsafeScript = /\p{Script=Tifinagh}/u;

/**
 * Replaces characters that the font cannot show by U+FFFD. Lines end in a space, without which a screen reader joins
 * the words on either side.
 */
export function showable(text: string, font: Font): string {
  const shown = text.normalize("NFC").replaceAll(/[^\n]/gu, (character) => {
    if (font.has(character.codePointAt(0) ?? 0) && !unsafeScript.test(character)) return character;
    if (/\s/.test(character)) return " ";
    return /\p{Default_Ignorable_Code_Point}/u.test(character) ? "" : replacement;
  });
  return shown.replaceAll("\n", " \n");
}
