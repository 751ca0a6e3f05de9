import { describe, expect, it, vi } from "vitest";
import { DomainError, tooManyAttempts, passwordRejected } from "../../../../shared/domain/errors.ts";
import type { WebOperations } from "../../../../shared/web/operations.ts";
import { profileIds, profiles } from "../../../../shared/domain/organisation.ts";
import { organisationRepresentation } from "../../../../shared/operations/organisations/organisation-representation.ts";
import { organisation } from "../../../support/domain.ts";
import { browse, password, session, signedInAs, type AllOperations, type Visit } from "../browser.ts";
import { contacts, settings } from "../samples.ts";

const headers = { Cookie: "__Host-portero=geheim" };
const english = { ...headers, "Accept-Language": "en" };
const welcome: Visit = { resource: "/welkom", headers };
const administrator = signedInAs("organisation-admin");

describe("the menu", () => {
  it("leads administrators to users and organisation, and says who they are", async () => {
    const { body } = await browse(administrator).visit(welcome);
    expect(body).toContain('<a href="/welkom" aria-current="page">Welkom</a>');
    expect(body).toContain('<a href="/organisaties/2/gebruikers">Gebruikers</a>');
    expect(body).toContain('<a href="/organisaties/2">Organisatie</a>');
    expect(body).toMatch(/<form method="post" action="\/uitloggen"[^>]*><button[^>]*>Log uit<\/button>/);
    expect(body).toContain("F. Test, Zorg Voorbeeld");
    expect(body).toContain("versie 1.2.3");
    expect(body).toContain("Ga naar gebruikers");
  });

  it("leads users without a role to a page of their own alone", async () => {
    const { body } = await browse().visit(welcome);
    expect(body).not.toMatch(/\/organisaties|Ga naar gebruikers/);
    expect(body).toContain("Uw gegevens");
  });

  it("needs a session", async () => {
    expect((await browse().visit({ resource: "/" })).body).not.toContain("Log uit");
  });
});

describe("the language", () => {
  const remembered = (answer: { headers: Record<string, string> }) => answer.headers["Set-Cookie"];

  it("can be switched on every page, without JavaScript, its other questions kept", async () => {
    const { visit } = browse(administrator);
    const { body } = await visit({ ...welcome, query: { a: "1&2" } });
    expect(body).toContain('href="?a=1%262&amp;taal=en" lang="en" hreflang="en"');
    const switched = await visit({ ...welcome, query: { a: "1&2", taal: "en" } });
    expect(switched.body).toContain('<html lang="en">');
    expect(remembered(switched)).toBe(
      "__Host-taal=en; Max-Age=31536000; Path=/; HttpOnly; Secure; SameSite=Strict",
    );
  });

  it("is remembered, and goes before the browser's language", async () => {
    const { visit } = browse();
    const answer = await visit({
      resource: "/hulp",
      headers: { Cookie: "__Host-taal=en", "Accept-Language": "nl" },
    });
    expect(answer.body).toContain('<html lang="en">');
    expect(remembered(answer)).toBeUndefined();
  });

  it.each(["", "de", "nl; Path=/x", "<b>"])("stays as it was when asked for in %j", async (taal) => {
    const answer = await browse().visit({ resource: "/hulp", query: { taal } });
    expect(answer.body).toContain('<html lang="nl">');
    expect(remembered(answer)).toBeUndefined();
  });
});

describe("the help page", () => {
  it("names everyone whom one can turn to, signed in or not", async () => {
    for (const visitor of [{}, headers]) {
      const { body, statusCode } = await browse().visit({ resource: "/hulp", headers: visitor });
      expect(statusCode).toBe(200);
      expect(body).toContain("<h1>Hulp</h1>");
      for (const address of [contacts.serviceDesk.email, contacts.contractManagement.email]) {
        expect(body).toContain(`mailto:${address}`);
      }
      expect(body).toContain('href="tel:0887891000"');
      expect(body.includes("Log uit")).toBe("Cookie" in visitor);
    }
  });
});

