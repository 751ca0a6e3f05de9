import { describe, expect, it, vi } from "vitest";
import { DomainError } from "../../../../shared/domain/errors.ts";
import type { Role } from "../../../../shared/domain/user.ts";
import { deleteUser as deleteUserOperation } from "../../../../shared/operations/users/delete-user.ts";
import { editUser as editUserOperation } from "../../../../shared/operations/users/edit-user.ts";
import { getUser as getUserOperation } from "../../../../shared/operations/users/get-user.ts";
import { orderPasswordLink as orderLinkOperation } from "../../../../shared/operations/users/order-password-link.ts";
import { routes } from "../../../../shared/operations/users/routes.ts";
import { pageOperations } from "../../../../shared/web/kit/page-operation.ts";
import { user } from "../../../support/domain.ts";
import {
  atCizAs,
  browse,
  colleague,
  operatorAs,
  signedInAs,
  type AllOperations,
  type Visit,
} from "../browser.ts";
import { hostile } from "../samples.ts";

const headers = { Cookie: "__Host-portero=geheim" };
const administrator = signedInAs("organisation-admin");
const at = { id: "2", username: "kbakker" };
const list: Visit = { resource: "/organisaties/{id}/gebruikers", parameters: { id: "2" }, headers };
const one: Visit = { resource: "/organisaties/{id}/gebruikers/{username}", parameters: at, headers };
const adding: Visit = {
  resource: "/organisaties/{id}/gebruiker-toevoegen",
  parameters: { id: "2" },
  headers,
};
const deleting: Visit = { ...one, resource: `${one.resource}/verwijderen` };
const linking: Visit = { ...one, resource: `${one.resource}/wachtwoordlink` };

const typed = {
  initials: "K.",
  firstName: "Karin",
  infix: "",
  lastName: "Bakker",
  email: "k.bakker@zorg.example",
  phone: "",
  fax: "",
  memo: "Werkt op\r\nmaandag",
};
const page = (items: unknown[], next: string | null = null) =>
  Promise.resolve({ body: { items, next, total: 40 } }) as ReturnType<AllOperations["listUsers"]>;

