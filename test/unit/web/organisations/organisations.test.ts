import { describe, expect, it, vi } from "vitest";
import { DomainError } from "../../../../shared/domain/errors.ts";
import {
  browse,
  careOrganisation,
  colleague,
  operatorAs,
  signedInAs,
  type AllOperations,
  type Visit,
} from "../browser.ts";
import { hostile } from "../samples.ts";

const headers = { Cookie: "__Host-portero=geheim" };
const [manager, desk] = [operatorAs("contract-manager"), operatorAs("service-desk")];
const list: Visit = { resource: "/organisaties", headers };
const registering: Visit = { resource: "/organisatie-registreren", headers };
const about = (path: string, parameters = {}): Visit => ({
  resource: `/organisaties/{id}/${path}`,
  parameters: { id: "2", ...parameters },
  headers,
});
const [data, changing, administrators] = [about("gegevens"), about("gegevens-wijzigen"), about("beheerders")];
const roles = about("gebruikers/{username}/rollen", { username: "kbakker" });
const english = { ...headers, "Accept-Language": "en" };

const typed = {
  name: "Zorg Voorbeeld",
  displayName: "",
  agbCode: "47470001",
  street: "Lindelaan",
  houseNumber: "12",
  houseNumberAddition: "",
  postalCode: "3512 AB",
  city: "Utrecht",
  phone: "",
  fax: "",
  email: "",
  emailDomains: "zorg.example\r\nzorg2.example",
  profile: "basis",
  "contract/signedOn": "2026-01-05",
  "contactPerson/name": "Karin Bakker",
  "contactPerson/email": "k.bakker@zorg.example",
  "contactPerson/phone": "",
  "signatory/name": "Hendrik Prins",
  "signatory/email": "h.prins@zorg.example",
};
const person = {
  "administrator/initials": "E.",
  "administrator/firstName": "Ellen",
  "administrator/infix": "",
  "administrator/lastName": "Mol",
  "administrator/email": "e.mol@zorg.example",
};

describe("the list of organisations", () => {
  it("is in the menu for CIZ alone, and leads to each", async () => {
    const { visit } = browse(manager);
    const { body } = await visit(list);
    expect(body).toContain('<a href="/organisaties" aria-current="page">Organisaties</a>');
    expect(body).toContain('<a href="/organisaties/2/gegevens">Zorg Voorbeeld</a>');
    expect(body).toContain(
      'href="/organisaties/2/gebruikers">Gebruikers<span class="unseen"> van Zorg Voorbeeld',
    );
    expect(body).toContain("1 organisatie</p>");
    const welcome = { resource: "/welkom", headers };
    expect((await visit(welcome)).body).toContain("Ga naar organisaties");
    expect((await browse(signedInAs("organisation-admin")).visit(welcome)).body).not.toContain(
      '"/organisaties"',
    );
  });

  it("calls the API's operation with the filter in the address", async () => {
    const listOrganisations = vi.fn<AllOperations["listOrganisations"]>(() =>
      Promise.resolve({ body: { items: [careOrganisation], next: "volgende", total: 40 } }),
    );
    const query = { zoeken: " a&b ", toegang: "gesloten", na: "abc" };
    const { body } = await browse({ ...manager, listOrganisations }).visit({ ...list, query });
    const asked = { search: "a&b", status: "closed", after: "abc" };
    expect(listOrganisations.mock.calls[0]?.[0].query).toEqual(asked);
    expect(body).toContain(
      'href="/organisaties?zoeken=a%26b&amp;toegang=gesloten&amp;na=volgende" rel="next"',
    );
    expect(body).toContain('value="gesloten" checked');
    await browse({ ...manager, listOrganisations }).visit({ ...list, query: { toegang: "<b>" } });
    expect(listOrganisations.mock.calls[1]?.[0].query).toEqual({ status: "all" });
  });

  it("with a faulty question says so, and keeps it", async () => {
    const listOrganisations = () =>
      Promise.reject(
        new DomainError("invalid-request", {
          errors: [{ pointer: "query:search", code: "too-long", limit: 100 }],
        }),
      );
    const query = { zoeken: "x".repeat(101) };
    const { statusCode, body } = await browse({ ...manager, listOrganisations }).visit({ ...list, query });
    expect(statusCode).toBe(400);
    expect(body).toContain('href="#search"');
    expect(body).toContain(`value="${"x".repeat(101)}"`);
  });

  it("offers registering to contract managers alone", async () => {
    expect((await browse(manager).visit(list)).body).toContain('href="/organisatie-registreren"');
    expect((await browse(desk).visit(list)).body).not.toContain('href="/organisatie-registreren"');
    expect((await browse(desk).visit(registering)).statusCode).toBe(403);
  });
});

