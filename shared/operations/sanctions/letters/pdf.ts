import { helveticaWidths } from "./helvetica.ts";
import { winAnsi } from "./win-ansi.ts";

export type Weight = keyof typeof helveticaWidths;

/** A line of text at its place: points from the left and from the bottom of the page. */
export interface PlacedLine {
  readonly text: string;
  readonly x: number;
  readonly y: number;
  readonly size: number;
  readonly weight: Weight;
}

/** A part of a page as readers of the screen hear it; `artifact`: what repeats on every page. */
export interface PlacedPart {
  readonly role: "H1" | "H2" | "P" | "artifact";
  readonly lines: readonly PlacedLine[];
}

export interface PdfDocument {
  readonly title: string;
  readonly author: string;
  readonly createdAt: Date;
  readonly pages: readonly (readonly PlacedPart[])[];
}

/** A4 in points. */
export const page = { width: 595.28, height: 841.89 };

/** In points. */
export function textWidth(text: string, size: number, weight: Weight): number {
  const widths = helveticaWidths[weight];
  return winAnsi(text).reduce((sum, code) => sum + ((widths[code - 32] ?? 0) * size) / 1000, 0);
}

/**
 * A PDF 1.7 of text in the standard fonts, tagged so that it can be read aloud. The same document gives the
 * same bytes: nothing in it is random, and its date is the one it is given.
 */
export function writePdf({ title, author, createdAt, pages }: PdfDocument): Uint8Array {
  const objects = new Objects();
  const [catalogue, pageTree, structure, info] = [
    objects.next(),
    objects.next(),
    objects.next(),
    objects.next(),
  ];
  const fonts = [font(objects, "Helvetica"), font(objects, "Helvetica-Bold")];
  const resources = `<< /Font << /Fregular ${fonts[0] ?? ""} /Fbold ${fonts[1] ?? ""} >> >>`;
  const elements: string[] = [];
  const parents: string[] = [];
  const written = pages.map((parts, index) => {
    const own = objects.next();
    const tagged = parts.filter(({ role }) => role !== "artifact");
    const ofPage = tagged.map(({ role }, mark) =>
      objects.add(`<< /Type /StructElem /S /${role} /P ${structure} /Pg ${own} /K ${mark} >>`),
    );
    elements.push(...ofPage);
    parents.push(`${index} [${ofPage.join(" ")}]`);
    const contents = stream(objects, content(parts));
    return objects.set(
      own,
      `<< /Type /Page /Parent ${pageTree} /MediaBox [0 0 ${page.width} ${page.height}] /Resources ${resources} /Contents ${contents} /StructParents ${index} /Tabs /S >>`,
    );
  });
  objects.set(
    catalogue,
    `<< /Type /Catalog /Pages ${pageTree} /Lang (nl-NL) /MarkInfo << /Marked true >> /StructTreeRoot ${structure} /ViewerPreferences << /DisplayDocTitle true >> >>`,
  );
  objects.set(pageTree, `<< /Type /Pages /Kids [${written.join(" ")}] /Count ${written.length} >>`);
  objects.set(
    structure,
    `<< /Type /StructTreeRoot /K [${elements.join(" ")}] /ParentTree << /Nums [${parents.join(" ")}] >> >>`,
  );
  objects.set(
    info,
    `<< /Title ${unicode(title)} /Author ${unicode(author)} /CreationDate (${pdfDate(createdAt)}) >>`,
  );
  return Buffer.from(objects.file(catalogue, info), "latin1");
}

/** The numbered objects of a file, and where they stand in it. */
class Objects {
  readonly #bodies: string[] = [];

  /** A reference to an object that is yet to be set. */
  next(): string {
    this.#bodies.push("null");
    return `${this.#bodies.length} 0 R`;
  }

  set(reference: string, body: string): string {
    this.#bodies[Number.parseInt(reference, 10) - 1] = body;
    return reference;
  }

  add(body: string): string {
    return this.set(this.next(), body);
  }

  file(catalogue: string, info: string): string {
    // The second line tells programs that this is not plain text.
    let file = "%PDF-1.7\n%\u00e2\u00e3\u00cf\u00d3\n";
    const places = this.#bodies.map((body, index) => {
      const place = file.length;
      file += `${index + 1} 0 obj\n${body}\nendobj\n`;
      return `${String(place).padStart(10, "0")} 00000 n \n`;
    });
    const size = places.length + 1;
    const table = `xref\n0 ${size}\n0000000000 65535 f \n${places.join("")}`;
    const trailer = `trailer\n<< /Size ${size} /Root ${catalogue} /Info ${info} >>`;
    return `${file}${table}${trailer}\nstartxref\n${file.length}\n%%EOF\n`;
  }
}

function font(objects: Objects, name: string): string {
  return objects.add(`<< /Type /Font /Subtype /Type1 /BaseFont /${name} /Encoding /WinAnsiEncoding >>`);
}

function stream(objects: Objects, content: string): string {
  return objects.add(`<< /Length ${content.length} >>\nstream\n${content}\nendstream`);
}

function content(parts: readonly PlacedPart[]): string {
  let mark = 0;
  const begin = ({ role }: PlacedPart) =>
    role === "artifact" ? "/Artifact BMC" : `/${role} << /MCID ${mark++} >> BDC`;
  return parts.map((part) => [begin(part), ...part.lines.map(drawn), "EMC"].join("\n")).join("\n");
}

function drawn({ text, x, y, size, weight }: PlacedLine): string {
  return `BT /F${weight} ${size} Tf 1 0 0 1 ${x.toFixed(2)} ${y.toFixed(2)} Tm (${literal(text)}) Tj ET`;
}

function literal(text: string): string {
  return Buffer.from(winAnsi(text))
    .toString("latin1")
    .replaceAll(/[\\()]/g, (sign) => `\\${sign}`);
}

/** Outside pages, text is UTF-16 with a byte order mark. */
function unicode(text: string): string {
  return `<FEFF${Buffer.from(text, "utf16le").swap16().toString("hex")}>`;
}

function pdfDate(at: Date): string {
  return `D:${at.toISOString().slice(0, 19).replaceAll(/\D/g, "")}Z`;
}