describe("the list of users", () => {
  it("has the words and columns that users know", async () => {
    const { body, statusCode } = await browse(administrator).visit(list);
    expect(statusCode).toBe(200);
    expect(body).toContain("<h1>Gebruikers</h1>");
    for (const words of ["Zoeken", "Toon verwijderde gebruikers", "Zoek</button>", "Wis filter</a>"]) {
      expect(body).toContain(words);
    }
    for (const words of ["Inlognaam", "Naam", "Laatste inlog", "Opmerkingen", "Nieuwe gebruiker toevoegen"]) {
      expect(body).toContain(words);
    }
    expect(body).toContain('<a href="/organisaties/2/gebruikers/kbakker">kbakker</a>');
  });

  it("calls the API's operation with the filter in the address", async () => {
    const listUsers = vi.fn<AllOperations["listUsers"]>(() => page([]));
    const query = { zoeken: " Bak ker ", verwijderd: "ja", sorteer: "-name", na: "abc" };
    await browse({ ...administrator, listUsers }).visit({ ...list, query });
    expect(listUsers.mock.calls[0]?.[0]).toMatchObject({
      params: { id: "2" },
      query: { search: "Bak ker", status: "all", sort: "-name", after: "abc" },
    });
    await browse({ ...administrator, listUsers }).visit(list);
    expect(listUsers.mock.calls[1]?.[0].query).toEqual({ status: "current" });
  });

  it("sorts up with a click on a column, down with another, and keeps the filter", async () => {
    const { visit } = browse({ ...administrator, listUsers: () => page([colleague], "volgende") });
    const plain = await visit({ ...list, query: { zoeken: "a&b" } });
    expect(plain.body).toContain('href="?zoeken=a%26b&amp;sorteer=name"');
    expect(plain.body).toContain('href="?zoeken=a%26b&amp;na=volgende"');
    const up = await visit({ ...list, query: { zoeken: "a&b", sorteer: "name" } });
    expect(up.body).toContain('aria-sort="ascending"><a href="?zoeken=a%26b&amp;sorteer=-name"');
    const down = await visit({ ...list, query: { sorteer: "-name" } });
    expect(down.body).toContain('aria-sort="descending"><a href="?sorteer=name"');
  });

  it("writes moments as dd-mm-yyyy hh:mm, in the Netherlands", async () => {
    const user = { ...colleague, lastLoginAt: "2026-07-01T22:30:00.000Z" };
    const { body } = await browse({ ...administrator, listUsers: () => page([user]) }).visit(list);
    expect(body).toContain("02-07-2026 00:30");
  });

  it("with a faulty question says so, and keeps it", async () => {
    const listUsers = () =>
      Promise.reject(
        new DomainError("invalid-request", {
          errors: [{ pointer: "query:search", code: "too-long", limit: 100 }],
        }),
      );
    const { statusCode, body } = await browse({ ...administrator, listUsers }).visit({
      ...list,
      query: { zoeken: "x".repeat(101) },
    });
    expect(statusCode).toBe(400);
    expect(body).toContain('href="#search"');
    expect(body).toContain(`value="${"x".repeat(101)}"`);
  });

  it("can be kept as a file, the filter with it", async () => {
    const listUsers = vi.fn<AllOperations["listUsers"]>(() => Promise.resolve({ body: { csv: "a;b\r\n" } }));
    const answer = await browse({ ...administrator, listUsers }).visit({
      ...list,
      resource: "/organisaties/{id}/gebruikers-downloaden",
      query: { zoeken: "bak" },
    });
    expect(listUsers.mock.calls[0]?.[0]).toMatchObject({ wantsCsv: true, query: { search: "bak" } });
    expect(answer.headers["Content-Type"]).toBe("text/csv; charset=utf-8");
    expect(answer.headers["Content-Disposition"]).toBe('attachment; filename="gebruikers.csv"');
    expect(answer.body).toBe("a;b\r\n");
  });

  it("offers the service desk nothing that it may not do", async () => {
    const { visit } = browse(operatorAs("service-desk"));
    expect((await visit(list)).body).not.toContain("Nieuwe gebruiker toevoegen");
    const { body } = await visit(one);
    expect(body).not.toMatch(/Wijzigingen opslaan|Gebruiker verwijderen/);
    expect(body).toContain("Stuur een nieuwe link");
    expect((await visit(adding)).statusCode).toBe(403);
    expect((await visit(deleting)).statusCode).toBe(403);
  });
});

describe("an account that outranks the visitor (SECURITY 26)", () => {
  const manager = user({ organisationId: "1", username: "mdalen", roles: ["contract-manager"] });
  const parameters = { id: "1", username: "mdalen" };
  const users = { find: () => Promise.resolve(manager), edit: vi.fn(), delete: vi.fn() };
  const links = { order: vi.fn() };
  const settings = { mailsPerOrganisationPerHour: 2000, dryRunsPerOrganisationPerHour: 30 };
  const now = { settings, clock: () => new Date("2026-11-22T12:00:00.000Z"), newId: () => "id" };
  const record = { recordDataAccess: () => Promise.resolve() };
  const pages = pageOperations(
    routes,
    {
      getUser: getUserOperation({ users, ...now }),
      editUser: editUserOperation({ users, organisations: { find: vi.fn() }, ...now }),
      deleteUser: deleteUserOperation({
        users,
        administrators: { othersThan: vi.fn() },
        ...now,
      }),
      orderPasswordLink: orderLinkOperation({ users, links, ...now }),
    },
    record,
  );
  const visitor = (...roles: Role[]) => browse({ ...pages, ...atCizAs(...roles) });

  it.each<[Role[]]>([[["organisation-admin"]], [["service-desk"]], [["organisation-admin", "service-desk"]]])(
    "is shown to %j without a button, and no form about it is taken",
    async (roles) => {
      const { visit } = visitor(...roles);
      const { statusCode, body } = await visit({ ...one, parameters });
      expect(statusCode).toBe(200);
      expect(body).not.toMatch(
        /Wijzigingen opslaan|Gebruiker verwijderen|Stuur een nieuwe link|[Rr]ollen wijzigen/,
      );
      for (const refused of [
        { ...deleting, parameters },
        { ...one, parameters, form: { ...typed, versie: '"1"' } },
        { ...deleting, parameters, form: { reason: "x" } },
        { ...linking, parameters, method: "POST", form: {} } as const,
      ]) {
        expect((await visit(refused)).statusCode, refused.resource).toBe(403);
      }
      for (const write of [users.edit, users.delete, links.order]) expect(write).not.toHaveBeenCalled();
    },
  );

  it("is edited, deleted and sent a link by a contract manager", async () => {
    const { body } = await visitor("contract-manager").visit({ ...one, parameters });
    expect(body).toMatch(/Wijzigingen opslaan[^]*Stuur een nieuwe link/);
  });
});

