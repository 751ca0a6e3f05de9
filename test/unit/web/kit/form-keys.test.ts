import { describe, expect, it, vi } from "vitest";
import { DomainError } from "../../../../shared/domain/errors.ts";
import { styleSheetFile } from "../../../../shared/web/kit/asset-names.ts";
import { operatorRoutes } from "../../../../shared/web/routes.ts";
import {
  allPages,
  browse,
  ended,
  misuse,
  operations,
  operatorAs,
  signedInAs,
  token,
  type AllOperations,
  type Visit,
} from "../browser.ts";

/** Forms that need no key, and why. */
const withoutKey: Readonly<Record<string, string>> = {
  "/": "A second sign-in is answered like the first; a kept answer would hold a cookie",
  "/uitloggen": "Signing out of a session that has ended is answered alike",
  "/organisaties/{id}/gebruikers-importeren": "Reads the file, and changes nothing",
  "/organisaties/{id}/gebruikers-importeren/{key}": "Has its key in the address",
};

const posts = allPages.filter(({ method }) => method === "POST").map(({ path }) => path);
const keyed = posts.filter((path) => !(path in withoutKey));

const cookie = { Cookie: "__Host-portero=geheim" };
const [administrator, manager] = [signedInAs("organisation-admin"), operatorAs("contract-manager")];
const visitorOf = (path: string) =>
  operatorRoutes.some((one) => one.path === path) ? manager : administrator;
const ids = { incidentId: misuse.id, closureId: ended.id };
const parameters = { token, file: styleSheetFile, id: "2", username: "kbakker", key: "sleutel", ...ids };
const to = (path: string): Visit => ({ resource: path, headers: path === "/" ? {} : cookie, parameters });

interface ShownForm {
  readonly path: string;
  readonly key: string | null;
}

/** The forms of a page, by the route that they are sent to. */
function formsOf(html: string, page: string): ShownForm[] {
  return [...html.matchAll(/<form method="post"([^>]*)>(.*?)<\/form>/gs)].map(
    ([, attributes = "", inside = ""]) => {
      const action = /action="([^"]*)"/.exec(attributes)?.[1];
      const key = /<input type="hidden" name="sleutel" value="([^"]+)"/.exec(inside)?.[1] ?? null;
      return { path: action === undefined ? page : routeOf(action), key };
    },
  );
}

function routeOf(action: string): string {
  const matches = posts.filter((path) =>
    new RegExp(`^${path.replaceAll(/\{\w+\}/g, "[^/]+")}$`).test(action),
  );
  return matches[0] ?? `no page: ${action}`;
}

/** A closed organisation has other forms than an open one. */
const states: Partial<AllOperations>[] = [
  {},
  {
    getOrganisation: async (call) => {
      const { body, headers } = await operations.getOrganisation(call);
      return { body: { ...body, status: "closed" }, ...(headers && { headers }) };
    },
  },
];

async function visited(): Promise<ShownForm[]> {
  const shown: ShownForm[] = [];
  for (const { method, path } of allPages) {
    if (method === "POST" || path.startsWith("/assets")) continue;
    for (const state of states) {
      const { body } = await browse({ ...visitorOf(path), ...state }).visit(to(path));
      shown.push(...formsOf(body, path));
    }
  }
  return shown;
}

const values = {
  ...{
    username: "ftest",
    email: "f.test@zorg.example",
    password: "Groene-Fiets-88",
    repeat: "Groene-Fiets-88",
    current: "Gele-Fiets-88",
  },
  ...{ stap: "sluiten", ground: "misuse", incidentIds: misuse.id, versie: '"3"' },
};

/** Operations that each refuse with this error, unless it is a question. */
function refusing(error: DomainError): Partial<AllOperations> {
  const changing = [
    ...[
      "requestPasswordLink",
      "remindLoginName",
      "setPasswordByLink",
      "changePassword",
      "createUser",
      "editUser",
      "deleteUser",
    ],
    ...["orderPasswordLink", "registerOrganisation", "changeOrganisation", "setRoles", "recordIncident"],
    ...["logContact", "closeAccess", "reopenAccess"],
  ];
  return Object.fromEntries(changing.map((name) => [name, () => Promise.reject(error)]));
}

describe("a form that changes something", () => {
  it("has a key on every page that shows it, whatever it is, each time another one", async () => {
    const [once, again] = [await visited(), await visited()];
    const changing = once.filter(({ path }) => !(path in withoutKey));
    expect(changing.filter(({ key }) => key === null)).toEqual([]);
    expect(new Set(changing.map(({ path }) => path))).toEqual(new Set(keyed));
    const keys = new Set(once.map(({ key }) => key));
    expect(again.filter(({ path, key }) => !(path in withoutKey) && keys.has(key))).toEqual([]);
  });

  it("without a key is known, and there is a reason", () => {
    expect(posts).toEqual(expect.arrayContaining(Object.keys(withoutKey)));
  });

  it.each(keyed)("hands its key over: POST %s", async (path) => {
    const seen: (string | undefined)[] = [];
    const spied = Object.entries(operations).map(([name, operation]) => [
      name,
      vi.fn((call: { formKey?: string }) => {
        seen.push(call.formKey);
        return (operation as (call: unknown) => unknown)(call);
      }),
    ]);
    const { findWebSession } = visitorOf(path);
    const { visit } = browse({ ...(Object.fromEntries(spied) as AllOperations), findWebSession });
    await visit({ ...to(path), method: "POST", form: { ...values, sleutel: "k1" } });
    expect(seen).toContain("k1");
  });

  const keyAfter = async (path: string, error: DomainError) => {
    const { visit } = browse({ ...visitorOf(path), ...refusing(error) });
    const { body } = await visit({ ...to(path), method: "POST", form: { ...values, sleutel: "k1" } });
    return formsOf(body, path).find((form) => form.path === path)?.key;
  };

  it.each(keyed.filter((path) => path !== "/wachtwoord/{token}"))(
    "gets a new key if the old one was used with other values: POST %s",
    async (path) => {
      const key = await keyAfter(path, new DomainError("idempotency-key-reused"));
      expect(key).toEqual(expect.any(String));
      expect(key).not.toBe("k1");
    },
  );

  it.each(keyed.filter((path) => !["/wachtwoord-aanvragen", "/inlognaam-vergeten"].includes(path)))(
    "has a key when it is shown again after a refusal: POST %s",
    async (path) => {
      const key = await keyAfter(path, new DomainError("temporarily-unavailable"));
      expect(key).toEqual(expect.any(String));
    },
  );
});
