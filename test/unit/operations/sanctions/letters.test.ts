import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { loadFonts } from "../../../../shared/operations/sanctions/letters/fonts.ts";
import { renderLetter } from "../../../../shared/operations/sanctions/letters/render-letter.ts";
import type { Organisation } from "../../../../shared/domain/organisation.ts";
import { closingLetter } from "../../../../shared/texts/letters/closing-letter.ts";
import { reopeningLetter } from "../../../../shared/texts/letters/reopening-letter.ts";
import { organisation } from "../../../support/domain.ts";
import { readPdf } from "../../../support/pdf.ts";
import { closure, contact, incident } from "../../../support/sanctions.ts";
import { contacts } from "../../web/samples.ts";

const letter = (parts: Partial<Organisation> = {}, assessment: string | null = null) =>
  renderLetter(
    closingLetter(
      closure({ assessment }),
      [incident({ contacts: [contact(), contact({ at: "2026-11-15T10:00:00.000Z" })] })],
      organisation({
        street: "Lindelaan",
        houseNumber: "12",
        postalCode: "3512 AB",
        city: "Utrecht",
        ...parts,
      }),
      contacts,
    ),
  );
const words = async (bytes: Promise<Uint8Array>) =>
  (await readPdf(await bytes)).pages.join("\n").replaceAll(/\s+/g, " ");

