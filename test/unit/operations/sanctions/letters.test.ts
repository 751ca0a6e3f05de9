import { describe, expect, test } from "vitest";
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
const words = async (bytes: Uint8Array) => (await readPdf(bytes)).pages.join("\n").replaceAll(/\s+/g, " ");

describe("the closing letter", () => {
  test("is A4, in Dutch, tagged, and says who wrote it when", async () => {
    const { pages, sizes, info, tagged } = await readPdf(letter());
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
    expect(pages.at(-1)).toContain(`Pagina ${pages.length} van ${pages.length}`);
  });

  test("is addressed to the signatory, with ground, dates, what it means, how to object and whom to call", async () => {
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

  test("is the same byte for byte each time it is made", () => {
    expect(Buffer.from(letter()).equals(Buffer.from(letter()))).toBe(true);
  });

  test("goes on to further pages, and breaks words that are wider than a page", async () => {
    const { pages } = await readPdf(
      letter({}, `${"Een zin over discipline. ".repeat(250)}${"a".repeat(300)}`),
    );
    expect(pages.length).toBeGreaterThan(2);
    expect(pages.join("").match(/Een zin over discipline\./g)?.length).toBeGreaterThan(200);
  });

  test.each([
    ["Hélène van der Meer-Øst “Groep” (BV) \\ €", "Hélène van der Meer-Øst “Groep” (BV) \\ €"],
    ["Şahin Łuczak van Ĳssel", "Sahin Luczak van IJssel"],
    ["Дмитрий 李", "??????? ?"],
  ])("takes %s as a name, without the accents that the font lacks", async (name, written) => {
    const text = await words(letter({ signatory: { name, email: "a@b.example" } }));
    expect(text).toContain(`Geachte ${written},`);
  });

  test("is a file of sound structure", () => {
    const file = Buffer.from(letter()).toString("latin1");
    const start = Number(/startxref\n(\d+)\n%%EOF\n$/.exec(file)?.[1]);
    expect(file.slice(start, start + 4)).toBe("xref");
    for (const [index, [, place]] of [...file.matchAll(/^(\d{10}) 00000 n $/gm)].entries()) {
      expect(file.slice(Number(place))).toMatch(new RegExp(`^${index + 1} 0 obj\\n`));
    }
  });
});

test("the reopening letter says since when, why, and that clocks have run on", async () => {
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
