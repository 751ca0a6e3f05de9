import { describe, expect, it, vi } from "vitest";
import { DomainError } from "../../../../shared/domain/errors.ts";
import { missingFor, type Contact } from "../../../../shared/domain/sanction.ts";
import {
  browse,
  careOrganisation,
  colleague,
  ended,
  misuse,
  operatorAs,
  signedInAs,
  type AllOperations,
  type Visit,
} from "../browser.ts";
import { hostile } from "../samples.ts";

const headers = { Cookie: "__Host-portero=geheim" };
const [manager, desk] = [operatorAs("contract-manager"), operatorAs("service-desk")];
const about = (path: string, parameters = {}): Visit => ({
  resource: `/organisaties/{id}/${path}`,
  parameters: { id: "2", ...parameters },
  headers,
});
const incidents = about("incidenten");
const recording = about("incident-vastleggen");
const logging = about("incidenten/{incidentId}/contact-vastleggen", { incidentId: misuse.id });
const access = about("toegang");
const closing = about("toegang-sluiten");
const reopening = about("toegang-heropenen");
const letter = about("sluitingen/{closureId}/brief", { closureId: ended.id });

const listing = (...items: (typeof misuse)[]): Pick<AllOperations, "listIncidents"> => ({
  listIncidents: () => Promise.resolve({ body: { items, next: null, total: items.length } }),
});
const never = { listClosures: () => Promise.resolve({ body: { items: [], next: null, total: 0 } }) };
const closed = {
  getOrganisation: () => Promise.resolve({ body: { ...careOrganisation, status: "closed" as const } }),
};
const contactWith = (partner: Contact["with"]) => ({ ...misuse.contacts[0]!, with: partner });

const typed = {
  kind: "misuse",
  occurredOn: "2026-11-10",
  reportedBy: "Servicedesk",
  description: "Een account\r\nis gedeeld.",
};

describe("incidents", () => {
  it("are listed with the contacts about them, and what came of them", async () => {
    const { body } = await browse(manager).visit(incidents);
    expect(body).toContain("Misbruik op 10 november 2026</h2>");
    expect(body).toContain("grond voor een sluiting");
    expect(body).toContain('<a href="/organisaties/2/gebruikers/ftest">ftest</a>');
    expect(body).toContain("12 november 2026 om 11:00 uur: Contactpersoon Karin Bakker, telefoon");
    const fresh = { ...misuse, contacts: [], contactCount: 0 };
    const other = await browse({ ...manager, ...never, ...listing(fresh) }).visit(incidents);
    expect(other.body).toContain("nog geen contact");
  });

  it("go on on another page", async () => {
    const listIncidents = vi.fn<AllOperations["listIncidents"]>(() =>
      Promise.resolve({ body: { items: [misuse], next: "volgende&1", total: 60 } }),
    );
    const { body } = await browse({ ...manager, listIncidents }).visit({ ...incidents, query: { na: "x" } });
    expect(listIncidents.mock.calls[0]?.[0].query).toEqual({ limit: "10", after: "x" });
    expect(body).toContain('href="/organisaties/2/incidenten?na=volgende%261"');
    expect(body).toContain('<a href="/organisaties/2/incidenten">Eerste bladzijde</a>');
  });

  it("show their latest contacts, and lead to all of them where there are more", async () => {
    const all = about("incidenten/{incidentId}/contacten", { incidentId: misuse.id });
    const link = `href="/organisaties/2/incidenten/${misuse.id}/contacten"`;
    expect((await browse(manager).visit(incidents)).body).not.toContain(link);
    const many = { ...misuse, contactCount: 53 };
    const { body } = await browse({ ...manager, ...listing(many) }).visit(incidents);
    expect(body).toContain(link);
    expect(body).toContain("De laatste 1 van 53 contacten.");
    const listContacts = vi.fn<AllOperations["listContacts"]>(() =>
      Promise.resolve({ body: { items: misuse.contacts, next: "verder", total: 53 } }),
    );
    const page = await browse({ ...desk, listContacts }).visit({ ...all, query: { na: "x" } });
    expect(listContacts.mock.calls[0]?.[0]).toMatchObject({
      params: { id: "2", incidentId: misuse.id },
      query: { after: "x" },
    });
    expect(page.body).toContain("Misbruik op 10 november 2026");
    expect(page.body).toContain("53 contacten, het laatste eerst.");
    expect(page.body).toContain("Contactpersoon Karin Bakker");
    expect(page.body).toContain(`/organisaties/2/incidenten/${misuse.id}/contacten?na=verder`);
  });

  it("are added to by contract managers alone", async () => {
    const { visit } = browse(desk);
    expect((await visit(incidents)).body).not.toMatch(/vastleggen/);
    expect((await visit(recording)).statusCode).toBe(403);
    expect((await visit(logging)).statusCode).toBe(403);
  });
});

