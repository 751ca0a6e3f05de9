import { beforeAll, describe, expect, it } from "vitest";
import type { Route } from "../../shared/operations/kit/route.ts";
import { allRoutes } from "../support/all-routes.ts";
import { registerCareOrganisation, type CareOrganisation } from "../support/care-organisation.ts";
import { newPerson, Stack, type Answer } from "../support/stack.ts";

/**
 * Who may call what (DESIGN §4; SECURITY 14, 15): every route for every role, at one organisation. `none` has no
 * token, `user` no role, `admin` administers the organisation, `foreign` administers another, `desk` and `manager`
 * are CIZ's service desk and contract managers, `deleted` was an administrator of the organisation and holds a
 * token that has not run out. Requests ask for as little as they can: whoever is let through is told what is wrong
 * with an empty body (400), or gets what is there to see.
 */
const matrix = `
  route               none  user  admin  foreign  desk  manager  deleted
  getHealth           200   200   200    200      200   200      200
  getOpenapi          200   200   200    200      200   200      200
  signIn              400   400   400    400      400   400      400
  refreshSession      400   400   400    400      400   400      400
  getPasswordPolicy   200   200   200    200      200   200      200
  requestPasswordLink 400   400   400    400      400   400      400
  remindLoginName     400   400   400    400      400   400      400
  getPasswordLink     410   410   410    410      410   410      410
  redeemPasswordLink  400   400   400    400      400   400      400
  getMe               401   200   200    200      200   200      401
  changePassword      401   400   400    400      400   400      401
  listProfiles        401   200   200    200      200   200      401
  listUsers           401   403   200    404      200   200      401
  createUser          401   403   400    404      403   400      401
  getUser             401   403   200    404      200   200      401
  editUser            401   403   428    404      403   428      401
  deleteUser          401   403   400    404      403   400      401
  orderPasswordLink   401   403   202    404      202   202      401
  listUpcoming        401   403   200    404      200   200      401
  importUsers         401   403   422    404      403   422      401
  listAuditEvents     401   403   200    404      200   200      401
  getOrganisation     401   403   200    404      200   200      401
  changeOrganisation  401   403   403    404      403   428      401
  listAdministrators  401   403   200    404      200   200      401
  setRoles            401   403   403    404      403   400      401
  listOrganisations   401   403   403    403      200   200      401
  registerOrganisation 401  403   403    403      403   400      401
  listIncidents       401   403   403    404      200   200      401
  recordIncident      401   403   403    404      403   400      401
  listContacts        401   403   403    404      404   404      401
  logContact          401   403   403    404      403   400      401
  listClosures        401   403   403    404      200   200      401
  closeAccess         401   403   403    404      403   400      401
  getClosingLetter    401   403   403    404      404   404      401
  reopenAccess        401   403   403    404      403   400      401
  endSession          401   204   204    204      204   204      401
`;

/** The slug of each refusal; no route refuses with another one here. */
const slugs: Readonly<Record<string, string>> = {
  "400": "invalid-request",
  "401": "not-authenticated",
  "403": "not-allowed",
  "404": "not-found",
  "410": "link-expired",
  "422": "import-rejected",
  "428": "precondition-required",
};

const inFull = (status: string) => (slugs[status] ? `${status} ${slugs[status]}` : status);

const [head = "", ...lines] = matrix.trim().split("\n");
const roles = head.trim().split(/ +/).slice(1) as Role[];
type Role = "none" | "user" | "admin" | "foreign" | "desk" | "manager" | "deleted";
const rows = lines.map((line) => {
  const [id = "", ...cells] = line.trim().split(/ +/);
  return { id, expected: Object.fromEntries(roles.map((role, index) => [role, inFull(cells[index] ?? "")])) };
});

interface Account {
  readonly username: string;
  readonly password: string;
}

