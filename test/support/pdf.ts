import { join } from "node:path";
import { getDocument } from "pdfjs-dist/legacy/build/pdf.mjs";

export interface ReadPdf {
  /** The text of each page, line by line. */
  readonly pages: readonly string[];
  /** Width and height of each page in points. */
  readonly sizes: readonly (readonly [number, number])[];
  readonly info: Readonly<Record<string, unknown>>;
  /** True if it is tagged for screen readers. */
  readonly tagged: boolean;
}

/** Reads a PDF with pdf.js, as a browser would. */
export async function readPdf(bytes: Uint8Array): Promise<ReadPdf> {
  const reading = getDocument({ data: new Uint8Array(bytes), verbosity: 0 });
  const document = await reading.promise;
  const pages: string[] = [];
  const sizes: [number, number][] = [];
  for (let number = 1; number <= document.numPages; number += 1) {
    const page = await document.getPage(number);
    const { items } = await page.getTextContent();
    pages.push(items.map((item) => ("str" in item ? item.str + (item.hasEOL ? "\n" : "") : "")).join(""));
    const { width, height } = page.getViewport({ scale: 1 });
    sizes.push([width, height]);
  }
  const { info } = await document.getMetadata();
  const marks = (await document.getMarkInfo()) as { readonly Marked?: boolean } | null;
  const marked = marks?.Marked === true;
  const read = { pages, sizes, info: info as Record<string, unknown>, tagged: marked };
  await reading.destroy();
  return read;
}

/** The standard fonts, which a PDF need not embed. */
const standardFontDataUrl = join(import.meta.dirname, "../../node_modules/pdfjs-dist/standard_fonts/");

/** The canvas factory of pdf.js in Node.js, which its types lack. */
interface CanvasFactory {
  create(width: number, height: number): { readonly canvas: { toBuffer(type: "image/png"): Buffer } };
}

/** Renders the first page as a PNG. */
export async function pictureOfPdf(bytes: Uint8Array, scale: number): Promise<Buffer> {
  const reading = getDocument({ data: new Uint8Array(bytes), standardFontDataUrl, verbosity: 0 });
  const document = await reading.promise;
  const page = await document.getPage(1);
  const viewport = page.getViewport({ scale });
  const { canvas } = (document.canvasFactory as CanvasFactory).create(viewport.width, viewport.height);
  await page.render({ canvas: canvas as never, viewport }).promise;
  const png = canvas.toBuffer("image/png");
  await reading.destroy();
  return png;
}