describe("a letter that did not arrive", () => {
  it("is named with its closure, whom it went to and when it turned out", async () => {
    const to = { name: "Hendrik Prins", address: "h.prins@zorg.example" };
    const at = "2026-11-23T08:00:00.000Z";
    const listUndelivered = () =>
      Promise.resolve({
        body: {
          items: [{ closureId: ended.id, letter: "closing" as const, to, at, verdict: "bounced" as const }],
        },
      });
    const { body } = await browse({ ...desk, listUndelivered }).visit(access);
    expect(body).toContain(
      "De brief over de sluiting aan Hendrik Prins (h.prins@zorg.example) is niet aangekomen, bleek op 23 november 2026 om 09:00 uur.",
    );
    expect((await browse(desk).visit(access)).body).not.toContain("niet aangekomen");
  });
});

describe("recording an incident", () => {
  it("hands over what was typed, once however often it is sent", async () => {
    const recordIncident = vi.fn<AllOperations["recordIncident"]>(() => Promise.resolve({ body: misuse }));
    const { visit } = browse({ ...manager, recordIncident });
    const form = `${new URLSearchParams({ ...typed, sleutel: "k1" }).toString()}&usernames=a&usernames=b`;
    const { headers: answered } = await visit({ ...recording, form });
    expect(recordIncident.mock.calls[0]?.[0]).toMatchObject({ params: { id: "2" }, formKey: "k1" });
    expect(recordIncident.mock.calls[0]?.[0].body).toEqual({ ...typed, usernames: ["a", "b"] });
    expect(answered["Location"]).toBe("/organisaties/2/incidenten?gedaan=vastgelegd");
  });

  it("finds the users involved first, and loses nothing that was typed", async () => {
    const listUsers = vi.fn<AllOperations["listUsers"]>(() =>
      Promise.resolve({ body: { items: [colleague], next: null, total: 1 } }),
    );
    const recordIncident = vi.fn<AllOperations["recordIncident"]>();
    const { visit } = browse({ ...manager, listUsers, recordIncident });
    const form = { ...typed, usernames: "ftest", zoeken: " bak ", stap: "zoeken", sleutel: "k1" };
    const { body, statusCode } = await visit({ ...recording, form });
    expect(statusCode).toBe(200);
    expect(recordIncident).not.toHaveBeenCalled();
    expect(listUsers.mock.calls[0]?.[0].query).toEqual({ search: "bak", status: "all", limit: "20" });
    expect(body).toMatch(/name="usernames" value="ftest" checked/);
    expect(body).toMatch(/name="usernames" value="kbakker"\/>.*K\. Bakker \(kbakker\)/);
    expect(body).toContain("Een account\r\nis gedeeld.</textarea>");
    expect(body).toMatch(/name="kind" value="misuse" checked/);
    expect(body).toContain('name="sleutel" value="k1"');
    expect(body).toContain('formaction="/organisaties/2/incident-vastleggen#betrokken"');
  });

  it("that is refused says why, and keeps what was typed", async () => {
    const faults = [
      { pointer: "/usernames/0", code: "unknown-user" },
      { pointer: "/occurredOn", code: "future" },
      { pointer: "/kind", code: "choice" },
    ];
    const recordIncident = () => Promise.reject(new DomainError("invalid-request", { errors: faults }));
    const form = { ...typed, usernames: "iemand" };
    const { body, statusCode } = await browse({ ...manager, recordIncident }).visit({ ...recording, form });
    expect(statusCode).toBe(400);
    expect(body).toMatch(/href="#kind".*href="#occurredOn".*href="#usernames"/);
    expect(body).toContain("Deze gebruiker hoort niet bij deze organisatie.");
    expect(body).toMatch(/name="usernames" value="iemand" checked/);
    expect(body).toContain('value="2026-11-10"');
  });

  it("with a key that came before with something else is told apart from a fault", async () => {
    const recordIncident = () => Promise.reject(new DomainError("idempotency-key-reused"));
    const { body } = await browse({ ...manager, recordIncident }).visit({ ...recording, form: typed });
    expect(body).toContain("U hebt dit formulier al verstuurd");
  });
});

