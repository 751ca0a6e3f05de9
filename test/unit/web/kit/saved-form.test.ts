import { describe, expect, it, vi } from "vitest";
import { DomainError, tooManyAttempts } from "../../../../shared/domain/errors.ts";
import type { PageCall } from "../../../../shared/web/kit/page-operation.ts";
import { userShown } from "../../../../shared/operations/kit/data-access.ts";
import { pageOperation } from "../../../../shared/web/kit/page-operation.ts";
import { routes as userRoutes } from "../../../../shared/operations/users/routes.ts";
import { formatSessionToken } from "../../../../shared/operations/sessions/session-token.ts";
import { FormRestored } from "../../../../shared/web/kit/errors.ts";
import {
  allPages,
  browse,
  colleague,
  cookies,
  misuse,
  operatorAs,
  password,
  session,
  type Visit,
} from "../browser.ts";
import { hostile } from "../samples.ts";

const tokenOf = (username: string) =>
  formatSessionToken({ organisationId: "2", username, secret: "x".repeat(43), refreshToken: null });
const endedSession = { Cookie: `__Host-portero=${tokenOf("ftest")}` };

const addUser: Visit = {
  method: "POST",
  resource: "/organisaties/{id}/gebruiker-toevoegen",
  parameters: { id: "2" },
  headers: endedSession,
  form: { firstName: "Jasper", memo: hostile.markup, email: hostile.quotes },
};
const keeping = allPages.filter((page) => "savesForm" in page);
const ids = { id: "2", username: "kbakker", incidentId: misuse.id, closureId: "c", key: "k", token: "t" };

/** The hidden fields of a page, as a browser sends them. */
function hiddenIn(body: string): [string, string][] {
  const plain = (text: string) =>
    text.replaceAll("&lt;", "<").replaceAll("&quot;", '"').replaceAll("&amp;", "&");
  const fields = body.matchAll(/<input type="hidden" name="([^"]*)" value="([^"]*)"\/>/g);
  return [...fields].map(([, name = "", value = ""]) => [plain(name), plain(value)]);
}

describe("a form that is sent once its session has ended", () => {
  it.each(keeping)("$path brings the sign-in page, which keeps what was typed", async ({ path }) => {
    const form = { een: "1", twee: hostile.quotes };
    const visit = { method: "POST", resource: path, parameters: ids, headers: endedSession, form } as const;
    const { statusCode, body } = await browse().visit(visit);
    expect(statusCode).toBe(401);
    expect(body).toContain("<h1>Inloggen Gebruikersbeheer Portero</h1>");
    expect(body).toContain("Wat u had ingevuld, krijgt u daarna terug.");
    expect(hiddenIn(body)).toEqual(expect.arrayContaining([["getypt.twee", hostile.quotes]]));
  });

  it("is saved for forms with text only, never for passwords or files", async () => {
    const names = keeping.map(({ name }) => name).toSorted();
    expect(names).toEqual(
      [
        ...["addUser", "editUser", "deleteUser", "register", "changeData", "setRoles"],
        ...["recordIncident", "logContact", "closeAccess", "reopenAccess"],
      ].toSorted(),
    );
    for (const resource of [
      "/wachtwoord-wijzigen",
      "/organisaties/{id}/gebruikers/{username}/wachtwoordlink",
    ]) {
      const form = { current: password };
      const visit = { method: "POST", resource, parameters: ids, headers: endedSession, form } as const;
      const { statusCode, headers, body } = await browse().visit(visit);
      expect([statusCode, headers["Location"], body]).toEqual([303, "/?sessie=afgelopen", ""]);
    }
  });

  it.each([
    ["whose it is cannot be told", { Cookie: "" }, {}],
    ["the cookie is none of ours", { Cookie: "__Host-portero=oud" }, {}],
    ["there is too much of it", endedSession, { memo: "x".repeat(13_000) }],
  ])("is not kept where %s", async (_, headers, more) => {
    const form = { firstName: "Jasper", ...more };
    const answer = await browse().visit({ ...addUser, headers, form });
    expect([answer.statusCode, answer.body]).toEqual([303, ""]);
  });

  it("is not kept for another site", async () => {
    const headers = { ...endedSession, "Sec-Fetch-Site": "cross-site" };
    const { statusCode, body } = await browse().visit({ ...addUser, headers });
    expect(statusCode).toBe(403);
    expect(body).not.toContain("Jasper");
  });
});

