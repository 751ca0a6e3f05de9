import { operatorRoutes } from "../../../../shared/web/routes.ts";
import { describe, expect, it, vi } from "vitest";
import { DomainError, passwordRejected } from "../../../../shared/domain/errors.ts";
import { scriptFiles, styleSheetFile } from "../../../../shared/web/kit/asset-names.ts";
import type { WebOperations } from "../../../../shared/web/operations.ts";
import type { WebSession } from "../../../../shared/operations/sessions/web-session.ts";
import { organisation, user } from "../../../support/domain.ts";
import {
  allPages,
  browse,
  ended,
  misuse,
  operations,
  operatorAs,
  linkOf,
  password,
  session,
  signedInAs,
  token,
  type AllOperations,
  type Answer,
  type Visit,
} from "../browser.ts";
import { hostile, publicUrl, settings } from "../samples.ts";

const cookie = { Cookie: "__Host-portero=geheim" };

const [administrator, manager] = [signedInAs("organisation-admin"), operatorAs("contract-manager")];
/** A caller who may see the page. */
const visitorOf = ({ resource }: Visit) =>
  operatorRoutes.some(({ path }) => path === resource) ? manager : administrator;

const users = "voorletters;voornaam;achternaam;email\r\nJ.;Jan;Jansen;j.jansen@zorg.example\r\n";

function bodyFor(path: string): Pick<Visit, "form" | "upload"> {
  if (path.includes("importeren"))
    return { upload: { bestand: { name: "gebruikers.csv", content: users }, tekst: users } };
  return {
    form: {
      ...{ username: "ftest", email: "f.test@zorg.example", password, repeat: password, current: password },
      ...{ stap: "sluiten", ground: "misuse", incidentIds: misuse.id },
    },
  };
}

/** The one page whose script asks our own server how far an import is. */
const asksOurServer = ({ method, resource }: Visit) =>
  method === "POST" && resource === "/organisaties/{id}/gebruikers-importeren";

const ids = { incidentId: misuse.id, closureId: ended.id };

/** A request for each page by a caller who may see it. */
const visits: Visit[] = allPages.map(({ method, path }) => ({
  method,
  resource: path,
  headers: path === "/" ? {} : cookie,
  parameters: { token, file: styleSheetFile, id: "2", username: "kbakker", key: "sleutel", ...ids },
  ...(method === "POST" && bodyFor(path)),
}));
const forms = visits.filter(({ method }) => method === "POST");
const pagesOnly = visits.filter(({ resource }) => !resource.startsWith("/assets"));

const withoutOurScript = (body: string) =>
  Object.values(scriptFiles).reduce(
    (rest, file) => rest.replace(`<script src="/assets/${file}" defer></script>`, ""),
    body,
  );

function expectStrictHeaders({ headers }: Answer, also: readonly string[] = []) {
  const policy = new Set(headers["Content-Security-Policy"]?.split("; "));
  expect(policy).toEqual(
    new Set([
      "default-src 'none'",
      "style-src 'self'",
      "script-src 'self'",
      "img-src data:",
      "form-action 'self'",
      "frame-ancestors 'none'",
      "base-uri 'none'",
      ...also,
    ]),
  );
  expect(headers).toMatchObject({
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "no-referrer",
    "Strict-Transport-Security": expect.stringContaining("max-age=31536000") as string,
    "Cross-Origin-Opener-Policy": "same-origin",
    "Permissions-Policy": expect.stringContaining("camera=()") as string,
  });
}

/** Operations that all fail. */
function failing(error: Error): AllOperations {
  const fail = () => Promise.reject(error);
  return {
    requestPasswordLink: fail,
    remindLoginName: fail,
    getPasswordLink: fail,
    setPasswordByLink: fail,
    signInToWeb: fail,
    findWebSession: fail,
    endWebSession: fail,
    changePassword: fail,
    listUpcoming: fail,
    listAuditEvents: fail,
    importUsers: fail,
    viewImport: fail,
    newKey: () => "sleutel",
    listUsers: fail,
    createUser: fail,
    getUser: fail,
    editUser: fail,
    deleteUser: fail,
    orderPasswordLink: fail,
    getOrganisation: fail,
    listOrganisations: fail,
    registerOrganisation: fail,
    changeOrganisation: fail,
    listProfiles: fail,
    listAdministrators: fail,
    setRoles: fail,
    listIncidents: fail,
    recordIncident: fail,
    listContacts: fail,
    logContact: fail,
    listClosures: fail,
    listUndelivered: fail,
    closeAccess: fail,
    getClosingLetter: fail,
    reopenAccess: fail,
  };
}