describe("logging a contact", () => {
  const said = { with: "employee", name: "Karin", means: "phone", summary: "Besproken." };

  it("shows the incident that it is about, and begins with now", async () => {
    const { body } = await browse(manager).visit(logging);
    expect(body).toContain("Misbruik op 10 november 2026");
    expect(body).toContain("Portero is gebruikt voor iets anders.");
    expect(body).toMatch(/value="\d{4}-\d{2}-\d{2}" id="day"/);
    expect(body).toMatch(/value="\d{2}:\d{2}" id="time"/);
    const other = { ...logging, parameters: { id: "2", incidentId: ended.id } };
    expect((await browse(manager).visit(other)).statusCode).toBe(404);
  });

  it("hands over the moment as an instant, summer or winter", async () => {
    const logContact = vi.fn<AllOperations["logContact"]>(() => Promise.resolve({ body: misuse }));
    const { visit } = browse({ ...manager, logContact });
    const form = { ...said, day: "2026-07-01", time: "14:30", sleutel: "k1" };
    const { headers: answered } = await visit({ ...logging, form });
    await visit({ ...logging, form: { ...form, day: "2026-12-01" } });
    await visit({ ...logging, form: { ...form, time: "half drie" } });
    const sent = logContact.mock.calls.map(([{ body }]) => (body as { at: string }).at);
    expect(sent).toEqual(["2026-07-01T12:30:00.000Z", "2026-12-01T13:30:00.000Z", "2026-07-01 half drie"]);
    expect(logContact.mock.calls[0]?.[0]).toMatchObject({
      params: { id: "2", incidentId: misuse.id },
      formKey: "k1",
      body: said,
    });
    expect(answered["Location"]).toBe("/organisaties/2/incidenten?gedaan=contact");
  });

  it.each([
    ["2999-01-01", "14:30", "future", "day", "Deze datum ligt in de toekomst."],
    ["2026-02-30", "14:30", "date", "day", "Dit is geen geldige datum."],
    ["2026-07-01", "", "date", "time", "Vul een tijd in die al voorbij is"],
  ])("at %s %s says which of the two is wrong", async (day, time, code, field, words) => {
    const logContact = () =>
      Promise.reject(new DomainError("invalid-request", { errors: [{ pointer: "/at", code }] }));
    const form = { ...said, day, time };
    const { body } = await browse({ ...manager, logContact }).visit({ ...logging, form });
    expect(body).toContain(`<a href="#${field}">`);
    expect(body).toContain(words);
    expect(body).toContain("Besproken.</textarea>");
  });
});

/** The states of a ground's requirements on a page: met, unmet or later. */
function checklist(body: string, ground: string): string[] {
  const part = body.split(`id="grond-${ground}"`)[1]?.split("</section>")[0] ?? "";
  return [...part.matchAll(/<li class="(met|unmet|later)">/g)].map(([, state]) => state ?? "");
}