describe("registering an organisation", () => {
  const registered = vi.fn<AllOperations["registerOrganisation"]>(() =>
    Promise.resolve({ body: { organisation: careOrganisation, administrator: colleague } }),
  );

  it("calls the API's operation with the submitted values", async () => {
    const { visit } = browse({ ...manager, registerOrganisation: registered });
    const form = { ...typed, ...person, "contract/erai": "ja", sleutel: "k1" };
    const answer = await visit({ ...registering, form });
    expect(registered.mock.calls[0]?.[0]).toMatchObject({
      formKey: "k1",
      body: {
        ...{ name: "Zorg Voorbeeld", displayName: null, agbCode: "47470001", fax: null, email: null },
        emailDomains: ["zorg.example", "zorg2.example"],
        contract: { signedOn: "2026-01-05", erai: true },
        contactPerson: { name: "Karin Bakker", email: "k.bakker@zorg.example", phone: null },
        signatory: { name: "Hendrik Prins", email: "h.prins@zorg.example" },
        administrator: { initials: "E.", firstName: "Ellen", infix: null, memo: null },
      },
    });
    expect(answer.statusCode).toBe(303);
    expect(answer.headers["Location"]).toBe("/organisaties/2/beheerders?gedaan=geregistreerd");
    const { body } = await visit({ ...administrators, query: { gedaan: "geregistreerd" } });
    expect(body).toContain("De organisatie is geregistreerd en heeft nummer 2.");
    expect(body).toContain('<a href="/organisaties/2/gebruikers/kbakker">kbakker</a>');
  });

  it("each form has a key of its own", async () => {
    const keyOf = async () =>
      /name="sleutel" value="([^"]+)"/.exec((await browse(manager).visit(registering)).body)?.[1];
    const keys = [await keyOf(), await keyOf()];
    expect(new Set(keys).size).toBe(2);
    expect(keys[0]).toMatch(/^[0-9a-f-]{36}$/);
  });

  it.each([
    [
      new DomainError("invalid-request", {
        errors: [
          { pointer: "/administrator/lastName", code: "required" },
          { pointer: "/emailDomains/1", code: "invalid" },
          { pointer: "/agbCode", code: "invalid" },
          { pointer: "/contactPerson/email", code: "email" },
          { pointer: "/profile", code: "choice" },
        ],
      }),
      400,
      [
        '<a href="#agbCode">agbcode: Deze waarde klopt niet. Gebruik 8 cijfers.</a>',
        '<a href="#emailDomains">e-maildomeinen (2): Deze waarde klopt niet. Schrijf elk domein',
        '<a href="#profile">profiel: Kies een van de mogelijke waarden.</a>',
        '<a href="#contactPerson/email">Contactpersoon, email: Dit is geen geldig e-mailadres.',
        '<a href="#administrator/lastName">Eerste beheerder, achternaam: Vul dit veld in.</a>',
      ],
    ],
    [new DomainError("agb-code-in-use"), 409, ['<a href="#agbCode">agbcode: Dit is al in gebruik.']],
    [
      new DomainError("email-outside-domain", {
        errors: [{ pointer: "/administrator/email", code: "outside-domain" }],
      }),
      422,
      ['<a href="#administrator/email">Eerste beheerder, email:'],
    ],
    [new DomainError("temporarily-unavailable"), 503, ["Kijk dan eerst of dat al gelukt is."]],
  ])(
    "that is refused keeps what was typed, and says everything in order: %s",
    async (error, status, words) => {
      const { visit } = browse({ ...manager, registerOrganisation: () => Promise.reject(error) });
      const { statusCode, body } = await visit({
        ...registering,
        form: { ...typed, ...person, sleutel: "k1" },
      });
      expect(statusCode).toBe(status);
      const places = words.map((one) => body.indexOf(one));
      expect(places).not.toContain(-1);
      expect(places).toEqual(places.toSorted((a, b) => a - b));
      expect(body).toContain('id="administrator/email" name="administrator/email"');
      expect(body).toContain('value="e.mol@zorg.example"');
      expect(body).toContain("zorg.example\r\nzorg2.example</textarea>");
      expect(body).toMatch(/id="profile" name="profile" value="basis" checked/);
      expect(body).toContain('name="sleutel" value="k1"');
    },
  );

  it("that was sent before with something else says so, and gets a new key", async () => {
    const { visit } = browse({
      ...manager,
      registerOrganisation: () => Promise.reject(new DomainError("idempotency-key-reused")),
    });
    const { statusCode, body } = await visit({
      ...registering,
      form: { ...typed, ...person, sleutel: "k1" },
    });
    expect(statusCode).toBe(422);
    expect(body).toContain("U hebt dit formulier al verstuurd");
    expect(body).toMatch(/name="sleutel" value="[0-9a-f-]{36}"/);
  });
});