describe("a new user", () => {
  it("has a form with the organisation in it, which nobody types", async () => {
    const { body } = await browse(administrator).visit(adding);
    for (const label of ["voorletters", "voornaam", "tussenvoegsel", "achternaam", "email", "memo"]) {
      expect(body).toMatch(new RegExp(`<label for="[^"]*">${label}`));
    }
    expect(body).toContain('value="47470001"');
    expect(body).toContain("binnen het domein van de organisatie");
  });

  it("is added by the API's operation; then the page shows the login name", async () => {
    const createUser = vi.fn<AllOperations["createUser"]>(() => Promise.resolve({ body: colleague }));
    const getUser = () => Promise.resolve({ body: { ...colleague, status: "invited" as const } });
    const { visit } = browse({ ...administrator, createUser, getUser });
    const added = await visit({ ...adding, form: typed });
    expect(createUser.mock.calls[0]?.[0].body).toEqual({ ...typed, infix: null, phone: null, fax: null });
    expect(added.statusCode).toBe(303);
    expect(added.headers["Location"]).toBe("/organisaties/2/gebruikers/kbakker?gedaan=toegevoegd");
    const { body } = await visit({ ...one, query: { gedaan: "toegevoegd" } });
    expect(body).toContain("<h1>De gebruiker is toegevoegd</h1>");
    expect(body).toContain("de inlognaam kbakker");
    expect(body).toContain(">Verder</a>");
  });

  it.each([
    [new DomainError("email-in-use"), 409, 'href="#email"'],
    [
      new DomainError("invalid-request", { errors: [{ pointer: "/initials", code: "required" }] }),
      400,
      "voorletters: Vul dit veld in.",
    ],
    [new DomainError("temporarily-unavailable"), 503, "Kijk dan eerst of dat al gelukt is."],
  ])("that cannot be added keeps what was typed: %s", async (error, status, words) => {
    const { visit } = browse({ ...administrator, createUser: () => Promise.reject(error) });
    const { statusCode, body } = await visit({ ...adding, form: typed });
    expect(statusCode).toBe(status);
    expect(body).toContain(words);
    expect(body).toContain('value="k.bakker@zorg.example"');
    expect(body).toContain("Werkt op\r\nmaandag</textarea>");
  });

  it("can be made of one whose account has ended", async () => {
    const createUser = vi.fn<AllOperations["createUser"]>(() => Promise.resolve({ body: colleague }));
    const { visit } = browse({ ...administrator, createUser });
    const { body } = await visit({ ...adding, query: { van: "kbakker" } });
    expect(body).toContain('<input type="hidden" name="van" value="kbakker"/>');
    expect(body).toContain('value="Karin"');
    await visit({ ...adding, form: { ...typed, van: "kbakker" } });
    expect(createUser.mock.calls[0]?.[0].body).toMatchObject({ recreateFrom: "kbakker" });
  });
});

