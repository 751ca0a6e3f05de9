import { pageRoutes } from "../../../../shared/operations/imports/routes.ts";
import { pageOperation } from "../../../../shared/web/kit/page-operation.ts";
import { describe, expect, it, vi } from "vitest";
import { DomainError } from "../../../../shared/domain/errors.ts";
import { viewImport } from "../../../../shared/operations/imports/view-import.ts";
import type { ImportState, UserImport } from "../../../../shared/domain/user-import.ts";
import { browse, imported, session, signedInAs, type AllOperations, type Visit } from "../browser.ts";
import { hostile, member } from "../samples.ts";

const headers = { Cookie: "__Host-portero=geheim" };
const administrator = signedInAs("organisation-admin");
const choosing: Visit = {
  resource: "/organisaties/{id}/gebruikers-importeren",
  parameters: { id: "2" },
  headers,
};
const outcome: Visit = {
  resource: "/organisaties/{id}/gebruikers-importeren/{key}",
  parameters: { id: "2", key: "sleutel" },
  headers,
};
const csv = "voorletters;voornaam;achternaam;email\r\nJ.;Jan;Jansen;j.jansen@zorg.example\r\n";
const file = (content: string, name = "gebruikers.csv") => ({ bestand: { name, content } });

type Row = {
  line: number;
  username: string | null;
  name: string | null;
  email: string | null;
  errors: { field: string | null; code: string; detail: string }[];
};
const report = (rows: Row[]) => () =>
  Promise.resolve({ body: { dryRun: true, created: 0, encoding: "utf-8" as const, rows } });
const wrong: Row = {
  line: 3,
  username: null,
  name: "B. Bakker",
  email: "bakker",
  errors: [
    { field: "email", code: "email", detail: "Dit is geen geldig e-mailadres." },
    { field: null, code: "column-count", detail: "Deze regel heeft te veel kolommen." },
    { field: "leeftijd", code: "unknown-column", detail: "Deze kolom kennen wij niet." },
  ],
};

describe("choosing a file", () => {
  it("has a form that sends it, without JavaScript, and says how to make it", async () => {
    const { body, statusCode } = await browse(administrator).visit(choosing);
    expect(statusCode).toBe(200);
    expect(body).toContain("<h1>Gebruikers importeren</h1>");
    expect(body).toContain('enctype="multipart/form-data"');
    expect(body).toContain('<input type="file" accept=".csv,text/csv" id="bestand" name="bestand"');
    expect(body).toContain("1000 gebruikers");
  });

  it("offers an empty example that spreadsheet programs take for UTF-8", async () => {
    const example = { ...choosing, resource: "/organisaties/{id}/gebruikers-importeren-voorbeeld" };
    const { body, headers: answered } = await browse(administrator).visit(example);
    expect(body).toBe(
      "\uFEFFvoorletters;voornaam;tussenvoegsel;achternaam;email;telefoonnummer;faxnummer;memo\r\n",
    );
    expect(answered["Content-Disposition"]).toBe('attachment; filename="gebruikers-voorbeeld.csv"');
  });

  it.each([
    [{}, "Kies een bestand waar gebruikers in staan."],
    [file(""), "Kies een bestand waar gebruikers in staan."],
    [{ bestand: "tekst" }, "Kies een bestand waar gebruikers in staan."],
    [file("x".repeat(1_000_001)), "Dit bestand is te groot."],
    [file("PK\u0003\u0004…", "gebruikers.xlsx"), "Dit is een Excel-bestand"],
  ])("says what is wrong with what was chosen: case %#", async (upload, words) => {
    const importUsers = vi.fn<AllOperations["importUsers"]>();
    const { body, statusCode } = await browse({ ...administrator, importUsers }).visit({
      ...choosing,
      upload,
    });
    expect(statusCode).toBe(400);
    expect(body).toMatch(/id="fouten" role="alert"/);
    expect(body).toContain(words);
    expect(importUsers).not.toHaveBeenCalled();
  });

  it.each([
    [{ form: { bestand: csv } }, 415],
    [{ upload: { bestand: "x".repeat(4_000_001) } }, 413],
    [{ form: "geen delen", headers: { ...headers, "Content-Type": "multipart/form-data; boundary=x" } }, 415],
  ])("what is no form with a file is refused: case %#", async (sent: Partial<Visit>, status) => {
    expect((await browse(administrator).visit({ ...choosing, ...sent })).statusCode).toBe(status);
  });

  it.each([[true], [false]])("reads it as it is, base64: %s", async (base64) => {
    const importUsers = vi.fn<AllOperations["importUsers"]>(report([]));
    const content = csv.replace("Jan;", "Ömer;");
    await browse({ ...administrator, importUsers }).visit({ ...choosing, upload: file(content), base64 });
    expect(importUsers.mock.calls[0]?.[0]).toMatchObject({
      params: { id: "2" },
      query: { dryRun: "true" },
      text: { text: content, encoding: "utf-8" },
    });
  });

  it.each([["service-desk"], [null]] as const)("is not for %s", async (role) => {
    const visitor = role === null ? signedInAs() : signedInAs(role);
    for (const to of [choosing, { ...choosing, upload: file(csv) }]) {
      expect((await browse(visitor).visit(to)).statusCode).toBe(403);
    }
  });

  it("at another organisation is not there", async () => {
    const to = { ...choosing, parameters: { id: "3" } };
    expect((await browse(administrator).visit(to)).statusCode).toBe(404);
  });
});

