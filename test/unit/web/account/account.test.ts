import { describe, expect, it, vi } from "vitest";
import { DomainError, tooManyAttempts, passwordRejected } from "../../../../shared/domain/errors.ts";
import type { WebOperations } from "../../../../shared/web/operations.ts";
import { passwordFaults } from "../../../../shared/domain/password-policy.ts";
import { passwordFaultText, passwordRuleTexts } from "../../../../shared/texts/password-rules.ts";
import { user } from "../../../support/domain.ts";
import { browse, cookies, operations, password, session, token, type Visit } from "../browser.ts";
import { contacts, hostile, member, settings } from "../samples.ts";

const signIn: Visit = { resource: "/", form: { username: "ftest", password } };
const askLink: Visit = { resource: "/wachtwoord-aanvragen", form: { username: "ftest" } };
const openLink: Visit = { resource: "/wachtwoord/{token}", parameters: { token } };
const redeem: Visit = { ...openLink, form: { password, repeat: password } };
const signedIn = { headers: { Cookie: "ander=1; __Host-portero=geheim" } };
const origin = { actor: null, address: "192.0.2.1", requestId: "00000000-0000-4000-8000-000000000000" };
/** The headers that set both cookies of a browser that has just signed in. */
const cookiesSet = (ofSession: string, ofDevice: string) => [
  `__Host-portero=${ofSession}; Path=/; HttpOnly; Secure; SameSite=Strict`,
  `__Host-portero-device=${ofDevice}; Max-Age=31536000; Path=/; HttpOnly; Secure; SameSite=Strict`,
];
const english = { "Accept-Language": "en" };