describe("an organisation's data", () => {
  it("are shown with what only CIZ keeps, and changed by contract managers alone", async () => {
    const { body } = await browse(manager).visit(data);
    expect(body).toMatch(
      /<h1><span class="caption">Zorg Voorbeeld, nummer 2 <\/span>Organisatiegegevens<\/h1>/,
    );
    expect(body).toContain("<title>Organisatiegegevens - Zorg Voorbeeld - Gebruikersbeheer Portero</title>");
    expect(body).toContain('href="mailto:h.prins@zorg.example"');
    expect(body).toContain('href="/organisaties/2/gegevens-wijzigen"');
    const seen = await browse(desk).visit(data);
    expect(seen.body).toContain("Hendrik Prins");
    expect(seen.body).not.toContain("gegevens-wijzigen");
    expect((await browse(desk).visit(changing)).statusCode).toBe(403);
  });

  it("say that access is closed, wherever one looks", async () => {
    const closed = { ...careOrganisation, status: "closed" as const };
    const { visit } = browse({ ...manager, getOrganisation: () => Promise.resolve({ body: closed }) });
    for (const to of [data, changing, administrators, about("gebruikers")]) {
      expect((await visit(to)).body).toContain('<strong class="badge">toegang gesloten</strong>');
    }
  });

  it("are what CIZ sees at the organisation's own address", async () => {
    const { headers: answered } = await browse(desk).visit({ ...data, resource: "/organisaties/{id}" });
    expect(answered["Location"]).toBe("/organisaties/2/gegevens");
  });

  it("are changed in the version that was seen", async () => {
    const changeOrganisation = vi.fn<AllOperations["changeOrganisation"]>(() =>
      Promise.resolve({
        body: { ...careOrganisation, usersOutsideDomains: [], usersOutsideDomainsTotal: 0 },
      }),
    );
    const { visit } = browse({ ...manager, changeOrganisation });
    expect((await visit(changing)).body).toContain('name="versie" value="&quot;7&quot;"');
    const { headers: answered } = await visit({ ...changing, form: { ...typed, versie: '"7"' } });
    expect(changeOrganisation.mock.calls[0]?.[0]).toMatchObject({
      params: { id: "2" },
      ifMatch: '"7"',
      body: { city: "Utrecht", phone: null, contract: { signedOn: "2026-01-05", erai: false } },
    });
    expect(answered["Location"]).toBe("/organisaties/2/gegevens?gedaan=opgeslagen");
    expect((await visit({ ...data, query: { gedaan: "opgeslagen" } })).body).toContain(
      "De gegevens zijn opgeslagen.",
    );
  });

  it("show the differences with another person's change, and keep the submitted values", async () => {
    const changeOrganisation = () => Promise.reject(new DomainError("precondition-failed"));
    const { visit } = browse({ ...manager, changeOrganisation });
    const form = { ...typed, city: "Zwolle", versie: '"6"' };
    const { statusCode, body } = await visit({ ...changing, form });
    expect(statusCode).toBe(412);
    expect(body).toContain("Iemand anders heeft deze organisatie net gewijzigd");
    expect(body).toContain("nu opgeslagen: leeg\ndoor u ingevuld: Zwolle");
    expect(body).toContain('value="Zwolle"');
    expect(body).toContain('name="versie" value="&quot;7&quot;"');
  });

  it("with fewer domains tell who is outside them now", async () => {
    const users = Array.from({ length: 60 }, (_, index) => ({
      username: `user${index}`,
      name: `U. ${index}`,
    }));
    const changeOrganisation = () =>
      Promise.resolve({
        body: { ...careOrganisation, usersOutsideDomains: users, usersOutsideDomainsTotal: users.length },
      });
    const { body } = await browse({ ...manager, changeOrganisation }).visit({ ...changing, form: typed });
    expect(body).toContain("60 gebruikers hebben een e-mailadres buiten de e-maildomeinen");
    expect(body).toContain('<a href="/organisaties/2/gebruikers/user0">U. 0</a>');
    expect(body).toContain("En nog 10 andere gebruikers.");
  });
});