describe("editing a user", () => {
  it("carries the version that was seen", async () => {
    const editUser = vi.fn<AllOperations["editUser"]>(() => Promise.resolve({ body: colleague }));
    const { visit } = browse({ ...administrator, editUser });
    const { body } = await visit(one);
    expect(body).toContain("<h1>Gebruiker wijzigen</h1>");
    expect(body).toContain('name="versie" value="&quot;3&quot;"');
    const saved = await visit({ ...one, form: { ...typed, versie: '"3"' } });
    expect(editUser.mock.calls[0]?.[0]).toMatchObject({ params: at, ifMatch: '"3"' });
    expect(saved.headers["Location"]).toBe("/organisaties/2/gebruikers/kbakker?gedaan=opgeslagen");
  });

  it("shows that another person edited the user meanwhile, and keeps the submitted values", async () => {
    const editUser = () => Promise.reject(new DomainError("precondition-failed"));
    const { visit } = browse({ ...administrator, editUser });
    const { statusCode, body } = await visit({
      ...one,
      form: { ...typed, lastName: "Nieuw", versie: '"2"' },
    });
    expect(statusCode).toBe(412);
    expect(body).toContain("Iemand anders heeft deze gebruiker net gewijzigd");
    expect(body).toContain('value="Nieuw"');
    expect(body).toContain("Nu opgeslagen");
    expect(body).toContain('name="versie" value="&quot;3&quot;"');
  });

  it("whose account has ended offers to create them again", async () => {
    const ended = { ...colleague, status: "deleted" as const, remark: "Uit dienst" };
    const { visit } = browse({ ...administrator, getUser: () => Promise.resolve({ body: ended }) });
    const { body } = await visit(one);
    expect(body).not.toContain("Wijzigingen opslaan");
    expect(body).toContain("Uit dienst");
    expect(body).toContain('href="/organisaties/2/gebruiker-toevoegen?van=kbakker"');
  });

  it("shows how mail fares, and sends another link", async () => {
    const bounced = { ...colleague, mailStatus: "bounced" as const };
    const orderPasswordLink = vi.fn<AllOperations["orderPasswordLink"]>(() =>
      Promise.resolve({ body: { message: "" } }),
    );
    const getUser = () => Promise.resolve({ body: bounced });
    const { visit } = browse({ ...administrator, orderPasswordLink, getUser });
    expect((await visit(one)).body).toContain("komt niet aan");
    const sent = await visit({ ...linking, method: "POST", form: {} });
    expect(orderPasswordLink.mock.calls[0]?.[0].params).toEqual(at);
    expect(sent.headers["Location"]).toBe("/organisaties/2/gebruikers/kbakker?gedaan=link");
  });

  it("says that a link is not sent to an address where mail does not arrive", async () => {
    const orderPasswordLink = () => Promise.reject(new DomainError("mail-not-deliverable"));
    const { visit } = browse({ ...administrator, orderPasswordLink });
    const { statusCode, body } = await visit({ ...linking, method: "POST", form: {} });
    expect(statusCode).toBe(409);
    expect(body).toContain("Mail aan deze gebruiker komt niet aan");
    expect(body).toContain("Er is niets verstuurd");
  });

  it.each([
    [{ sentAt: null, state: "open" as const }, "de mail is nog niet verstuurd"],
    [{ sentAt: null, state: "revoked" as const }, "vervangen, niet verstuurd"],
    [{ sentAt: "2026-10-05T09:30:00.000Z", state: "used" as const }, "gebruikt, verstuurd op"],
  ])("shows the link %j as: %s", async (passwordLink, text) => {
    const getUser = () => Promise.resolve({ body: { ...colleague, passwordLink } });
    expect((await browse({ ...administrator, getUser }).visit(one)).body).toContain(text);
  });

  it("of another organisation is not found, on every page", async () => {
    const fail = () => Promise.reject(new DomainError("not-found"));
    const { visit } = browse({ ...administrator, getUser: fail, editUser: fail, deleteUser: fail });
    for (const to of [one, deleting, { ...one, form: typed }, { ...deleting, form: { reason: "x" } }]) {
      const { statusCode, body } = await visit(to);
      expect(statusCode).toBe(404);
      expect(body).toContain("<h1>Niet gevonden</h1>");
    }
  });
});