describe("signing in", () => {
  it("shows a form in the words that users know", async () => {
    const { body, statusCode } = await browse().visit({ resource: "/" });
    expect(statusCode).toBe(200);
    expect(body).toContain('<html lang="nl">');
    expect(body).toContain("<h1>Inloggen Gebruikersbeheer Portero</h1>");
    for (const words of ["Gebruikersnaam</label>", "Wachtwoord</label>", "Log in</button>"]) {
      expect(body).toContain(words);
    }
    expect(body).toContain('<a href="/wachtwoord-aanvragen">Wachtwoord wijzigen</a>');
    expect(body).toContain(`mailto:${contacts.contractManagement.email}`);
    expect(body).toMatch(/<input type="text"[^>]* autocomplete="username"/);
    expect(body).toMatch(/<input type="password"[^>]* autocomplete="current-password"/);
  });

  it("is in English for browsers that prefer English", async () => {
    const { body, headers } = await browse().visit({ resource: "/", headers: english });
    expect(body).toContain('<html lang="en">');
    expect(body).toContain("<h1>Sign in to Portero user administration</h1>");
    expect(headers).toMatchObject({ "Content-Language": "en", Vary: "Accept-Language, Cookie" });
  });

  it("hands over what was typed, opens a session and goes on", async () => {
    const signInToWeb = vi.fn<WebOperations["signInToWeb"]>(() =>
      Promise.resolve({ ...session, cookie: "s3", deviceCookie: "d3" }),
    );
    const { statusCode, headers, multiValueHeaders, body } = await browse({ signInToWeb }).visit({
      ...signIn,
      headers: { Cookie: "__Host-portero-device=d2" },
      form: { username: " FTest ", password: " Pass wörd+1 " },
    });
    const attempt = { username: "FTest", password: " Pass wörd+1 ", deviceCookie: "d2", origin };
    expect(signInToWeb.mock.calls).toEqual([[attempt]]);
    expect({ statusCode, body }).toEqual({ statusCode: 303, body: "" });
    expect(headers["Location"]).toBe("/welkom");
    expect(headers["Set-Cookie"]).toBeUndefined();
    expect(multiValueHeaders).toEqual({ "Set-Cookie": cookiesSet("s3", "d3") });
  });

  it("comes back after a refusal with the login name and without the password", async () => {
    const signInToWeb = () => Promise.reject(new DomainError("invalid-credentials"));
    const { statusCode, headers, body } = await browse({ signInToWeb }).visit(signIn);
    expect(statusCode).toBe(401);
    expect(headers["Set-Cookie"]).toBeUndefined();
    expect(body).toContain('value="ftest"');
    expect(body).not.toContain(password);
    expect(body).toContain("Inloggen is niet gelukt");
    expect(body).toMatch(/id="fouten" role="alert"[^>]* tabindex="-1" autofocus/);
  });

  it.each([
    ["password-expired", 403, "Uw wachtwoord is verlopen", "/wachtwoord-aanvragen"],
    ["account-inactive", 403, "Uw account is niet meer actief", "/"],
    ["organisation-closed", 403, "De toegang van uw organisatie is gesloten", "/"],
  ] as const)("that ends in %s gets a page that says so", async (reason, status, title, next) => {
    const signInToWeb = () => Promise.reject(new DomainError(reason));
    const { statusCode, body } = await browse({ signInToWeb }).visit(signIn);
    expect(statusCode).toBe(status);
    expect(body).toContain(`<h1>${title}</h1>`);
    expect(body).toMatch(new RegExp(`<main.*href="${next}".*</main>`));
  });

  it("too often says how long to wait", async () => {
    const signInToWeb = () => Promise.reject(tooManyAttempts(840));
    const { statusCode, headers, body } = await browse({ signInToWeb }).visit(signIn);
    expect({ statusCode, retry: headers["Retry-After"] }).toEqual({ statusCode: 429, retry: "840" });
    expect(body).toContain("Wacht 14 minuten");
    expect(body).toContain('value="ftest"');
  });

  it("while the identity provider is down can be tried again", async () => {
    const signInToWeb = () => Promise.reject(new DomainError("temporarily-unavailable"));
    const { statusCode, headers, body } = await browse({ signInToWeb }).visit(signIn);
    expect({ statusCode, retry: headers["Retry-After"] }).toEqual({ statusCode: 503, retry: "5" });
    expect(body).toContain('value="ftest"');
  });

  it("with empty fields names each of them", async () => {
    const signInToWeb = vi.fn<WebOperations["signInToWeb"]>();
    const { statusCode, body } = await browse({ signInToWeb }).visit({ ...signIn, form: { username: " " } });
    expect(statusCode).toBe(400);
    expect(body).toContain('<a href="#username">Gebruikersnaam: Vul dit veld in.</a>');
    expect(body).toContain('<a href="#password">Wachtwoord: Vul dit veld in.</a>');
    expect(body).toMatch(/aria-invalid="true" aria-describedby="username-fout"/);
    expect(signInToWeb).not.toHaveBeenCalled();
  });

  it("is skipped for a signed-in user", async () => {
    const { statusCode, headers } = await browse().visit({ resource: "/", ...signedIn });
    expect({ statusCode, location: headers["Location"] }).toEqual({ statusCode: 303, location: "/welkom" });
  });
});

describe("asking for one's login name", () => {
  const resource = "/inlognaam-vergeten";
  const form = { email: "f.test@zorg.example" };

  it("has a form, which the sign-in page and the form for a password lead to", async () => {
    const { body } = await browse().visit({ resource });
    expect(body).toContain("<h1>Gebruikersnaam vergeten</h1>");
    for (const page of ["/", "/wachtwoord-aanvragen"])
      expect((await browse().visit({ resource: page })).body).toContain(`href="${resource}"`);
  });

  it("is answered with one and the same page", async () => {
    const asked = vi.fn<WebOperations["remindLoginName"]>(() => Promise.resolve({ body: { message: "" } }));
    const { visit } = browse({ remindLoginName: asked });
    const known = await visit({ method: "POST", resource, form });
    const unknown = await visit({ method: "POST", resource, form: { email: "x@nergens.example" } });
    expect(known).toEqual(unknown);
    expect(known.statusCode).toBe(200);
    expect(asked.mock.calls[0]?.[0]).toMatchObject({ body: form, sourceAddress: "192.0.2.1" });
  });

  it("without an address, or with none that is one, is refused at the field", async () => {
    for (const email of ["", "femke"]) {
      const { statusCode, body } = await browse().visit({ method: "POST", resource, form: { email } });
      expect(statusCode).toBe(400);
      expect(body).toContain('aria-invalid="true"');
    }
  });
});