describe("who has a role at an organisation", () => {
  it("is listed, with the way to change it for contract managers alone", async () => {
    const change = 'href="/organisaties/2/gebruikers/kbakker/rollen"';
    expect((await browse(manager).visit(administrators)).body).toContain(change);
    const seen = await browse(desk).visit(administrators);
    expect(seen.body).toContain("kbakker");
    expect(seen.body).not.toContain(change);
    expect(seen.body).not.toContain("Een gebruiker een rol geven");
    expect((await browse(desk).visit(roles)).statusCode).toBe(403);
  });

  it("can be anyone whom a search finds", async () => {
    const listUsers = vi.fn<AllOperations["listUsers"]>(() =>
      Promise.resolve({ body: { items: [colleague], next: null, total: 30 } }),
    );
    const { visit } = browse({ ...manager, listUsers });
    await visit(administrators);
    expect(listUsers).not.toHaveBeenCalled();
    const { body } = await visit({ ...administrators, query: { zoeken: " bak " } });
    expect(listUsers.mock.calls[0]?.[0].query).toEqual({ search: "bak", status: "current", limit: "20" });
    expect(body).toContain("U ziet de eerste 1 van 30.");
  });

  it("is asked among the roles that the organisation knows", async () => {
    const { visit } = browse(manager);
    const here = (await visit(roles)).body;
    expect(here.match(/type="checkbox"/g)).toHaveLength(1);
    const operator = { ...roles, parameters: { id: "1", username: "kbakker" } };
    expect((await visit(operator)).body.match(/type="checkbox"/g)).toHaveLength(3);
  });

  it("is set by the API's operation", async () => {
    const setRoles = vi.fn<AllOperations["setRoles"]>(() => Promise.resolve({ body: colleague }));
    const { visit } = browse({ ...manager, setRoles });
    const { headers: answered } = await visit({ ...roles, form: "roles=organisation-admin&roles=x" });
    expect(setRoles.mock.calls[0]?.[0]).toMatchObject({
      params: { id: "2", username: "kbakker" },
      body: { roles: ["organisation-admin", "x"] },
    });
    expect(answered["Location"]).toBe("/organisaties/2/beheerders?gedaan=rollen");
    await visit({ ...roles, form: {} });
    expect(setRoles.mock.calls[1]?.[0].body).toEqual({ roles: [] });
  });

  it.each([
    [new DomainError("last-administrator"), 409, "Geef eerst iemand anders deze rol."],
    [
      new DomainError("role-not-here", { errors: [{ pointer: "/roles/0", code: "role-not-here" }] }),
      422,
      "Deze rol hoort niet bij deze organisatie.",
    ],
  ])("is told what to do where that is refused: %s", async (error, status, words) => {
    const { visit } = browse({ ...manager, setRoles: () => Promise.reject(error) });
    const { statusCode, body } = await visit({ ...roles, form: {} });
    expect(statusCode).toBe(status);
    expect(body).toContain(words);
    expect(body).toContain('href="#roles"');
  });

  it("is warned when it is about oneself", async () => {
    const own = { ...colleague, username: "ftest" };
    const { visit } = browse({ ...manager, getUser: () => Promise.resolve({ body: own }) });
    expect((await visit(roles)).body).toContain("dit is uw eigen account");
  });
});