describe("every route, every role", () => {
  const stack = Stack.shared();
  let routes: ReadonlyMap<string, Route>;
  let organisation: CareOrganisation;
  const accounts: Partial<Record<Role, Account>> = {};
  const tokens: Partial<Record<Role, string>> = {};

  beforeAll(async () => {
    // Routes that only pages call have no path in the API.
    routes = new Map([...(await allRoutes())].filter(([, { path }]) => path.startsWith("/v1/")));
    const manager = await stack.tokenOf(stack.account("contract-manager"));
    organisation = await registerCareOrganisation(stack, manager);
    const foreign = stack.accounts.find(
      ({ roles, organisationId }) => roles.includes("organisation-admin") && organisationId !== "1",
    );
    accounts.user = organisation.user;
    accounts.admin = organisation.administrator;
    if (foreign) accounts.foreign = foreign;
    accounts.desk = stack.account("service-desk");
    accounts.manager = stack.account("contract-manager");
    for (const [role, account] of Object.entries(accounts))
      tokens[role as Role] = await stack.tokenOf(account);
    tokens.deleted = await deletedAdministrator(manager);
  });

  /** The token of someone who administered the organisation until they were deleted. */
  async function deletedAdministrator(manager: string): Promise<string> {
    const users = `/v1/organisations/${organisation.id}/users`;
    const domain = organisation.administrator.email.split("@")[1] ?? "";
    const person = newPerson({ email: `voorbij@${domain}` });
    const { username } = (await stack.call("POST", users, { token: manager, body: person })).body;
    await stack.waitForMails(person.email, 1);
    await stack.givePassword(username, person.email, "Zonnebloem-17?");
    const body = { roles: ["organisation-admin"] };
    expect((await stack.call("PUT", `${users}/${username}/roles`, { token: manager, body })).status).toBe(
      200,
    );
    const token = await stack.tokenOf({ username, password: "Zonnebloem-17?" });
    expect((await stack.call("GET", users, { token })).status).toBe(200);
    const reason = { reason: "Uit dienst" };
    const deleted = await stack.call("POST", `${users}/${username}/deletion`, {
      token: manager,
      body: reason,
    });
    expect(deleted.status).toBe(200);
    return token;
  }

  async function ask(route: Route, role: Role): Promise<Answer> {
    const path = route.path
      .replace("{id}", organisation.id)
      .replace("{username}", organisation.user.username)
      .replace("{token}", "x".repeat(43))
      .replace(/\{\w+\}/, "00000000-0000-4000-8000-000000000000");
    // Whoever signs out does so in a session of their own.
    const account = route.path === "/v1/sessions/current" ? accounts[role] : undefined;
    const token = account ? await stack.tokenOf(account) : tokens[role];
    return stack.call(route.method, path, {
      ...(token !== undefined && { token }),
      ...(route.body && { body: {} }),
      ...(route.text && { body: "x", headers: { "Content-Type": route.text.type } }),
    });
  }

  it("the table has every route there is, and no other", () => {
    expect(rows.map(({ id }) => id).toSorted()).toEqual([...routes.keys()].toSorted());
  });

  it.each(rows)("$id", async ({ id, expected }) => {
    const route = routes.get(id);
    if (!route) throw new Error(`There is no route ${id}`);
    const seen: Record<string, string> = {};
    for (const role of roles) {
      const { status, body } = await ask(route, role);
      const slug = status >= 400 ? ` ${String(body.type).replace("urn:portero:problem:", "")}` : "";
      seen[role] = `${status}${slug}`;
    }
    expect(seen).toEqual(expected);
  });
});