describe("asking for a password", () => {
  it("has a form", async () => {
    const { body } = await browse().visit({ resource: "/wachtwoord-aanvragen" });
    expect(body).toContain("<h1>Nieuw wachtwoord aanvragen</h1>");
    expect(body).toContain("Wachtwoord aanvragen</button>");
  });

  it("is answered with one and the same page", async () => {
    const asked = vi.fn<WebOperations["requestPasswordLink"]>(() =>
      Promise.resolve({ body: { message: "" } }),
    );
    const { visit } = browse({ requestPasswordLink: asked });
    const known = await visit(askLink);
    const unknown = await visit({ ...askLink, form: { username: hostile.markup } });
    expect(known).toEqual(unknown);
    expect(known.statusCode).toBe(200);
    expect(known.body).toContain("8 uur en maar één keer");
    expect(asked.mock.calls[0]?.[0]).toMatchObject({
      body: { username: "ftest" },
      sourceAddress: "192.0.2.1",
      requestId: origin.requestId,
    });
  });

  it("too often says how long to wait", async () => {
    const requestPasswordLink = () => Promise.reject(tooManyAttempts(60));
    const { statusCode, body } = await browse({ requestPasswordLink }).visit(askLink);
    expect(statusCode).toBe(429);
    expect(body).toContain("Wacht 60 seconden");
  });

  it("without a login name, or with an endless one, is refused at the field", async () => {
    for (const username of ["", "a".repeat(255)]) {
      const { statusCode, body } = await browse().visit({ ...askLink, form: { username } });
      expect(statusCode).toBe(400);
      expect(body).toContain('href="#username"');
    }
  });
});