describe("people without a role at CIZ", () => {
  const visits = [list, registering, data, changing, administrators, roles];
  const foreign = visits.map((to) => ({ ...to, parameters: { ...to.parameters, id: "9" } }));

  it.each(visits.slice(1))("are refused at their own organisation: $resource", async (to) => {
    for (const visitor of [signedInAs(), signedInAs("organisation-admin")]) {
      expect((await browse(visitor).visit(to)).statusCode).toBe(403);
    }
  });

  it.each(foreign.slice(2))("find nothing of another organisation: $resource", async (to) => {
    expect((await browse(signedInAs("organisation-admin")).visit(to)).statusCode).toBe(404);
  });
});

describe("user input is escaped on the pages about organisations (SECURITY 19)", () => {
  it.each(Object.entries(hostile))("%s", async (_kind, value) => {
    const evil = {
      ...careOrganisation,
      ...{
        name: value,
        displayName: value,
        street: value,
        city: value,
        phone: value,
        fax: value,
        email: value,
      },
      ...{ agbCode: value, emailDomains: [value], houseNumber: value, postalCode: value },
      contactPerson: { name: value, email: value, phone: value },
      signatory: { name: value, email: value },
    };
    const user = { ...colleague, username: value, name: value, email: value };
    const refuse = () =>
      Promise.reject(new DomainError("invalid-request", { errors: [{ pointer: `/${value}`, code: value }] }));
    const shown = {
      ...manager,
      getOrganisation: () => Promise.resolve({ body: evil }),
      listOrganisations: () => Promise.resolve({ body: { items: [evil], next: value, total: 2 } }),
      listAdministrators: () => Promise.resolve({ body: { items: [user], next: null, total: 1 } }),
      listUsers: () => Promise.resolve({ body: { items: [user], next: null, total: 9 } }),
      getUser: () => Promise.resolve({ body: user }),
    };
    const { visit } = browse({
      ...shown,
      registerOrganisation: refuse,
      setRoles: refuse,
      changeOrganisation: refuse,
    });
    const stale = browse({
      ...shown,
      changeOrganisation: () => Promise.reject(new DomainError("precondition-failed")),
    });
    const outside = browse({
      ...shown,
      changeOrganisation: () =>
        Promise.resolve({
          body: {
            ...evil,
            usersOutsideDomains: [{ username: value, name: value }],
            usersOutsideDomainsTotal: 1,
          },
        }),
    });
    const form = Object.fromEntries(Object.keys({ ...typed, ...person }).map((name) => [name, value]));
    const answers = [
      await visit({ ...list, query: { zoeken: value, toegang: value, na: value } }),
      await visit({ ...registering, form: { ...form, sleutel: value } }),
      await visit({ ...data, query: { gedaan: value } }),
      await visit(changing),
      await visit({ ...changing, form: { ...form, versie: value } }),
      await stale.visit({ ...changing, form }),
      await outside.visit({ ...changing, form }),
      await visit({ ...administrators, query: { zoeken: value, gedaan: value } }),
      await visit(roles),
      await visit({ ...roles, form: { roles: value } }),
      await visit({ ...data, headers: english }),
    ];
    for (const { body } of answers) {
      expect(body).not.toMatch(/<img|<script|" onmouseover=/);
      expect(body).toContain("</html>");
    }
  });
});