describe("the preview", () => {
  it("says who would be added, and has the file ready to be imported", async () => {
    const { body, statusCode } = await browse(administrator).visit({ ...choosing, upload: file(csv) });
    expect(statusCode).toBe(200);
    expect(body).toContain("Er komt 1 gebruiker bij.");
    expect(body).toMatch(/>2<\/td><td[^>]*>jjansen<\/td><td[^>]*>J. Jansen<\/td><td[^>]*>j.jansen@/);
    expect(body).toContain('action="/organisaties/2/gebruikers-importeren/sleutel"');
    expect(body).toContain(`<input type="hidden" name="tekst" value="${csv}"/>`);
    expect(body).toContain("Voeg 1 gebruiker toe</button>");
  });

  it("of a file with faults says which lines are wrong and how, and imports nothing", async () => {
    const rows = [{ ...wrong, line: 2, username: "jjansen", name: "J. Jansen", errors: [] }, wrong];
    const { visit } = browse({ ...administrator, importUsers: report(rows) });
    const { body, statusCode } = await visit({ ...choosing, upload: file(csv) });
    expect(statusCode).toBe(422);
    expect(body).toContain("1 van de 2 regels klopt niet. Er is niemand toegevoegd.");
    expect(body).toContain("De andere regels zijn goed.");
    expect(body).toMatch(/>3<\/td><td[^>]*>B\. Bakker<\/td><td[^>]*>bakker<\/td>/);
    expect(body).toContain("<li>email: Dit is geen geldig e-mailadres.</li>");
    expect(body).toContain("<li>Deze regel heeft te veel kolommen.</li>");
    expect(body).toContain("<li>leeftijd: Deze kolom kennen wij niet.</li>");
    expect(body).not.toMatch(/jjansen|name="tekst"/);
    expect(body).toContain('name="bestand"');
  });

  it.each(Object.entries(hostile))(
    "escapes the contents of a file (SECURITY 19): %s",
    async (_kind, value) => {
      const fault = { field: value, code: "unknown-column", detail: value };
      const row = { line: 2, username: value, name: value, email: value };
      const rows = [{ ...row, errors: [] as (typeof fault)[] }];
      const right = browse({ ...administrator, importUsers: report(rows) });
      const faulty = browse({
        ...administrator,
        importUsers: report([{ ...row, errors: [fault] }]),
        viewImport: () =>
          Promise.resolve({ body: { standing: { ...imported, rows: [{ line: 2, username: value }] } } }),
      });
      const bodies = [
        await right.visit({ ...choosing, upload: file(`voornaam\r\n${value}`) }),
        await faulty.visit({ ...choosing, upload: file(value) }),
        await faulty.visit(outcome),
      ];
      for (const { body } of bodies) expect(body).not.toMatch(/<img|<script>|"[^"<>]*" onmouseover/);
    },
  );
});