describe("setting a password", () => {
  it("shows the login name, the rules and two fields; looking changes nothing", async () => {
    const setPasswordByLink = vi.fn<WebOperations["setPasswordByLink"]>();
    const { statusCode, body } = await browse({ setPasswordByLink }).visit(openLink);
    expect(statusCode).toBe(200);
    expect(body).toContain("<h1>Wachtwoord instellen</h1>");
    expect(body).toMatch(/autocomplete="username"[^>]*/);
    expect(body).toMatch(/<input type="text" [^>]*value="ftest"[^>]* readonly/);
    expect(body.match(/autocomplete="new-password"/g)).toHaveLength(2);
    for (const { text } of passwordRuleTexts(settings, "nl")) expect(body).toContain(`>${text}</li>`);
    expect(body).not.toContain("maxlength");
    expect(setPasswordByLink).not.toHaveBeenCalled();
  });

  it("that is accepted signs in, and the next page says so", async () => {
    const setPasswordByLink = vi.fn<WebOperations["setPasswordByLink"]>(() =>
      Promise.resolve({ ...session, cookie: "s3", deviceCookie: "d3" }),
    );
    const { visit } = browse({ setPasswordByLink });
    const { statusCode, headers, multiValueHeaders } = await visit({
      ...redeem,
      headers: { Cookie: "__Host-portero-device=d2" },
      form: { password, repeat: password, sleutel: "k1" },
    });
    const sent = { token, password, formKey: "k1", deviceCookie: "d2", origin };
    expect(setPasswordByLink.mock.calls).toEqual([[sent]]);
    expect([statusCode, headers["Location"]]).toEqual([303, "/welkom?wachtwoord=ingesteld"]);
    expect(multiValueHeaders).toEqual({ "Set-Cookie": cookiesSet("s3", "d3") });
    const query = { wachtwoord: "ingesteld" };
    const { body } = await visit({ resource: "/welkom", ...signedIn, query });
    expect(body).toContain("Uw wachtwoord is ingesteld en u bent ingelogd.");
    expect(body).toContain("3 maanden geldig");
  });

  it("that is sent twice is said to be set, with the way to sign in and no cookie", async () => {
    const setPasswordByLink = () => Promise.resolve("only-set" as const);
    const { statusCode, headers, multiValueHeaders, body } = await browse({ setPasswordByLink }).visit(
      redeem,
    );
    expect([statusCode, headers["Set-Cookie"], multiValueHeaders]).toEqual([200, undefined, undefined]);
    expect(body).toContain("<h1>Uw wachtwoord is ingesteld</h1>");
    expect(body).toContain(`href="${contacts.porteroUrl}"`);
    expect(body).toContain("3 maanden geldig");
  });

  it("has a key of its own each time, which is kept when the form comes back", async () => {
    const keyIn = (body: string) => /name="sleutel" value="([^"]+)"/.exec(body)?.[1];
    const { visit } = browse();
    const [one, other] = [keyIn((await visit(openLink)).body), keyIn((await visit(openLink)).body)];
    expect(one).toMatch(/^[0-9a-f-]{36}$/);
    expect(other).not.toBe(one);
    const again = await visit({ ...redeem, form: { password, repeat: "anders", sleutel: "k1" } });
    expect(keyIn(again.body)).toBe("k1");
  });

  it("that is rejected names every rule it breaks, and not the password", async () => {
    const setPasswordByLink = () => Promise.reject(passwordRejected(passwordFaults, settings));
    const { statusCode, body } = await browse({ setPasswordByLink }).visit(redeem);
    expect(statusCode).toBe(422);
    for (const fault of passwordFaults) expect(body).toContain(passwordFaultText(fault, settings, "nl"));
    expect(body.match(/<li class="broken"/g)).toHaveLength(passwordFaults.length);
    expect(body).not.toContain(password);
  });

  it("is too long, also where the API would refuse it before any rule", async () => {
    const setPasswordByLink = vi.fn<WebOperations["setPasswordByLink"]>();
    const long = "x".repeat(4097);
    const { statusCode, body } = await browse({ setPasswordByLink }).visit({
      ...redeem,
      form: { password: long, repeat: long },
    });
    expect(statusCode).toBe(422);
    expect(body).toContain(passwordFaultText("too-long", settings, "nl"));
    expect(setPasswordByLink).not.toHaveBeenCalled();
  });

  it("marks only the rules that it breaks", async () => {
    const setPasswordByLink = () => Promise.reject(passwordRejected(["too-short"], settings));
    const { body } = await browse({ setPasswordByLink }).visit(redeem);
    expect(body.match(/<li class="broken"/g)).toHaveLength(1);
  });

  it("twice differently is said, and uses nothing up", async () => {
    const setPasswordByLink = vi.fn<WebOperations["setPasswordByLink"]>();
    const { statusCode, body } = await browse({ setPasswordByLink }).visit({
      ...redeem,
      form: { password, repeat: `${password} ` },
    });
    expect(statusCode).toBe(422);
    expect(body).toContain('<a href="#repeat">De twee wachtwoorden zijn niet gelijk.');
    expect(setPasswordByLink).not.toHaveBeenCalled();
  });

  it("takes a password as it is typed", async () => {
    const setPasswordByLink = vi.fn<WebOperations["setPasswordByLink"]>(operations.setPasswordByLink);
    const long = `  ${"wachtwoord ".repeat(40)}é&=+%😀 `;
    await browse({ setPasswordByLink }).visit({ ...redeem, form: { password: long, repeat: long } });
    expect(setPasswordByLink.mock.calls[0]?.[0].password).toBe(long);
  });

  it("while the identity provider is down keeps the link", async () => {
    const setPasswordByLink = () => Promise.reject(new DomainError("temporarily-unavailable"));
    const { statusCode, headers, body } = await browse({ setPasswordByLink }).visit(redeem);
    expect({ statusCode, retry: headers["Retry-After"] }).toEqual({ statusCode: 503, retry: "5" });
    expect(body).toContain("Uw link blijft geldig.");
    expect(body).toContain("Wachtwoord instellen</button>");
  });

  it("with an empty field names it", async () => {
    const { statusCode, body } = await browse().visit({ ...redeem, form: { password } });
    expect(statusCode).toBe(400);
    expect(body).toContain("Nieuw wachtwoord nog een keer: Vul dit veld in.");
  });

  it.each(["verlopen", "", "a/b", "%00", hostile.markup, "x".repeat(5000)])(
    "with %j for a link looks like any expired link",
    async (other) => {
      const { visit } = browse();
      const expired = await visit({ ...openLink, parameters: { token: "verlopen" } });
      expect(expired.statusCode).toBe(410);
      expect(expired.body).toContain("<h1>De link is verlopen</h1>");
      expect(expired.body).toContain('href="/wachtwoord-aanvragen"');
      const parameters = { token: other };
      expect(await visit({ ...openLink, parameters })).toEqual(expired);
      expect(await visit({ ...redeem, parameters })).toEqual(expired);
      expect(await visit({ ...redeem, parameters, form: { password, repeat: "anders" } })).toEqual(expired);
    },
  );
});

