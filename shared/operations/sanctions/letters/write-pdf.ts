import { buffer } from "node:stream/consumers";
import PDFDocument from "pdfkit";
import type { LetterContent, LetterPart } from "../../../texts/letters/content.ts";
import { loadFonts, showable, type Font, type Weight } from "./fonts.ts";

interface Style {
  /** In points, like `leading` and `before`. */
  readonly size: number;
  /** The distance from one line to the next. */
  readonly leading: number;
  readonly weight: Weight;
  /** The tag that screen readers use. */
  readonly role: "H1" | "H2" | "P";
  /** Space above. */
  readonly before: number;
}

const styles: Readonly<Record<LetterPart["kind"], Style>> = {
  sender: { size: 15, leading: 20, weight: "bold", role: "P", before: 0 },
  address: { size: 10, leading: 14, weight: "regular", role: "P", before: 30 },
  fact: { size: 10, leading: 14, weight: "regular", role: "P", before: 4 },
  title: { size: 13, leading: 18, weight: "bold", role: "H1", before: 24 },
  heading: { size: 10, leading: 14, weight: "bold", role: "H2", before: 12 },
  paragraph: { size: 10, leading: 14, weight: "regular", role: "P", before: 8 },
};

const margins = { top: 71, right: 71, bottom: 85, left: 71 };
const pageNumber = { size: 9, fromBottom: 58 };

type Fonts = Readonly<Record<Weight, Font>>;

/** A letter as PDF 1.7, tagged so that it can be read aloud, with the parts of its fonts that it needs. */
export async function writePdf(letter: LetterContent): Promise<Uint8Array> {
  const fonts = await loadFonts();
  const document = newDocument(letter, fonts);
  const bytes = buffer(document);
  addParts(document, letter.parts, fonts);
  addPageNumbers(document);
  document.end();
  return bytes;
}

function newDocument({ title, sender, at }: LetterContent, { regular, bold }: Fonts): PDFKit.PDFDocument {
  const document = new PDFDocument({
    size: "A4",
    margins,
    pdfVersion: "1.7",
    lang: "nl-NL",
    tagged: true,
    displayTitle: true,
    // pdfkit writes the author into XML without escaping it.
    info: { Title: title, Author: sender.replaceAll(/[<>&]/g, ""), CreationDate: new Date(at) },
    // Page numbers name the number of pages, so pages are kept until all are there.
    bufferPages: true,
    // Without a name pdfkit loads Helvetica, which its bundle does not hold.
    font: "",
  });
  return document.registerFont("regular", regular.bytes).registerFont("bold", bold.bytes);
}

function addParts(document: PDFKit.PDFDocument, parts: readonly LetterPart[], fonts: Fonts): void {
  const root = document.struct("Document");
  document.addStructure(root);
  for (const [index, { kind, text }] of parts.entries()) {
    const style = styles[kind];
    document.font(style.weight, style.size);
    const lineGap = style.leading - document.currentLineHeight(true);
    const shown = showable(text, fonts[style.weight]);
    // A heading stays with its paragraph, and the closing words with the name of the signer.
    const staysWithNext = kind === "heading" || index === parts.length - 2;
    makeRoom(document, style, document.heightOfString(shown, { lineGap }), staysWithNext);
    root.add(document.struct(style.role, {}, () => document.text(shown, { lineGap })));
  }
  root.end();
}

/** Begins a page unless two lines of a part fit, and two lines of the next part if both stay together. */
function makeRoom(
  document: PDFKit.PDFDocument,
  { before, leading }: Style,
  height: number,
  staysWithNext: boolean,
): void {
  const { paragraph } = styles;
  const next = staysWithNext ? paragraph.before + 2 * paragraph.leading : 0;
  const end = document.y + before + Math.min(height, 2 * leading) + next;
  if (end > document.page.height - margins.bottom) document.addPage();
  else document.y += before;
}

function addPageNumbers(document: PDFKit.PDFDocument): void {
  const { count } = document.bufferedPageRange();
  document.font("regular", pageNumber.size);
  for (let page = 0; page < count; page += 1) {
    document.switchToPage(page);
    document.markContent("Artifact", { type: "Pagination" });
    const y = document.page.height - pageNumber.fromBottom;
    document.text(`Pagina ${page + 1} van ${count}`, margins.left, y, { lineBreak: false });
    document.endMarkedContent();
  }
}
