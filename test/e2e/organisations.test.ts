import { beforeAll, describe, expect, it } from "vitest";
import { profiles } from "../../shared/domain/organisation.ts";
import { registerCareOrganisation, type CareOrganisation } from "../support/care-organisation.ts";
import { newPerson, Stack, type Answer } from "../support/stack.ts";

const slug = ({ status, body }: Answer) => [status, String(body.type).replace("urn:portero:problem:", "")];

describe("CIZ's side: organisations, profiles and roles", () => {
  const stack = Stack.shared();
  let manager: string;
  let serviceDesk: string;
  let organisation: CareOrganisation;
  let path: string;

  beforeAll(async () => {
    manager = await stack.tokenOf(stack.account("contract-manager"));
    serviceDesk = await stack.tokenOf(stack.account("service-desk"));
    organisation = await registerCareOrganisation(stack, manager);
    path = `/v1/organisations/${organisation.id}`;
  });

  const patch = async (body: object, ifMatch?: string | null) => {
    const etag = ifMatch ?? (await stack.call("GET", path, { token: manager })).headers.get("etag") ?? "";
    const headers = ifMatch === null ? {} : { "If-Match": etag };
    return stack.call("PATCH", path, { token: manager, body, headers });
  };

  it("anyone signed in reads the profiles, with their exact names", async () => {
    const token = await stack.tokenOf(organisation.user);
    const { status, body } = await stack.call("GET", "/v1/profiles", { token });
    expect(status).toBe(200);
    expect(body.items).toEqual(
      Object.values(profiles).map(({ id, name, applicationTypes, identityCheckedBy }) => ({
        ...{ id, name, applicationTypes, identityCheckedBy },
      })),
    );
    expect((await stack.call("GET", "/v1/profiles")).status).toBe(401);
  });

  it("CIZ finds organisations by any part of name, city and number, page by page", async () => {
    const list = (query: string, token = serviceDesk) =>
      stack.call("GET", `/v1/organisations?${query}`, { token });
    const everything = await list("limit=100");
    const names = everything.body.items.map(({ name }: { name: string }) => name) as string[];
    expect(names).toEqual([...names].sort(new Intl.Collator("nl").compare));
    expect(everything.body.total).toBe(names.length);
    const found = await list(`search=${encodeURIComponent(organisation.name.toUpperCase().slice(2))}`);
    expect(found.body.items.map(({ id }: { id: string }) => id)).toContain(organisation.id);
    const walked: string[] = [];
    let after = "";
    do {
      const page = await list(`limit=2${after && `&after=${encodeURIComponent(after)}`}`);
      walked.push(...page.body.items.map(({ name }: { name: string }) => name));
      after = (page.body.next as string | null) ?? "";
    } while (after);
    expect(walked).toEqual(names);
    const { next } = (await list("limit=2")).body as { next: string };
    const elsewhere = await list(`limit=2&status=open&after=${encodeURIComponent(next)}`);
    expect(slug(elsewhere)).toEqual([400, "invalid-request"]);
    expect((await list("status=closed&search=zzzz")).body).toMatchObject({ items: [], total: 0, next: null });
    expect((await list("", await stack.tokenOf(organisation.administrator))).status).toBe(403);
  });

  it("a change needs the version it is meant for", async () => {
    expect(slug(await patch({ city: "Ede" }, null))).toEqual([428, "precondition-required"]);
    expect(slug(await patch({ city: "Ede" }, '"99"'))).toEqual([412, "precondition-failed"]);
    expect(slug(await patch({ status: "closed" }))).toEqual([400, "invalid-request"]);
  });

  it("only what is given is changed, and the administrators are told", async () => {
    const { email } = organisation.administrator;
    const before = (await stack.mails(email)).length;
    const changed = await patch({ city: "Amersfoort", fax: "", contactPerson: { phone: "033 555 01 00" } });
    expect(changed.status).toBe(200);
    expect(changed.headers.get("etag")).toBe('"2"');
    expect(changed.body).toMatchObject({
      ...{ city: "Amersfoort", street: "Lindelaan", fax: null, usersOutsideDomains: [] },
      contactPerson: { ...organisation.contactPerson, phone: "033 555 01 00" },
    });
    const mail = (await stack.waitForMails(email, before + 1)).at(-1);
    expect(mail?.subject).toBe("De gegevens van uw organisatie bij Portero zijn gewijzigd");
    expect(mail?.text).toContain("woonplaats, contactpersoon");
    expect(mail?.text).not.toContain("033 555 01 00");
    const own = await stack.tokenOf(organisation.administrator);
    expect((await stack.call("GET", path, { token: own })).body.city).toBe("Amersfoort");
    const attempt = await stack.call("PATCH", path, {
      token: own,
      body: { city: "Ede" },
      headers: { "If-Match": "*" },
    });
    expect(attempt.status).toBe(403);
  });

  it("profiles keep their rules, and an AGB code its one owner", async () => {
    const erai = await patch({ profile: "volledig-verlenging-erai" });
    expect(erai.body.errors).toMatchObject([{ pointer: "/profile", code: "needs-erai" }]);
    const agreed = await patch({ profile: "volledig-verlenging-erai", contract: { erai: true } });
    expect(agreed.body).toMatchObject({
      profile: { name: "Volledig + Verlenging ERAI", applicationTypes: ["Wlz", "Bopz", "Verlenging ERAI"] },
      contract: { signedOn: "2026-01-05", erai: true },
    });
    expect((await patch({ agbCode: "47475511" })).status).toBe(200);
    const other = await registerCareOrganisation(stack, manager);
    const otherPath = `/v1/organisations/${other.id}`;
    const taken = { token: manager, body: { agbCode: "47475511" }, headers: { "If-Match": "*" } };
    expect(slug(await stack.call("PATCH", otherPath, taken))).toEqual([409, "agb-code-in-use"]);
    expect((await patch({ agbCode: null })).body.agbCode).toBeNull();
    expect((await stack.call("PATCH", otherPath, taken)).status).toBe(200);
  });

  it("narrowed domains lock out nobody, and say whose address is outside now", async () => {
    const narrowed = await patch({ emailDomains: ["elders.example"] });
    const outside = narrowed.body.usersOutsideDomains as { username: string; name: string }[];
    expect(outside.map(({ username }) => username).sort()).toEqual(
      [organisation.administrator.username, organisation.user.username].sort(),
    );
    expect(outside.every(({ name }) => name.startsWith("F. Proef"))).toBe(true);
    expect((await stack.signIn(organisation.user)).status).toBe(201);
    const added = await stack.call("POST", `${path}/users`, {
      token: manager,
      body: newPerson({ email: "nieuw@dezonnehof.example" }),
    });
    expect(slug(added)).toEqual([422, "email-outside-domain"]);
  });

  it("roles take effect at the next request, and never leave an organisation without an administrator", async () => {
    const { administrator, user } = organisation;
    const roles = (username: string, wanted: string[], token = manager) =>
      stack.call("PUT", `${path}/users/${username}/roles`, { token, body: { roles: wanted } });
    const colleague = await stack.tokenOf(user);
    expect((await stack.call("GET", path, { token: colleague })).status).toBe(403);
    expect(slug(await roles(administrator.username, []))).toEqual([409, "last-administrator"]);
    const given = await roles(user.username, ["organisation-admin"]);
    expect([given.status, given.body.roles]).toEqual([200, ["organisation-admin"]]);
    expect((await stack.call("GET", path, { token: colleague })).status).toBe(200);
    const own = await stack.tokenOf(administrator);
    expect((await roles(administrator.username, [])).status).toBe(200);
    expect((await stack.call("GET", path, { token: own })).status).toBe(401);
    expect(slug(await roles(user.username, []))).toEqual([409, "last-administrator"]);
    expect(slug(await roles(user.username, ["service-desk"]))).toEqual([422, "role-not-here"]);
    expect((await roles(user.username, ["organisation-admin"], serviceDesk)).status).toBe(403);
    expect((await roles(user.username, ["organisation-admin"], colleague)).status).toBe(403);
  });

  it("the service desk changes nothing", async () => {
    const refused = [
      stack.call("PATCH", path, { token: serviceDesk, body: { city: "Ede" }, headers: { "If-Match": "*" } }),
      stack.call("POST", "/v1/organisations", { token: serviceDesk, body: {} }),
      stack.call("POST", `${path}/users`, { token: serviceDesk, body: newPerson() }),
    ];
    expect((await Promise.all(refused)).map(({ status }) => status)).toEqual([403, 403, 403]);
    expect((await stack.call("GET", path, { token: serviceDesk })).body.signatory).toEqual(
      organisation.signatory,
    );
  });
});