describe("the import", () => {
  it("calls the API's operation with the import's key; then the page shows the result", async () => {
    const importUsers = vi.fn<AllOperations["importUsers"]>(report([]));
    const { visit } = browse({ ...administrator, importUsers });
    const sent = await visit({ ...outcome, upload: { tekst: csv } });
    expect(importUsers.mock.calls[0]?.[0]).toMatchObject({
      params: { id: "2" },
      formKey: "sleutel",
      text: { text: csv, encoding: "utf-8" },
    });
    expect(importUsers.mock.calls[0]?.[0].query).toBeUndefined();
    expect(sent.statusCode).toBe(303);
    expect(sent.headers["Location"]).toBe("/organisaties/2/gebruikers-importeren/sleutel");
    const { body } = await visit(outcome);
    expect(body).toContain("<h1>De gebruikers zijn toegevoegd</h1>");
    expect(body).toContain("Er is 1 gebruiker toegevoegd.");
    expect(body).toMatch(/>2<\/td><td[^>]*>jjansen<\/td>/);
  });

  it("that is refused now says why, row by row", async () => {
    const refused = { dryRun: false, created: 0, encoding: "utf-8", rows: [wrong] };
    const importUsers = () =>
      Promise.reject(new DomainError("import-rejected", { errors: [], members: refused }));
    const { visit } = browse({ ...administrator, importUsers });
    const { body, statusCode } = await visit({ ...outcome, upload: { tekst: csv } });
    expect(statusCode).toBe(422);
    expect(body).toContain("1 van de 1 regels klopt niet.");
    expect(body).not.toContain("De andere regels zijn goed");
  });

  it("that cannot be done now keeps the file, and can be tried again with the same key", async () => {
    const importUsers = () => Promise.reject(new DomainError("temporarily-unavailable"));
    const { visit } = browse({ ...administrator, importUsers });
    const { body, statusCode } = await visit({ ...outcome, upload: { tekst: csv } });
    expect(statusCode).toBe(503);
    expect(body).toContain('action="/organisaties/2/gebruikers-importeren/sleutel"');
    expect(body).toContain(`name="tekst" value="${csv}"`);
    expect(body).toContain("Voeg de gebruikers toe</button>");
  });

  it.each<[ImportState, string]>([
    ["reserving", "Inlognamen gemaakt: 16 van 40."],
    ["creating", "Gebruikers toegevoegd: 24 van 40."],
    ["undoing", "Het is niet gelukt. Er wordt niemand toegevoegd."],
  ])("that is under way says how far it is: %s", async (state, words) => {
    const rows = Array.from({ length: 40 }, (_, index) => ({ line: index + 2, username: `u${index}` }));
    const standing = { state, rows, reserved: 16, added: 24 };
    const viewing = { ...administrator, viewImport: () => Promise.resolve({ body: { standing } }) };
    const { body, statusCode } = await browse(viewing).visit(outcome);
    expect(statusCode).toBe(200);
    expect(body).toMatch(new RegExp(`role="status"[^>]*>${words}`));
    expect(body).toContain("Kijk opnieuw</a>");
  });

  it("that is not there says what that means", async () => {
    const viewing = { ...administrator, viewImport: () => Promise.resolve({ body: { standing: null } }) };
    const { body, statusCode } = await browse(viewing).visit(outcome);
    expect(statusCode).toBe(404);
    expect(body).toContain("Er is niemand toegevoegd, of het is langer dan 24 uur geleden.");
  });
});

describe("looking at an import", () => {
  const userImport = { organisationId: "2", state: "done", rows: imported.rows } as UserImport;
  const progress = { reserved: 1, added: 1 };
  const asAdministrator = {
    ...session,
    member: { ...member, user: { ...member.user, roles: ["organisation-admin"] } },
  } as typeof session;
  const looking = (username: string, key: string) => {
    const find = vi.fn(() => Promise.resolve(userImport));
    const operation = viewImport({
      imports: { find, progress: () => Promise.resolve(progress) },
      clock: () => new Date("2026-11-22T12:00:00Z"),
    });
    const look = pageOperation(pageRoutes.viewImport, operation, {});
    const user = { ...asAdministrator.member.user, username };
    const caller = { ...asAdministrator, member: { ...asAdministrator.member, user } };
    return {
      find,
      look: async (organisationId: string) => {
        const call = { session: caller, requestId: "request", sourceAddress: "192.0.2.1" };
        const params = { id: organisationId, key };
        return (await look({ ...call, language: "nl", params })).body.standing;
      },
    };
  };

  it("finds what the same person began with the same key, and nothing of others", async () => {
    const ids = new Set<unknown>();
    for (const [username, key] of [
      ["kbakker", "a"],
      ["kbakker", "b"],
      ["ftest", "a"],
      ["kbakker", "a"],
    ] as const) {
      const { find, look } = looking(username, key);
      expect(await look("2")).toEqual({ state: "done", rows: imported.rows, ...progress });
      ids.add((find.mock.calls as unknown[][])[0]?.[0]);
    }
    expect(ids.size).toBe(3);
  });

  it("of another organisation is not possible", async () => {
    await expect(looking("kbakker", "a").look("3")).rejects.toThrow("not-found");
  });
});
