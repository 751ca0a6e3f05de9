import { describe, expect, it, vi } from "vitest";
import { DomainError } from "../../../../shared/domain/errors.ts";
import { browse, event, signedInAs, type AllOperations, type Visit } from "../browser.ts";
import { hostile } from "../samples.ts";

const headers = { Cookie: "__Host-portero=geheim" };
const administrator = signedInAs("organisation-admin");
const trail: Visit = { resource: "/organisaties/{id}/logboek", parameters: { id: "2" }, headers };
const upcoming: Visit = {
  resource: "/organisaties/{id}/verloopt-binnenkort",
  parameters: { id: "2" },
  headers,
};

const events = (items: (typeof event)[], next: string | null = null) =>
  Promise.resolve({ body: { items, next, total: 40 } });

describe("the audit trail", () => {
  it("says in sentences what happened, when, by whom and from where", async () => {
    const { body, statusCode } = await browse(administrator).visit(trail);
    expect(statusCode).toBe(200);
    expect(body).toContain("<h1>Logboek</h1>");
    expect(body).toContain("1 gebeurtenis");
    for (const cell of ["02-07-2026 00:30", event.text, "kbakker", "192.0.2.1"]) {
      expect(body).toContain(`>${cell}</td>`);
    }
  });

  it("calls the API's operation with the filter in the address", async () => {
    const listAuditEvents = vi.fn<AllOperations["listAuditEvents"]>(() => events([]));
    const { visit } = browse({ ...administrator, listAuditEvents });
    const query = { vanaf: "2026-11-01", tot: "2026-11-30", door: " KBakker ", over: "ftest", na: "abc" };
    const { body } = await visit({ ...trail, query });
    expect(listAuditEvents.mock.calls[0]?.[0]).toMatchObject({
      params: { id: "2" },
      query: { from: "2026-11-01", to: "2026-11-30", actor: "kbakker", subject: "ftest", after: "abc" },
    });
    expect(body).toContain('value="2026-11-01"');
    await visit({ ...trail, query: { vanaf: "", door: "" } });
    expect(listAuditEvents.mock.calls[1]?.[0].query).toEqual({});
  });

  it("goes on to the next page and back to the first with the same filter", async () => {
    const listAuditEvents = () => events([event], "volgende");
    const { visit } = browse({ ...administrator, listAuditEvents });
    const { body } = await visit({ ...trail, query: { door: "kbakker", na: "abc" } });
    expect(body).toContain('href="/organisaties/2/logboek?door=kbakker&amp;na=volgende" rel="next"');
    expect(body).toContain('href="/organisaties/2/logboek?door=kbakker">Eerste bladzijde');
  });

  it("without anything on a page says whether there can be more after it", async () => {
    const of = (next: string | null) => {
      const listAuditEvents = () => Promise.resolve({ body: { items: [], next, total: 0 } });
      return browse({ ...administrator, listAuditEvents }).visit(trail);
    };
    expect((await of(null)).body).toContain("Er is niets gevonden.");
    const { body } = await of("verder");
    expect(body).toContain("Tot hier is er niets gevonden.");
    expect(body).toContain('na=verder" rel="next"');
  });

  it("names actors of other organisations with their organisation, and jobs as the system", async () => {
    const items = [
      { ...event, actor: { username: "ddevries", organisationId: "1" } },
      { ...event, actor: null, address: null },
      { ...event, actor: null },
    ];
    const { body } = await browse({ ...administrator, listAuditEvents: () => events(items) }).visit(trail);
    for (const cell of ["ddevries (organisatie 1)", "het systeem", "onbekend"]) {
      expect(body).toContain(`>${cell}</td>`);
    }
  });

  it("with a faulty question says at the field what is wrong, and keeps what was typed", async () => {
    const listAuditEvents = () =>
      Promise.reject(
        new DomainError("invalid-request", { errors: [{ pointer: "query:from", code: "instant" }] }),
      );
    const { visit } = browse({ ...administrator, listAuditEvents });
    const { body, statusCode } = await visit({ ...trail, query: { vanaf: "gisteren", door: "kbakker" } });
    expect(statusCode).toBe(400);
    expect(body).toContain('<a href="#from">Vanaf: Dit is geen datum of tijdstip.');
    expect(body).toContain('value="gisteren"');
    expect(body).toContain('value="kbakker"');
  });

  it("of another organisation is not found", async () => {
    const listAuditEvents = () => Promise.reject(new DomainError("not-found"));
    expect((await browse({ ...administrator, listAuditEvents }).visit(trail)).statusCode).toBe(404);
  });

  it.each(Object.entries(hostile))(
    "escapes the values of audit events (SECURITY 19): %s",
    async (_kind, value) => {
      const items = [
        { ...event, text: value, address: value, actor: { username: value, organisationId: value } },
      ];
      const { visit } = browse({ ...administrator, listAuditEvents: () => events(items, value) });
      const { body } = await visit({
        ...trail,
        query: { vanaf: value, tot: value, door: value, over: value },
      });
      expect(body).not.toMatch(/<img|<script|"[^"<>]*" onmouseover/);
    },
  );
});

describe("what ends soon", () => {
  it("says who, when and what", async () => {
    const items = [
      { username: "kbakker", name: "K. Bakker", on: "2026-12-02", what: "password-expires" as const },
      { username: "ftest", name: "F. Test", on: "2026-12-05", what: "account-lapses" as const },
    ];
    const listUpcoming = () => Promise.resolve({ body: { items, total: 1500 } });
    const { body } = await browse({ ...administrator, listUpcoming }).visit(upcoming);
    expect(body).toContain("1500 regels voor de komende 30 dagen. Hier staan de eerste 2.");
    expect(body).toContain("<h1>Verloopt binnenkort</h1>");
    expect(body).toContain(">02-12-2026</td>");
    expect(body).toContain('<a href="/organisaties/2/gebruikers/kbakker">kbakker</a>');
    expect(body).toContain(">Het wachtwoord verloopt</td>");
    expect(body).toContain(">Het account stopt, omdat het niet wordt gebruikt</td>");
  });

  it.each([
    [{}, "30"],
    [{ dagen: "90" }, "90"],
    [{ dagen: "1000000" }, "30"],
    [{ dagen: "<b>" }, "30"],
  ])("looks as far ahead as the address says: %j", async (query: Record<string, string>, days) => {
    const listUpcoming = vi.fn<AllOperations["listUpcoming"]>(() =>
      Promise.resolve({ body: { items: [], total: 0 } }),
    );
    const { body } = await browse({ ...administrator, listUpcoming }).visit({ ...upcoming, query });
    expect(listUpcoming.mock.calls[0]?.[0]).toMatchObject({ params: { id: "2" }, query: { days } });
    expect(body).toContain(`<a href="?dagen=${days}" aria-current="true">`);
    expect(body).toContain(`In de komende ${days} dagen verloopt er geen wachtwoord`);
  });

  it.each(Object.entries(hostile))("escapes names (SECURITY 19): %s", async (_kind, value) => {
    const items = [{ username: value, name: value, on: "2026-12-02", what: "password-expires" as const }];
    const listUpcoming = () => Promise.resolve({ body: { items, total: items.length } });
    const { body } = await browse({ ...administrator, listUpcoming }).visit(upcoming);
    expect(body).not.toMatch(/<img|<script|"[^"<>]*" onmouseover/);
  });
});
