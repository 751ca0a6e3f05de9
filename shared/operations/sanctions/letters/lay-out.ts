import type { LetterContent, LetterPart } from "../../../texts/letters/content.ts";
import { page, textWidth, type PlacedLine, type PlacedPart, type Weight } from "./pdf.ts";

const margin = 71;
const bottom = 85;
const style = {
  sender: { size: 15, leading: 20, weight: "bold", role: "P", before: 0 },
  address: { size: 10.5, leading: 15, weight: "regular", role: "P", before: 30 },
  fact: { size: 10.5, leading: 15, weight: "regular", role: "P", before: 4 },
  title: { size: 13, leading: 18, weight: "bold", role: "H1", before: 24 },
  heading: { size: 10.5, leading: 15, weight: "bold", role: "H2", before: 12 },
  paragraph: { size: 10.5, leading: 15, weight: "regular", role: "P", before: 8 },
} as const satisfies Record<
  LetterPart["kind"],
  { size: number; leading: number; weight: Weight; role: PlacedPart["role"]; before: number }
>;

/** Puts a letter on as many A4 pages as it needs, each with its number. */
export function layOut({ parts }: LetterContent): PlacedPart[][] {
  const pages: PlacedPart[][] = [];
  let y = 0;
  const turn = () => {
    pages.push([]);
    y = page.height - margin;
  };
  turn();
  for (const [index, part] of parts.entries()) {
    const { size, leading, weight, role, before } = style[part.kind];
    const lines = part.text.split("\n").flatMap((line) => wrapped(line, size, weight));
    // A heading goes to the next page with the lines that follow it.
    const follows = part.kind === "heading" && index + 1 < parts.length ? 2 * style.paragraph.leading : 0;
    y -= before;
    if (y - leading - follows < bottom) turn();
    let placed: PlacedLine[] = [];
    for (const text of lines) {
      if (y - leading < bottom) {
        pages.at(-1)?.push({ role, lines: placed });
        placed = [];
        turn();
      }
      y -= leading;
      placed.push({ text, x: margin, y, size, weight });
    }
    pages.at(-1)?.push({ role, lines: placed });
  }
  return pages.map((one, index) => [...one, pageNumber(index + 1, pages.length)]);
}

function pageNumber(number: number, of: number): PlacedPart {
  const line = { text: `Pagina ${number} van ${of}`, x: margin, y: 50, size: 9, weight: "regular" } as const;
  return { role: "artifact", lines: [line] };
}

/** Breaks a text between words, and words that are wider than the page between letters. */
function wrapped(text: string, size: number, weight: Weight): string[] {
  const fits = (line: string) => textWidth(line, size, weight) <= page.width - 2 * margin;
  const lines: string[] = [];
  let line = "";
  for (const word of text.split(" ").flatMap((one) => (fits(one) ? [one] : pieces(one, fits)))) {
    const longer = line === "" ? word : `${line} ${word}`;
    if (fits(longer)) {
      line = longer;
    } else {
      lines.push(line);
      line = word;
    }
  }
  return [...lines, line];
}

function pieces(word: string, fits: (text: string) => boolean): string[] {
  const result = [""];
  for (const letter of word) {
    const longer = (result.at(-1) ?? "") + letter;
    if (fits(longer)) result[result.length - 1] = longer;
    else result.push(letter);
  }
  return result;
}