describe("whether access can be closed is shown before one tries", () => {
  const careless = { ...misuse, kind: "careless-use" as const, contacts: [], contactCount: 0 };
  const cases: [string, (typeof misuse)[], string[], string[]][] = [
    ["nothing", [], ["unmet", "unmet"], ["unmet", "unmet", "later"]],
    [
      "a misuse incident",
      [{ ...misuse, contacts: [], contactCount: 0 }],
      ["met", "unmet"],
      ["unmet", "unmet", "later"],
    ],
    ["a contact about it", [misuse], ["met", "met"], ["unmet", "unmet", "later"]],
    [
      "a contact with the signatory alone",
      [{ ...misuse, contacts: [contactWith("signatory")] }],
      ["met", "unmet"],
      ["unmet", "unmet", "later"],
    ],
    [
      "two careless ones",
      [careless, { ...careless, id: "b" }],
      ["unmet", "unmet"],
      ["met", "unmet", "later"],
    ],
    [
      "and a contact with the signatory",
      [careless, { ...careless, id: "b", contacts: [contactWith("signatory")] }],
      ["unmet", "unmet"],
      ["met", "met", "later"],
    ],
  ];

  it.each(cases)("by the rule that decides: %s", async (_, items, onMisuse, onCareless) => {
    for (const to of [access, closing]) {
      const { body } = await browse({ ...manager, ...never, ...listing(...items) }).visit(to);
      expect(checklist(body, "misuse")).toEqual(onMisuse);
      expect(checklist(body, "repeated-careless-use")).toEqual(onCareless);
    }
    expect(missingFor("misuse", items, null)).toHaveLength(onMisuse.filter((one) => one !== "met").length);
    expect(missingFor("repeated-careless-use", items, null)).toHaveLength(
      onCareless.filter((one) => one !== "met").length,
    );
  });

  it("reads every page of incidents", async () => {
    const listIncidents = vi.fn<AllOperations["listIncidents"]>(({ query }) =>
      Promise.resolve({
        body: query?.["after"]
          ? { items: [misuse], next: null, total: 2 }
          : { items: [{ ...misuse, id: "b", contacts: [], contactCount: 0 }], next: "verder", total: 2 },
      }),
    );
    const { body } = await browse({ ...manager, ...never, listIncidents }).visit(access);
    expect(listIncidents.mock.calls.map(([{ query }]) => query)).toEqual([
      { limit: "100" },
      { limit: "100", after: "verder" },
    ]);
    expect(checklist(body, "misuse")).toEqual(["met", "met"]);
  });

  it("to the service desk as well, which is offered nothing", async () => {
    const { visit } = browse({ ...desk, ...never });
    const { body } = await visit(access);
    expect(checklist(body, "misuse")).toEqual(["met", "met"]);
    expect(body).not.toMatch(/toegang-sluiten|vastleggen"/);
    expect((await visit(closing)).statusCode).toBe(403);
    expect((await visit(reopening)).statusCode).toBe(403);
  });

  it("and never of CIZ itself", async () => {
    const own = { id: "1" };
    const { visit } = browse(manager);
    expect((await visit({ ...access, parameters: own })).body).toContain(
      "CIZ zelf kan niet worden gesloten.",
    );
    expect((await visit({ ...closing, parameters: own })).statusCode).toBe(403);
  });
});

describe("closing access", () => {
  const chosen = { ground: "misuse", incidentIds: misuse.id, assessment: "", sleutel: "k1" };

  it("is asked about twice", async () => {
    const closeAccess = vi.fn<AllOperations["closeAccess"]>(() => Promise.resolve({ body: ended }));
    const { visit } = browse({ ...manager, closeAccess });
    const { body, statusCode } = await visit({ ...closing, form: { ...chosen, stap: "controleren" } });
    expect(statusCode).toBe(200);
    expect(body).toContain("Weet u zeker dat u de toegang wilt sluiten?");
    expect(body).toContain("Hendrik Prins (h.prins@zorg.example)\nKarin Bakker (k.bakker@zorg.example)");
    expect(body).toMatch(
      /name="stap" value="wijzigen"[^>]*>Nee, terug<.*name="stap" value="sluiten"[^>]*>Ja,/,
    );
    expect(closeAccess).not.toHaveBeenCalled();
    const back = await visit({ ...closing, form: { ...chosen, stap: "wijzigen" } });
    expect(back.body).toMatch(/name="ground" value="misuse" checked/);
    expect(back.body).toContain(`name="incidentIds" value="${misuse.id}" checked`);
    const done = await visit({ ...closing, form: { ...chosen, stap: "sluiten" } });
    expect(closeAccess.mock.calls[0]?.[0]).toMatchObject({
      params: { id: "2" },
      formKey: "k1",
      body: { ground: "misuse", incidentIds: [misuse.id], assessment: "" },
    });
    expect(done.headers["Location"]).toBe("/organisaties/2/toegang?gedaan=gesloten");
  });

  it("without any step is only looked at", async () => {
    const closeAccess = vi.fn<AllOperations["closeAccess"]>();
    await browse({ ...manager, closeAccess }).visit({ ...closing, form: chosen });
    expect(closeAccess).not.toHaveBeenCalled();
  });

  it.each([
    [{ ground: "" }, 400, 'href="#ground"'],
    [{ incidentIds: "onbekend" }, 422, "Er zijn te weinig incidenten van misbruik genoemd."],
    [{ ground: "repeated-careless-use" }, 422, "Schrijf op hoe u de discipline"],
    [{ assessment: "x".repeat(4001) }, 400, 'href="#assessment"'],
  ])("lacks what it lacks before one is asked (%#)", async (changes, status, words) => {
    const closeAccess = vi.fn<AllOperations["closeAccess"]>();
    const { visit } = browse({ ...manager, closeAccess });
    const form = { ...chosen, ...changes, stap: "controleren" };
    const { body, statusCode } = await visit({ ...closing, form });
    expect(statusCode).toBe(status);
    expect(body).toContain(words);
    expect(body).toContain('id="fouten" role="alert"');
    expect(closeAccess).not.toHaveBeenCalled();
  });

  it("that the operation refuses comes back with everything chosen", async () => {
    const missing = new DomainError("closure-not-grounded", {
      errors: [{ pointer: "/incidentIds", code: "no-contact-on-misuse" }],
    });
    const { visit } = browse({ ...manager, closeAccess: () => Promise.reject(missing) });
    const { body, statusCode } = await visit({ ...closing, form: { ...chosen, stap: "sluiten" } });
    expect(statusCode).toBe(422);
    expect(body).toContain("Er is nog niet genoeg om de toegang te sluiten");
    expect(body).toContain(`name="incidentIds" value="${misuse.id}" checked`);
  });

  it("shows that another person did it already, and does nothing more", async () => {
    const was = "/organisaties/2/toegang?gedaan=was-gesloten";
    const late = browse({ ...manager, closeAccess: () => Promise.reject(new DomainError("already-closed")) });
    const form = { ...chosen, stap: "sluiten" };
    expect((await late.visit({ ...closing, form })).headers["Location"]).toBe(was);
    const { visit } = browse({ ...manager, ...closed });
    expect((await visit(closing)).headers["Location"]).toBe(was);
    const { body } = await visit({ ...access, query: { gedaan: "was-gesloten" } });
    expect(body).toContain("De toegang was al gesloten.");
  });
});

describe("after closing", () => {
  it("the closure is on record with its letter, and can be reopened", async () => {
    const current = { ...ended, reopenedAt: null, reopenedBy: null, reopeningReason: null };
    const listClosures = () => Promise.resolve({ body: { items: [current, ended], next: null, total: 2 } });
    const { body } = await browse({ ...manager, ...closed, listClosures }).visit(access);
    expect(body).toContain("De toegang is gesloten sinds 22 november 2026 om 14:00 uur");
    expect(body).toContain('href="/organisaties/2/toegang-heropenen"');
    expect(body).not.toContain("toegang-sluiten");
    expect(body).toContain(`href="/organisaties/2/sluitingen/${ended.id}/brief"`);
    expect(body).toContain("Iedereen heeft een eigen account.");
    const seen = await browse({ ...desk, ...closed, listClosures }).visit(access);
    expect(seen.body).toContain(`href="/organisaties/2/sluitingen/${ended.id}/brief"`);
    expect(seen.body).not.toContain("toegang-heropenen");
  });

  it("the letter comes as it went out", async () => {
    const answer = await browse(desk).visit(letter);
    expect(answer.headers).toMatchObject({
      "Content-Type": "application/pdf",
      "Content-Disposition": 'inline; filename="brief-sluiting-toegang-portero.pdf"',
      "Cache-Control": "no-store",
    });
    expect(answer.isBase64Encoded).toBe(true);
    expect(Buffer.from(answer.body, "base64").toString()).toBe("%PDF-1.7");
  });

  it("reopening hands over the reason, once", async () => {
    const reopenAccess = vi.fn<AllOperations["reopenAccess"]>(() => Promise.resolve({ body: ended }));
    const { visit } = browse({ ...manager, ...closed, reopenAccess });
    expect((await visit(reopening)).body).toContain("<textarea");
    const form = { reason: "Opgelost.", sleutel: "k1" };
    const { headers: answered } = await visit({ ...reopening, form });
    expect(reopenAccess.mock.calls[0]?.[0]).toMatchObject({ formKey: "k1", body: { reason: "Opgelost." } });
    expect(answered["Location"]).toBe("/organisaties/2/toegang?gedaan=heropend");
  });

  it("reopening that is refused keeps the reason; what is open already is told", async () => {
    const fault = new DomainError("invalid-request", { errors: [{ pointer: "/reason", code: "required" }] });
    const { visit } = browse({ ...manager, ...closed, reopenAccess: () => Promise.reject(fault) });
    const { body, statusCode } = await visit({ ...reopening, form: { reason: "  " } });
    expect(statusCode).toBe(400);
    expect(body).toContain('<a href="#reason">Reden: Vul dit veld in.</a>');
    const late = browse({ ...manager, reopenAccess: () => Promise.reject(new DomainError("not-closed")) });
    const was = "/organisaties/2/toegang?gedaan=was-open";
    expect((await late.visit({ ...reopening, form: { reason: "x" } })).headers["Location"]).toBe(was);
    expect((await late.visit(reopening)).headers["Location"]).toBe(was);
  });
});

describe("people without a role at CIZ", () => {
  const forms = [recording, logging, closing, reopening];

  it.each(forms)("are refused the form at their own organisation: $resource", async (to) => {
    for (const visitor of [signedInAs(), signedInAs("organisation-admin")]) {
      expect((await browse(visitor).visit(to)).statusCode).toBe(403);
    }
  });

  it.each(forms)("find nothing of another organisation: $resource", async (to) => {
    const foreign = { ...to, parameters: { ...to.parameters, id: "9" } };
    expect((await browse(signedInAs("organisation-admin")).visit(foreign)).statusCode).toBe(404);
  });
});

describe("user input is escaped on the pages about sanctions (SECURITY 19)", () => {
  it.each(Object.entries(hostile))("%s", async (_kind, value) => {
    const evil = {
      ...misuse,
      ...{ description: value, reportedBy: value, usernames: [value], recordedBy: value },
      contacts: [{ ...misuse.contacts[0]!, name: value, summary: value }],
    };
    const past = { ...ended, assessment: value, closedBy: value, reopenedBy: value, reopeningReason: value };
    const organisation = {
      ...careOrganisation,
      displayName: value,
      signatory: { name: value, email: value },
      contactPerson: { name: value, email: value, phone: null },
    };
    const user = { ...colleague, username: value, name: value };
    const refuse = () =>
      Promise.reject(new DomainError("invalid-request", { errors: [{ pointer: `/${value}`, code: value }] }));
    const shown = {
      ...manager,
      ...listing(evil),
      listUsers: () => Promise.resolve({ body: { items: [user], next: null, total: 9 } }),
      getOrganisation: () => Promise.resolve({ body: organisation }),
      ...{ recordIncident: refuse, logContact: refuse, closeAccess: refuse, reopenAccess: refuse },
    };
    let pages = 0;
    // The list of closures has a second page and no third, so that reading it ends.
    const listClosures = () => {
      pages += 1;
      return Promise.resolve({ body: { items: [past], next: pages % 2 === 1 ? value : null, total: 1 } });
    };
    const { visit } = browse({ ...shown, listClosures });
    const isClosed = browse({
      ...shown,
      listClosures,
      getOrganisation: () => Promise.resolve({ body: { ...organisation, status: "closed" as const } }),
    });
    const form = Object.fromEntries(
      ["kind", "occurredOn", "reportedBy", "description", "usernames", "zoeken", "sleutel", "day", "time"]
        .concat(["with", "name", "means", "summary", "ground", "incidentIds", "assessment", "reason"])
        .map((name) => [name, value]),
    );
    const answers = [
      await visit({ ...incidents, query: { na: value, gedaan: value } }),
      await visit({ ...recording, form }),
      await visit({ ...recording, form: { ...form, stap: "zoeken" } }),
      await visit(logging),
      await visit({ ...logging, form }),
      await visit({ ...access, query: { gedaan: value } }),
      await visit(closing),
      await visit({ ...closing, form: { ...form, stap: value } }),
      await visit({ ...closing, form: { ...form, stap: "sluiten" } }),
      await visit({ ...closing, form: { ...form, ground: "misuse", incidentIds: evil.id, assessment: "x" } }),
      await isClosed.visit(access),
      await isClosed.visit(reopening),
      await isClosed.visit({ ...reopening, form }),
    ];
    expect(answers.map(({ statusCode }) => statusCode).filter((status) => status >= 500)).toEqual([]);
    for (const { body } of answers) {
      expect(body).not.toMatch(/<img|<script|" onmouseover=/);
      expect(body).toContain("</html>");
    }
  });
});