describe("accounts with a role of CIZ (DESIGN §2, Who may manage whom; SECURITY 26)", () => {
  const stack = Stack.shared();
  const password = "Zonnebloem-17?";
  const users = "/v1/organisations/1/users";
  let manager: string;
  /** Administers CIZ's users; not a contract manager. */
  let boss: Account;
  /** The service desk's. */
  let target: string;

  beforeAll(async () => {
    manager = await stack.tokenOf(stack.account("contract-manager"));
    boss = { username: await colleague(["organisation-admin"]), password };
    target = await colleague(["service-desk"]);
  });

  async function colleague(given: readonly string[]): Promise<string> {
    const person = newPerson();
    const { body } = await stack.call("POST", users, { token: manager, body: person });
    const username = String(body.username);
    await stack.waitForMails(person.email, 1);
    await stack.givePassword(username, person.email, password);
    const roles = await stack.call("PUT", `${users}/${username}/roles`, {
      token: manager,
      body: { roles: given },
    });
    expect(roles.status).toBe(200);
    return username;
  }

  const acts = (username: string, token: string) => [
    stack.call("PATCH", `${users}/${username}`, { token, body: { memo: "x" }, headers: { "If-Match": "*" } }),
    stack.call("POST", `${users}/${username}/deletion`, { token, body: { reason: "x" } }),
    stack.call("POST", `${users}/${username}/password-link`, { token }),
  ];

  async function formsOf(account: Account, username: string): Promise<number[]> {
    const post = (path: string, fields: Record<string, string>, headers: Record<string, string> = {}) =>
      fetch(new URL(path, stack.baseUrl), {
        method: "POST",
        headers: { Origin: stack.baseUrl, ...headers },
        body: new URLSearchParams(fields),
        redirect: "manual",
      });
    const signedIn = await post("/", { ...account });
    const Cookie = /__Host-portero=[^;]+/.exec(signedIn.headers.get("set-cookie") ?? "")?.[0] ?? "";
    const user = `/organisaties/1/gebruikers/${username}`;
    const person = Object.fromEntries(
      Object.entries(newPerson()).map(([name, value]) => [name, String(value)]),
    );
    const answers = [
      await post(user, { ...person, versie: "*" }, { Cookie }),
      await post(`${user}/verwijderen`, { reason: "x" }, { Cookie }),
      await post(`${user}/wachtwoordlink`, {}, { Cookie }),
    ];
    return answers.map(({ status }) => status);
  }

  it("are managed neither by the administrators of CIZ's users nor by the service desk, through the API or pages", async () => {
    const tokens = {
      boss: await stack.tokenOf(boss),
      desk: await stack.tokenOf(stack.account("service-desk")),
    };
    for (const username of [target, stack.account("contract-manager").username]) {
      for (const token of Object.values(tokens)) {
        const answers = await Promise.all(acts(username, token));
        expect(answers.map(({ status }) => status)).toEqual([403, 403, 403]);
      }
      expect(await formsOf(boss, username)).toEqual([403, 403, 403]);
    }
  });

  it("leave each refusal in the trail, once, with the account that it was about", async () => {
    const query = `?actor=${boss.username}&limit=100`;
    const { body } = await stack.call("GET", `/v1/organisations/1/audit-events${query}`, { token: manager });
    const refused = (body.items as { action: string; subject: { id: string }; detail: { act: string } }[])
      .filter(({ action }) => action === "access.refused")
      .map(({ subject, detail }) => `${detail.act} ${subject.id}`);
    const user = "/organisaties/{id}/gebruikers/{username}";
    const routes = [
      "PATCH /v1/organisations/{id}/users/{username}",
      "POST /v1/organisations/{id}/users/{username}/deletion",
      "POST /v1/organisations/{id}/users/{username}/password-link",
      `POST ${user}`,
      `POST ${user}/verwijderen`,
      `POST ${user}/wachtwoordlink`,
    ];
    const targets = [target, stack.account("contract-manager").username];
    const expected = targets.flatMap((username) => routes.map((route) => `${route} ${username}`));
    expect(refused.toSorted()).toEqual(expected.toSorted());
  });

  it("are managed by contract managers", async () => {
    const headers = { "If-Match": "*" };
    const edit = await stack.call("PATCH", `${users}/${target}`, {
      token: manager,
      body: { memo: "x" },
      headers,
    });
    const link = await stack.call("POST", `${users}/${target}/password-link`, { token: manager });
    const body = { reason: "Uit dienst" };
    const deletion = await stack.call("POST", `${users}/${target}/deletion`, { token: manager, body });
    expect([edit.status, link.status, deletion.status]).toEqual([200, 202, 200]);
  });
});