describe("changing one's own password", () => {
  const form = { current: "Oud-Wachtwoord-1", password, repeat: password };
  const change: Visit = { resource: "/wachtwoord-wijzigen", headers, form };

  it("has the rules and three empty fields", async () => {
    const { body } = await browse().visit({ resource: "/wachtwoord-wijzigen", headers });
    expect(body).toContain("<h1>Wachtwoord wijzigen</h1>");
    expect(body.match(/type="password"/g)).toHaveLength(3);
    expect(body).toContain("Gebruik ten minste 8 tekens");
  });

  it("calls the API's operation as the signed-in user", async () => {
    const changePassword = vi.fn<WebOperations["changePassword"]>(() => Promise.resolve({ body: null }));
    const { body } = await browse({ changePassword }).visit(change);
    expect(body).toContain("<h1>Uw wachtwoord is gewijzigd</h1>");
    expect(changePassword.mock.calls[0]?.[0]).toMatchObject({
      session: { sessionId: session.sessionId },
      body: { currentPassword: form.current, newPassword: password },
    });
  });

  it.each([
    [new DomainError("current-password-wrong"), 403, "Vul uw huidige wachtwoord in."],
    [tooManyAttempts(840), 429, "Wacht 14 minuten"],
    [passwordRejected(["too-common"], settings, "/newPassword"), 422, "te makkelijk te raden"],
    [new DomainError("temporarily-unavailable"), 503, "Uw wachtwoord is nog niet gewijzigd"],
    [
      new DomainError("invalid-request", {
        errors: [{ pointer: "/newPassword", code: "too-long", limit: 4096 }],
      }),
      400,
      "4096 tekens",
    ],
  ])("%s comes back to the form, without what was typed", async (error, status, words) => {
    const { visit } = browse({ changePassword: () => Promise.reject(error) });
    const { statusCode, body } = await visit(change);
    expect(statusCode).toBe(status);
    expect(body).toContain(words);
    expect(body).toMatch(/id="fouten" role="alert"/);
    expect(body).not.toMatch(new RegExp(`${form.current}|${password}`));
  });

  it("differently typed or not at all is said at the field", async () => {
    const { visit } = browse();
    const different = await visit({ ...change, form: { ...form, repeat: "anders" } });
    expect(different.body).toContain('href="#repeat"');
    const empty = await visit({ ...change, form: {} });
    for (const field of ["current", "password", "repeat"]) expect(empty.body).toContain(`href="#${field}"`);
  });
});

describe("the organisation page", () => {
  const page: Visit = { resource: "/organisaties/{id}", parameters: { id: "2" }, headers };

  it.each(profileIds)("shows the data and what profile %s allows", async (id) => {
    const profile = profiles[id];
    const one = organisation({ profile: id, street: "Dorpsstraat", houseNumber: "12" });
    const getOrganisation = vi.fn<AllOperations["getOrganisation"]>(() =>
      Promise.resolve({ body: organisationRepresentation(one, "organisation") }),
    );
    const { body } = await browse({ ...administrator, getOrganisation }).visit(page);
    expect(getOrganisation.mock.calls[0]?.[0].params).toEqual({ id: "2" });
    expect(body).toContain("<h1>Organisatiegegevens</h1>");
    expect(body).toContain("Actieve rollen");
    for (const words of ["Dorpsstraat", "47470001", profile.name, ...profile.applicationTypes]) {
      expect(body).toContain(words);
    }
    expect(body).toContain(`mailto:${contacts.contractManagement.email}`);
    expect(body).not.toMatch(/<input|contactpers|signatory|k\.bakker/);
  });

  it("that is not there, or not theirs, is not found", async () => {
    const getOrganisation = () => Promise.reject(new DomainError("not-found"));
    const { statusCode, body } = await browse({ ...administrator, getOrganisation }).visit(page);
    expect(statusCode).toBe(404);
    expect(body).toContain("<h1>Niet gevonden</h1>");
  });

  it("speaks English", async () => {
    const { body } = await browse(administrator).visit({ ...page, headers: english });
    expect(body).toContain("<h1>Organisation data</h1>");
  });
});