describe("strict headers stand on every answer (SECURITY 18)", () => {
  it.each(visits)("$method $resource", async (to) => {
    const { visit } = browse(visitorOf(to));
    const fine = await visit(to);
    if (to.resource === "/{proxy+}") expect(fine.statusCode).toBe(404);
    else expect(fine.statusCode).toBeLessThan(400);
    expectStrictHeaders(fine, asksOurServer(to) ? ["connect-src 'self'"] : []);
    expectStrictHeaders(await visit({ ...to, headers: { "Sec-Fetch-Site": "cross-site" } }));
    expectStrictHeaders(await browse(failing(new Error("x"))).visit(to));
    expectStrictHeaders(await browse(failing(new DomainError("temporarily-unavailable"))).visit(to));
  });

  it("also where there is no page", async () => {
    expectStrictHeaders(await browse().visit({ resource: "/bestaat-niet" }));
  });

  it.each(pagesOnly)("nothing of $method $resource is kept", async (to) => {
    expect((await browse(visitorOf(to)).visit(to)).headers["Cache-Control"]).toBe("no-store");
  });

  it.each(pagesOnly)("$method $resource has no script, style or address of others in it", async (to) => {
    const { body } = await browse(visitorOf(to)).visit(to);
    expect(withoutOurScript(body)).not.toMatch(
      /<script|<style|\sstyle=|\son\w+=|javascript:|<img|<iframe|kwaad\.example/i,
    );
    for (const [, address] of body.matchAll(/(?:href|src|action)="([^"]*)"/g)) {
      expect(address).toMatch(/^(?:data:,$|\/|#|\?|mailto:|tel:|https:\/\/portero\.example$)/);
    }
  });
});

describe("the style sheet", () => {
  it("is named by its content and may be kept for good", async () => {
    const { visit } = browse();
    const page = await visit({ resource: "/" });
    expect(page.body).toContain(`<link rel="stylesheet" href="/assets/${styleSheetFile}"/>`);
    const { statusCode, headers, body } = await visit({
      resource: "/assets/{file}",
      parameters: { file: styleSheetFile },
    });
    expect(statusCode).toBe(200);
    expect(headers["Content-Type"]).toBe("text/css; charset=utf-8");
    expect(headers["Cache-Control"]).toBe("public, max-age=31536000, immutable");
    expect(body).not.toMatch(/url\(|@import/);
  });

  it.each(["style.css", "../web.ts", "toString", "__proto__", ""])("%j is not found", async (file) => {
    const { statusCode, headers, body } = await browse().visit({
      resource: "/assets/{file}",
      parameters: { file },
    });
    expect({ statusCode, cache: headers["Cache-Control"] }).toEqual({ statusCode: 404, cache: "no-store" });
    expect(body).toContain("<h1>Niet gevonden</h1>");
  });
});

describe("forms that another site sends are refused (SECURITY 17)", () => {
  const never = failing(new Error("called"));
  const foreign: Record<string, string>[] = [
    { Origin: "https://kwaad.example" },
    { origin: "https://kwaad.example", "sec-fetch-site": "same-origin" },
    { Origin: `${publicUrl}.kwaad.example` },
    { Origin: `${publicUrl}:8443` },
    { Origin: publicUrl.replace("https:", "http:") },
    { Origin: publicUrl, "Sec-Fetch-Site": "cross-site" },
    { "Sec-Fetch-Site": "cross-site" },
    { "Sec-Fetch-Site": "same-site" },
    { Origin: "null" },
    { Origin: "null", "Sec-Fetch-Site": "cross-site" },
    { Origin: "null", "Sec-Fetch-Site": "none" },
  ];
  it.each(
    forms.flatMap((form) => foreign.map((headers) => ({ ...form, headers: { ...cookie, ...headers } }))),
  )("$resource with $headers", async (to) => {
    const { visit, log } = browse(never);
    const { statusCode, body } = await visit(to);
    expect(statusCode).toBe(403);
    expect(body).toContain("niet vanaf onze eigen pagina");
    expect(log).toEqual([]);
  });

  const ours: Record<string, string>[] = [
    {},
    { Origin: publicUrl },
    { Origin: publicUrl, "Sec-Fetch-Site": "same-origin" },
    { "Sec-Fetch-Site": "same-origin" },
    { "sec-fetch-site": "none" },
    { origin: "null", "sec-fetch-site": "same-origin" },
  ];
  it.each(ours)("our own are not: %j", async (headers) => {
    for (const form of forms) {
      const { visit } = browse(visitorOf(form));
      const { statusCode } = await visit({ ...form, headers: { ...cookie, ...headers } });
      expect(statusCode).toBeLessThan(400);
    }
  });

  it("a page can still be reached from another site", async () => {
    const { statusCode } = await browse().visit({
      resource: "/",
      headers: { "Sec-Fetch-Site": "cross-site" },
    });
    expect(statusCode).toBe(200);
  });
});

describe("user input is escaped (SECURITY 19)", () => {
  const values = Object.entries(hostile);

  it.each(values)("login names on forms: %s", async (_kind, username) => {
    const signInToWeb = () => Promise.reject(new DomainError("invalid-credentials"));
    const { visit } = browse({
      signInToWeb,
      getPasswordLink: () => Promise.resolve({ body: linkOf(username) }),
    });
    const refused = await visit({ resource: "/", form: { username, password } });
    const opened = await visit({ resource: "/wachtwoord/{token}", parameters: { token } });
    const long = await visit({ resource: "/wachtwoord-aanvragen", form: { username: username.repeat(20) } });
    for (const { body } of [refused, opened, long]) {
      expect(body).toContain("value=");
      expect(withoutOurScript(body)).not.toMatch(/<img|<script|" onmouseover|"[^"<>]*" onmouseover/);
    }
  });

  it.each(values)("names and organisations on the welcome page: %s", async (_kind, value) => {
    const found: WebSession = {
      ...session,
      member: {
        user: user({ initials: value, lastName: value, email: value, username: value }),
        organisation: organisation({ displayName: value, name: value }),
      },
    };
    const { body } = await browse({ findWebSession: () => Promise.resolve(found) }).visit({
      resource: "/welkom",
      headers: cookie,
    });
    expect(body).not.toMatch(/<img|<script|" onmouseover=/);
    expect(body.match(/<dd>/g)).toHaveLength(5);
  });

  it("a password is on no page", async () => {
    const canary = "Kanarie&lt;<7>";
    const form = { username: "", password: canary, repeat: canary };
    const rejecting = {
      setPasswordByLink: () => Promise.reject(passwordRejected(["too-common"], settings)),
    };
    class LibraryFault extends Error {
      override name = "LibraryFault";
    }
    for (const to of forms) {
      for (const changes of [{}, rejecting, failing(new LibraryFault(canary))]) {
        const { visit, log } = browse(changes);
        expect((await visit({ ...to, form })).body).not.toMatch(/Kanarie/);
        expect(JSON.stringify(log)).not.toMatch(/Kanarie/);
      }
    }
  });
});

describe("an address that is nothing", () => {
  const to = (headers: Record<string, string>): Visit => ({ resource: "/{proxy+}", headers });

  it.each([
    ["text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8", "nl", "Niet gevonden"],
    ["application/xhtml+xml, text/html", "en", "Not found"],
  ])("is a page for a browser: %s, %s", async (Accept, language, title) => {
    const { statusCode, headers, body } = await browse().visit(to({ Accept, "Accept-Language": language }));
    expect([statusCode, headers["Content-Type"]]).toEqual([404, "text/html; charset=utf-8"]);
    expect(body).toContain(title);
  });

  it.each(["*/*", "application/json", "text/htmlx", undefined])(
    "is a problem for everybody else, in their language: %s",
    async (accept) => {
      const sent = { "Accept-Language": "en", ...(accept !== undefined && { Accept: accept }) };
      const { statusCode, headers, body } = await browse().visit(to(sent));
      expect([statusCode, headers["Content-Type"]]).toEqual([404, "application/problem+json"]);
      expect(headers["API-Version"]).toBeTruthy();
      expect(JSON.parse(body)).toMatchObject({ type: "urn:portero:problem:not-found", title: "Not found" });
    },
  );
});

describe("forms are read with care", () => {
  const to: Visit = { resource: "/", form: { username: "ftest", password } };

  it.each([true, false])("as the gateway hands them over, base64: %s", async (base64) => {
    const signInToWeb = vi.fn<WebOperations["signInToWeb"]>(operations.signInToWeb);
    await browse({ signInToWeb }).visit({
      ...to,
      form: { username: "ftest", password: "é&1" },
      base64,
    });
    expect(signInToWeb.mock.calls[0]?.[0].password).toBe("é&1");
  });

  it("bytes that are not UTF-8 are refused, so that nothing is taken that was not sent", async () => {
    const signInToWeb = vi.fn<WebOperations["signInToWeb"]>(operations.signInToWeb);
    const form = Buffer.from("username=ftest&password=Z\xfcrich", "latin1");
    expect((await browse({ signInToWeb }).visit({ ...to, form })).statusCode).toBe(400);
    expect(signInToWeb).not.toHaveBeenCalled();
  });

  it.each([true, false])("more than 16 KB is too large (base64: %s)", async (base64) => {
    const { statusCode, body } = await browse().visit({
      ...to,
      form: `username=${"é".repeat(9000)}`,
      base64,
    });
    expect(statusCode).toBe(413);
    expect(body).toContain("De aanvraag is te groot");
  });

  it.each(["application/json", "text/plain", "multipart/form-data; boundary=x", ""])(
    "what is %j is no form",
    async (type) => {
      const { statusCode } = await browse().visit({ ...to, headers: { "Content-Type": type } });
      expect(statusCode).toBe(415);
    },
  );

  it.each(["", "&&&=%", "username=%ff%00&password=%zz", "a=1"])("%j is no fault of ours", async (form) => {
    const { statusCode } = await browse().visit({
      ...to,
      form,
      headers: { "Content-Type": "application/x-www-form-urlencoded; charset=UTF-8" },
    });
    expect(statusCode).toBeLessThan(500);
  });
});

describe("errors", () => {
  class SecretFault extends Error {
    override name = "SecretFault";
  }

  it("that are unexpected get a bare page, and their name is logged, not their message (SECURITY 25)", async () => {
    const { visit, log } = browse(failing(new SecretFault("table Portero, ftest, geheim")));
    const answer = await visit({ resource: "/welkom", headers: cookie });
    expect(answer.statusCode).toBe(500);
    expect(answer.body).toContain("<h1>Er ging iets mis</h1>");
    expect(answer.body).not.toMatch(/SecretFault|table|geheim/);
    const details = { error: "SecretFault", stack: expect.any(Array) as unknown };
    expect(log).toEqual([{ message: "unforeseen error", details }]);
  });

  it.each(visits)(
    "that answer $method $resource with 500 or 503 leave one line with the cause",
    async (to) => {
      const cause = new Error("it did not answer");
      const thrown = [
        [new SecretFault("x"), 500, "unforeseen error"],
        [new DomainError("temporarily-unavailable", { cause }), 503, "temporarily unavailable"],
      ] as const;
      for (const [error, status, message] of thrown) {
        for (const [operation, fail] of Object.entries(failing(error))) {
          if (operation === "newKey") continue;
          const { visit, log } = browse({ ...visitorOf(to), [operation]: fail });
          const { statusCode } = await visit(to);
          const lines = log.filter((line) => line.message === message);
          expect(lines, operation).toHaveLength(statusCode === status ? 1 : 0);
        }
      }
    },
  );

  it("that the domain foresaw are no fault of ours", async () => {
    const { visit, log } = browse(failing(new DomainError("not-authenticated")));
    expect((await visit({ resource: "/welkom", headers: cookie })).statusCode).toBe(401);
    expect(log).toEqual([]);
  });

  it("in signing out leave the session to be ended again", async () => {
    const { visit } = browse({
      endWebSession: () => Promise.reject(new DomainError("temporarily-unavailable")),
    });
    const { statusCode, headers } = await visit({ method: "POST", resource: "/uitloggen", headers: cookie });
    expect({ statusCode, cookie: headers["Set-Cookie"] }).toEqual({ statusCode: 503, cookie: undefined });
  });
});

describe("the public address", () => {
  it.each(["https://ciz.example/portero", "https://ciz.example/portero/"])(
    "may carry a path: %s",
    async (url) => {
      const { visit } = browse({ publicUrl: url });
      const { body } = await visit({ resource: "/" });
      expect(body).toContain('action="/portero/"');
      expect(body).toContain('href="/portero/wachtwoord-aanvragen"');
      expect(body).toContain(`href="/portero/assets/${styleSheetFile}"`);
      const form = { username: "ftest", password };
      const { headers, multiValueHeaders } = await visit({
        resource: "/",
        form,
        headers: { Origin: "https://ciz.example" },
      });
      expect(headers["Location"]).toBe("/portero/welkom");
      for (const one of multiValueHeaders?.["Set-Cookie"] ?? []) expect(one).toContain("Path=/;");
    },
  );
});
