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