describe("signing in with what was typed", () => {
  const signInToWeb = (username: string) => () =>
    Promise.resolve({ ...session, ...cookies, cookie: tokenOf(username) });
  const kept = async () => hiddenIn((await browse().visit(addUser)).body);
  const signIn = (fields: readonly [string, string][]): Visit => ({
    resource: "/",
    form: new URLSearchParams([...fields, ["username", "ftest"], ["password", password]]).toString(),
  });

  it("leads back to the form for the user who filled it in", async () => {
    const { visit } = browse({ signInToWeb: signInToWeb("ftest") });
    const { statusCode, multiValueHeaders, body } = await visit(signIn(await kept()));
    expect(statusCode).toBe(200);
    expect(multiValueHeaders?.["Set-Cookie"]?.join()).toContain(tokenOf("ftest"));
    expect(body).toContain('action="/organisaties/2/gebruiker-toevoegen?hervat=ja"');
    expect(hiddenIn(body)).toEqual(Object.entries(addUser.form ?? {}));
    expect(body).not.toContain(password);
    expect(body).not.toContain("<img");
  });

  it("is not shown to another user", async () => {
    const { visit } = browse({ signInToWeb: signInToWeb("kbakker") });
    const { statusCode, headers, body } = await visit(signIn(await kept()));
    expect([statusCode, headers["Location"], body]).toEqual([303, "/welkom", ""]);
  });

  it.each([
    [401, new DomainError("invalid-credentials")],
    [429, tooManyAttempts(840)],
    [503, new DomainError("temporarily-unavailable")],
  ])("keeps it when that fails with %i", async (status, refusal) => {
    const fields = await kept();
    const { visit } = browse({ signInToWeb: () => Promise.reject(refusal) });
    const { statusCode, body } = await visit(signIn(fields));
    expect(statusCode).toBe(status);
    expect(hiddenIn(body)).toEqual(fields);
  });

  it("keeps it when user name and password were forgotten", async () => {
    const fields = await kept();
    const form = new URLSearchParams(fields).toString();
    const { statusCode, body } = await browse().visit({ resource: "/", form });
    expect(statusCode).toBe(400);
    expect(hiddenIn(body)).toEqual(fields);
  });

  it.each([
    "//kwaad.example/organisaties/2/gebruiker-toevoegen",
    "https://kwaad.example/organisatie-registreren",
    "/organisaties/../gebruiker-toevoegen",
    "/organisaties/2?/gebruiker-toevoegen",
    "/organisaties/2/gebruiker-toevoegen\n",
    "/organisaties/2/gebruikers/kbakker/wachtwoordlink",
    "/uitloggen",
    "",
  ])("leads to no other address: %j", async (address) => {
    const fields = (await kept()).map(([name, value]): [string, string] => [
      name,
      name === "formulier" ? address : value,
    ]);
    const { visit } = browse({ signInToWeb: signInToWeb("ftest") });
    const { statusCode, headers } = await visit(signIn(fields));
    expect([statusCode, headers["Location"]]).toEqual([303, "/welkom"]);
  });
});

describe("a form that comes back after signing in", () => {
  const call: PageCall = {
    session: {
      ...session,
      member: { ...session.member, user: { ...session.member.user, roles: ["organisation-admin"] } },
    },
    requestId: "request",
    ...{ language: "nl", sourceAddress: "192.0.2.1", restored: true, params: { id: "2" } },
  };

  it("has nothing done, though it may look at what there is", async () => {
    const create = vi.fn(() => Promise.resolve({ body: colleague, dataAccess: userShown(colleague) }));
    await expect(pageOperation(userRoutes.createUser, create, {})(call)).rejects.toThrow(FormRestored);
    expect(create).not.toHaveBeenCalled();
    const get = vi.fn(() => Promise.resolve({ body: colleague, dataAccess: userShown(colleague) }));
    await pageOperation(userRoutes.getUser, get, {})({ ...call, params: { id: "2", username: "kbakker" } });
    expect(get).toHaveBeenCalledOnce();
  });

  it.each(keeping)("$path is shown with what was typed, and says that it was not sent", async ({ path }) => {
    const resumed = () => Promise.reject(new FormRestored());
    const { visit } = browse({
      ...operatorAs("contract-manager"),
      ...{ createUser: resumed, editUser: resumed, deleteUser: resumed, registerOrganisation: resumed },
      ...{ changeOrganisation: resumed, setRoles: resumed, recordIncident: resumed, logContact: resumed },
      ...{ closeAccess: resumed, reopenAccess: resumed },
    });
    const { statusCode, body } = await visit({
      ...{ method: "POST", resource: path, parameters: ids, query: { hervat: "ja" } },
      headers: { Cookie: "__Host-portero=geheim" },
      form: { stap: "sluiten", ground: "misuse" },
    });
    expect(statusCode).toBe(200);
    expect(body).toContain("Er is nog niets verstuurd");
  });
});