describe("deleting a user", () => {
  it("asks whether one is sure, and why", async () => {
    const { body } = await browse(administrator).visit(deleting);
    expect(body).toContain("<h1>Gebruiker verwijderen</h1>");
    expect(body).toContain("K. Bakker (kbakker)");
    expect(body).toMatch(/>Nee<\/a>/);
    expect(body).toMatch(/>Ja<\/button>/);
  });

  it("hands over the reason; then it is told", async () => {
    const deleteUser = vi.fn<AllOperations["deleteUser"]>(() => Promise.resolve({ body: colleague }));
    const getUser = () => Promise.resolve({ body: { ...colleague, status: "deleted" as const } });
    const { visit } = browse({ ...administrator, deleteUser, getUser });
    const done = await visit({ ...deleting, form: { reason: "Uit dienst" } });
    expect(deleteUser.mock.calls[0]?.[0]).toMatchObject({ params: at, body: { reason: "Uit dienst" } });
    expect(done.headers["Location"]).toBe("/organisaties/2/gebruikers/kbakker?gedaan=verwijderd");
    const { body } = await visit({ ...one, query: { gedaan: "verwijderd" } });
    expect(body).toContain("<h1>De gebruiker is verwijderd</h1>");
    expect(body).toContain(">Terug naar overzicht</a>");
  });

  it.each([
    [new DomainError("invalid-request", { errors: [{ pointer: "/reason", code: "required" }] }), 400],
    [new DomainError("last-administrator"), 409],
    [new DomainError("already-deleted"), 409],
  ])("that is refused keeps the reason: %s", async (error, status) => {
    const { visit } = browse({ ...administrator, deleteUser: () => Promise.reject(error) });
    const { statusCode, body } = await visit({ ...deleting, form: { reason: "Uit dienst" } });
    expect(statusCode).toBe(status);
    expect(body).toContain("Uit dienst</textarea>");
    expect(body).toMatch(/id="fouten" role="alert"/);
  });
});

describe("user input is escaped on the pages about users (SECURITY 19)", () => {
  it.each(Object.entries(hostile))("%s", async (_kind, value) => {
    const user = {
      ...colleague,
      ...{ initials: value, firstName: value, infix: value, lastName: value, name: value },
      ...{ email: value, phone: value, fax: value, memo: value, remark: value },
    };
    const form = Object.fromEntries(Object.keys(typed).map((field) => [field, value]));
    const refuse = () => Promise.reject(new DomainError("email-in-use"));
    const stale = () => Promise.reject(new DomainError("precondition-failed"));
    const { visit } = browse({
      ...administrator,
      getUser: () => Promise.resolve({ body: user }),
      listUsers: () => page([user], value),
      createUser: refuse,
      editUser: stale,
      deleteUser: () => Promise.reject(new DomainError("last-administrator")),
    });
    const deleted = browse({
      ...administrator,
      getUser: () => Promise.resolve({ body: { ...user, status: "deleted" as const } }),
    });
    const answers = [
      await visit({ ...list, query: { zoeken: value, sorteer: value } }),
      await visit(one),
      await visit({ ...one, form: { ...form, versie: value } }),
      await visit({ ...adding, query: { van: value } }),
      await visit({ ...adding, form: { ...form, van: value } }),
      await visit(deleting),
      await visit({ ...deleting, form: { reason: value } }),
      await deleted.visit(one),
      await deleted.visit({ ...one, query: { gedaan: "verwijderd" } }),
    ];
    for (const { body } of answers) {
      expect(body).not.toMatch(/<img|<script|" onmouseover=/);
      expect(body).toContain("</html>");
    }
  });
});