describe("the welcome page", () => {
  it("shows who one is, the organisation and how long the password lasts", async () => {
    const { statusCode, body } = await browse().visit({ resource: "/welkom", ...signedIn });
    expect(statusCode).toBe(200);
    for (const words of [
      "ftest",
      "F. Test",
      "Zorg Voorbeeld",
      "2 december 2026",
      contacts.porteroUrl,
      "Log uit",
    ]) {
      expect(body).toContain(words);
    }
    expect(body).not.toContain("bijna verlopen");
  });

  it.each([
    [10, "binnen 10 dagen, op 2 december 2026"],
    [1, "binnen 1 dag"],
    [0, "vandaag om 11:00 uur"],
  ])("comes after a word about a password that ends in %s days", async (daysLeft, words) => {
    const soon = { ...session, passwordExpiry: { ...session.passwordExpiry, daysLeft, warning: true } };
    const { visit } = browse({
      findWebSession: () => Promise.resolve(soon),
      signInToWeb: () => Promise.resolve({ ...soon, ...cookies }),
    });
    expect((await visit(signIn)).headers["Location"]).toBe("/wachtwoord-verloopt");
    const { body } = await visit({ resource: "/wachtwoord-verloopt", ...signedIn });
    expect(body).toContain("<h1>Uw wachtwoord is bijna verlopen</h1>");
    expect(body).toContain(words);
    expect(body).toMatch(/href="\/welkom"[^>]*>Nee<\/a>/);
    expect(body).toMatch(/href="\/wachtwoord-wijzigen"[^>]*>Ja<\/a>/);
  });

  it("is shown at once if the password need not be changed yet", async () => {
    const { statusCode, headers } = await browse().visit({ resource: "/wachtwoord-verloopt", ...signedIn });
    expect({ statusCode, location: headers["Location"] }).toEqual({ statusCode: 303, location: "/welkom" });
  });

  it("redirects to the sign-in page without a session", async () => {
    for (const headers of [{}, { Cookie: "portero=geheim" }]) {
      const answer = await browse().visit({ resource: "/welkom", headers });
      expect(answer.statusCode).toBe(303);
      expect(answer.headers["Location"]).toBe("/");
    }
  });

  it("says that the session has ended", async () => {
    const { visit } = browse();
    const answer = await visit({ resource: "/welkom", headers: { Cookie: "__Host-portero=oud" } });
    expect(answer.headers["Location"]).toBe("/?sessie=afgelopen");
    expect(answer.headers["Set-Cookie"]).toMatch(/^__Host-portero=; Max-Age=0;/);
    const { body } = await visit({ resource: "/", query: { sessie: "afgelopen" } });
    expect(body).toContain("als u 15 minuten niets doet");
  });

  it("ends the session on the server and in the browser", async () => {
    const endWebSession = vi.fn<WebOperations["endWebSession"]>(() => Promise.resolve());
    const { visit } = browse({ endWebSession });
    const { statusCode, headers } = await visit({ method: "POST", resource: "/uitloggen", ...signedIn });
    expect(endWebSession.mock.calls).toEqual([["geheim", origin]]);
    expect({ statusCode, location: headers["Location"] }).toEqual({ statusCode: 303, location: "/" });
    expect(headers["Set-Cookie"]).toMatch(
      /^__Host-portero=; Max-Age=0; Path=\/; HttpOnly; Secure; SameSite=Strict$/,
    );
  });

  it("names the roles of administrators", async () => {
    const findWebSession = () =>
      Promise.resolve({ ...session, member: { ...member, user: user({ roles: ["organisation-admin"] }) } });
    const { body } = await browse({ findWebSession }).visit({
      resource: "/welkom",
      headers: { ...signedIn.headers, ...english },
    });
    expect(body).toContain("Administrator of the organisation");
  });
});
