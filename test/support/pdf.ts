import { getDocument } from "pdfjs-dist/legacy/build/pdf.mjs";

export interface ReadPdf {
  /** The text of each page, line by line. */
  readonly pages: readonly string[];
  /** Width and height of each page in points. */
  readonly sizes: readonly (readonly [number, number])[];
  readonly info: Readonly<Record<string, unknown>>;
  /** True if it is tagged for screen readers. */
  readonly tagged: boolean;
  /** The tags of each page, in the order in which they are read. */
  readonly structure: readonly (readonly string[])[];
}

/** Reads a PDF with pdf.js, as a browser would. */
export async function readPdf(bytes: Uint8Array): Promise<ReadPdf> {
  const reading = getDocument({ data: new Uint8Array(bytes), verbosity: 0 });
  const document = await reading.promise;
  const pages: string[] = [];
  const sizes: [number, number][] = [];
  const structure: string[][] = [];
  for (let number = 1; number <= document.numPages; number += 1) {
    const page = await document.getPage(number);
    const { items } = await page.getTextContent();
    pages.push(items.map((item) => ("str" in item ? item.str + (item.hasEOL ? "\n" : "") : "")).join(""));
    structure.push(rolesIn(await page.getStructTree()));
    const { width, height } = page.getViewport({ scale: 1 });
    sizes.push([width, height]);
  }
  const { info } = await document.getMetadata();
  const marks = (await document.getMarkInfo()) as { readonly Marked?: boolean } | null;
  const marked = marks?.Marked === true;
  const read = { pages, sizes, info: info as Record<string, unknown>, tagged: marked, structure };
  await reading.destroy();
  return read;
}

/** The roles of a page's tags; content has none. */
function rolesIn(node: object): string[] {
  if (!("role" in node && "children" in node)) return [];
  const { role, children } = node as { role: string; children: object[] };
  return [...(role === "Root" ? [] : [role]), ...children.flatMap(rolesIn)];
}

/** The canvas factory of pdf.js in Node.js, which its types lack. */
interface CanvasFactory {
  create(width: number, height: number): { readonly canvas: { toBuffer(type: "image/png"): Buffer } };
}

/** Renders the first page as a PNG. */
export async function pictureOfPdf(bytes: Uint8Array, scale: number): Promise<Buffer> {
  const reading = getDocument({ data: new Uint8Array(bytes), verbosity: 0 });
  const document = await reading.promise;
  const page = await document.getPage(1);
  const viewport = page.getViewport({ scale });
  const { canvas } = (document.canvasFactory as CanvasFactory).create(viewport.width, viewport.height);
  await page.render({ canvas: canvas as never, viewport }).promise;
  const png = canvas.toBuffer("image/png");
  await reading.destroy();
  return png;
}