describe("the closing letter", () => {
  it("is A4, in Dutch, tagged, and says who wrote it when", async () => {
    const { pages, sizes, info, tagged, structure } = await readPdf(await letter());
    for (const [width, height] of sizes) {
      expect([Math.round(width), Math.round(height)]).toEqual([595, 842]);
    }
    expect(info).toMatchObject({
      Title: "Sluiting van de toegang tot Portero",
      Author: contacts.operatorName,
      Language: "nl-NL",
      CreationDate: "D:20261122130000Z",
    });
    expect(tagged).toBe(true);
    expect(structure[0]).toEqual("Document P P P P H1 P P H2 P P P H2 P H2 P H2 P P P".split(" "));
    expect(pages.at(-1)).toContain(`Pagina ${pages.length} van ${pages.length}`);
  });

  it("is addressed to the signatory, with ground, dates, what it means, how to object and whom to call", async () => {
    const text = await words(letter({}, "De afspraken worden niet nagekomen."));
    for (const part of [
      "Zorg Voorbeeld T.a.v. Hendrik Prins Lindelaan 12 3512 AB Utrecht",
      "Datum: 22 november 2026",
      "Geachte Hendrik Prins,",
      "op 22 november 2026 om 14:00 uur de toegang",
      "misbruik van Portero",
      "10 november 2026: misbruik. Wij hadden hierover contact op 12 november 2026 en 15 november 2026.",
      "De afspraken worden niet nagekomen.",
      "Niemand van uw organisatie kan nog inloggen",
      "binnen 6 weken na de datum van deze brief bezwaar maken",
      "uiterlijk op 3 januari 2027",
      contacts.serviceDesk.phone,
      contacts.contractManagement.email,
    ]) {
      expect(text).toContain(part);
    }
  });

  it("is the same byte for byte each time it is made", async () => {
    const [one, other] = [await letter(), await letter()];
    expect(Buffer.from(one).equals(Buffer.from(other))).toBe(true);
  });

  it("goes on to further pages, and breaks words that are wider than a page", async () => {
    const { pages, structure } = await readPdf(
      await letter({}, `${"Een zin over discipline. ".repeat(250)}${"a".repeat(300)}`),
    );
    expect(pages.length).toBeGreaterThan(2);
    const together = pages.join("").replaceAll(/Pagina \d van \d|\s+/g, "");
    expect(together.match(/Eenzinoverdiscipline\./g)).toHaveLength(250);
    expect(together).toContain("a".repeat(300));
    // The paragraph is tagged on the page on which it goes on, too.
    expect(structure[1]?.slice(0, 2)).toEqual(["Document", "P"]);
  });

  it.each([
    "Hélène van der Meer-Øst “Groep” (BV) \\ €",
    "Şahin Łuczak van Ĳssel",
    "Ελένη Παπαδοπούλου",
    "Дмитрий Ильич Щербаков",
    "Հայկ Պետրոսյան",
    "გიორგი ბერიძე",
    "Nguyễn Thị Ngọc Ánh",
  ])("takes %s as a name, in its own script", async (name) => {
    const text = await words(letter({ signatory: { name, email: "a@b.example" } }));
    expect(text).toContain(`Geachte ${name},`);
    expect(text).toContain(`T.a.v. ${name}`);
  });

  it.each(["محمد", "אברהם"])("writes %s from right to left", async (word) => {
    expect(await words(letter({}, `Het gaat om ${word} hier.`))).toContain(word);
  });

  it("marks a character that the font lacks as missing, and stays whole", async () => {
    const text = await words(letter({ signatory: { name: "Li 李🏽 Jansen", email: "a@b.example" } }));
    expect(text).toContain("Geachte Li \uFFFD\uFFFD Jansen,");
    expect(await words(letter({}, "Een\ttab, een\u200B\uFE0F onzichtbaar teken."))).toContain(
      "Een tab, een onzichtbaar teken.",
    );
  });

  it("can be made of any text", async () => {
    const unit = fc.oneof(
      fc.constantFrom(...(await characters())),
      fc.string({ unit: "binary", maxLength: 1 }),
    );
    const texts = fc.array(unit, { minLength: 500, maxLength: 4000 }).map((units) => units.join(""));
    await fc.assert(
      fc.asyncProperty(texts, async (assessment) => {
        expect((await readPdf(await letter({}, assessment))).pages.at(-1)).toContain("Contractmanagement");
      }),
      { numRuns: 10 },
    );
  });

  it("takes what a name or an assessment holds as text, and none of it as PDF (SECURITY 19)", async () => {
    const name = "Zorg) Tj ET endstream endobj (\\ <</S/URI>> & <b>";
    const { pages, info } = await readPdf(
      await letter({ name, signatory: { name, email: "a@b.example" } }, name),
    );
    expect(pages.join("\n").replaceAll(/\s+/g, " ").split(name).length).toBe(6);
    expect(info["Title"]).toBe("Sluiting van de toegang tot Portero");
  });

  it("leaves out of its XML what would have to be escaped there", async () => {
    const content = { title: "Brief", sender: "Zorg & <b>", at: "2026-11-22T13:00:00.000Z", parts: [] };
    const file = Buffer.from(await renderLetter(content)).toString("latin1");
    expect(file).toContain("<rdf:li>Zorg  b</rdf:li>");
  });

  it("fits into one item of the table, however long and however many characters it has", async () => {
    const assessment = (await characters()).slice(0, 4000).join("");
    const contactsOfYear = Array.from({ length: 60 }, (_, day) =>
      contact({ at: new Date(Date.UTC(2026, 0, 1 + 3 * day)).toISOString() }),
    );
    const incidents = Array.from({ length: 50 }, () => incident({ contacts: contactsOfYear }));
    const name = "Ж".repeat(200);
    const longest = closingLetter(
      closure({ assessment }),
      incidents,
      organisation({ name, signatory: { name, email: "a@b.example" } }),
      contacts,
    );
    const bytes = await renderLetter(longest);
    expect(bytes.length).toBeLessThan(400_000);
  });
});

/** Every character that the font of letters can show, once. */
async function characters(): Promise<string[]> {
  const { regular } = await loadFonts();
  const all = Array.from({ length: 0x20000 - 33 }, (_, index) => 33 + index);
  const shown = all.filter((code) => (code < 0xd800 || code > 0xdfff) && regular.has(code));
  return shown.map((code) => String.fromCodePoint(code));
}

it("the reopening letter says since when and why, and that terms were not suspended", async () => {
  const content = reopeningLetter(
    closure(),
    { at: "2026-12-01T09:00:00.000Z", reason: "Iedereen heeft nu een eigen account." },
    organisation(),
    contacts,
  );
  const text = await words(renderLetter(content));
  for (const part of [
    "Op 22 november 2026 hebben wij de toegang",
    "op 1 december 2026 om 10:00 uur weer geopend",
    "Iedereen heeft nu een eigen account.",
    "Dan blijft dat account gestopt",
  ]) {
    expect(text).toContain(part);
  }
});
