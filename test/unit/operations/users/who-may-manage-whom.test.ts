import { describe, expect, it } from "vitest";
import type { Role, User } from "../../../../shared/domain/user.ts";
import { callOperation } from "../../../../shared/http/call-operation.ts";
import type { Operation } from "../../../../shared/operations/kit/operation.ts";
import type { Route } from "../../../../shared/operations/kit/route.ts";
import { setRoles } from "../../../../shared/operations/organisations/set-roles.ts";
import { deleteUser } from "../../../../shared/operations/users/delete-user.ts";
import { editUser } from "../../../../shared/operations/users/edit-user.ts";
import { orderPasswordLink } from "../../../../shared/operations/users/order-password-link.ts";
import { allRoutes } from "../../../support/all-routes.ts";
import { organisation, user } from "../../../support/domain.ts";
import { incomingCall } from "../../../support/incoming-call.ts";

/**
 * DESIGN §2, Who may manage whom; SECURITY 26. Every route that does something to an account, for every caller and
 * every kind of account: `+` is let through, `-` is refused. At the organisation of a care provider (`care`) and at
 * CIZ; `admin` administers the account's organisation, `both` is an administrator at CIZ who is also of its service
 * desk.
 */
const matrix = `
  route              target            admin  both  desk  manager
  editUser           care-user         +      -     -     +
  editUser           care-admin        +      -     -     +
  editUser           ciz-user          +      +     -     +
  editUser           ciz-admin         +      +     -     +
  editUser           ciz-desk          -      -     -     +
  editUser           ciz-manager       -      -     -     +
  editUser           ciz-admin-desk    -      -     -     +
  deleteUser         care-user         +      -     -     +
  deleteUser         care-admin        +      -     -     +
  deleteUser         ciz-user          +      +     -     +
  deleteUser         ciz-admin         +      +     -     +
  deleteUser         ciz-desk          -      -     -     +
  deleteUser         ciz-manager       -      -     -     +
  deleteUser         ciz-admin-desk    -      -     -     +
  orderPasswordLink  care-user         +      +     +     +
  orderPasswordLink  care-admin        +      +     +     +
  orderPasswordLink  ciz-user          +      +     +     +
  orderPasswordLink  ciz-admin         +      +     +     +
  orderPasswordLink  ciz-desk          -      -     -     +
  orderPasswordLink  ciz-manager       -      -     -     +
  orderPasswordLink  ciz-admin-desk    -      -     -     +
  setRoles           care-user         -      -     -     +
  setRoles           care-admin        -      -     -     +
  setRoles           ciz-user          -      -     -     +
  setRoles           ciz-admin         -      -     -     +
  setRoles           ciz-desk          -      -     -     +
  setRoles           ciz-manager       -      -     -     +
  setRoles           ciz-admin-desk    -      -     -     +
`;

const [head = "", ...lines] = matrix.trim().split("\n");
const callers = head.trim().split(/ +/).slice(2);
const rows = lines.map((line) => {
  const [route = "", target = "", ...marks] = line.trim().split(/ +/);
  return { route, target, expected: Object.fromEntries(callers.map((one, index) => [one, marks[index]])) };
});

const rolesOf: Readonly<Record<string, readonly Role[]>> = {
  user: [],
  admin: ["organisation-admin"],
  desk: ["service-desk"],
  manager: ["contract-manager"],
  "admin-desk": ["organisation-admin", "service-desk"],
};

function targetOf(kind: string): User {
  const organisationId = kind.startsWith("ciz-") ? "1" : "2";
  return user({ organisationId, roles: rolesOf[kind.slice(kind.indexOf("-") + 1)] ?? [] });
}

function callerOf(kind: string, target: User) {
  const organisationId = kind === "admin" ? target.organisationId : "1";
  const account = user({
    organisationId,
    username: "caller",
    roles: rolesOf[kind] ?? rolesOf["admin-desk"] ?? [],
  });
  return { user: account, organisation: organisation({ id: organisationId }), sessionId: "session" };
}

/** The operation was let through, and began to do its work. */
class LetThrough extends Error {}
const letThrough = () => Promise.reject(new LetThrough());

function operationsOn(target: User): Readonly<Record<string, Operation<Route> | undefined>> {
  const dependencies = {
    users: { find: () => Promise.resolve(target), edit: letThrough, delete: letThrough },
    links: { order: letThrough },
    organisations: { find: () => Promise.resolve(organisation({ id: target.organisationId })) },
    administrators: { othersThan: letThrough },
    settings: { mailsPerOrganisationPerHour: 2000, dryRunsPerOrganisationPerHour: 30 },
    roles: { holders: letThrough, administrators: letThrough, changeRoles: letThrough },
    clock: () => new Date("2026-11-22T12:00:00.000Z"),
    newId: () => "id",
  };
  return {
    editUser: editUser(dependencies),
    deleteUser: deleteUser(dependencies),
    orderPasswordLink: orderPasswordLink(dependencies),
    setRoles: setRoles(dependencies),
  } as Record<string, unknown> as Record<string, Operation<Route>>;
}

const bodies: Readonly<Record<string, object>> = {
  editUser: { lastName: "Anders" },
  deleteUser: { reason: "Uit dienst" },
  setRoles: { roles: ["organisation-admin"] },
};

async function outcome(route: Route, name: string, by: string, kind: string): Promise<string> {
  const target = targetOf(kind);
  const operation = operationsOn(target)[name];
  if (!operation) throw new Error(`No operation is tested for ${name}`);
  const caller = callerOf(by, target);
  const params = { id: target.organisationId, username: target.username };
  const call = incomingCall({ caller, params, body: bodies[name], ifMatch: "*" });
  try {
    await callOperation(route, operation, call, { recordDataAccess: () => Promise.resolve() });
    return "+";
  } catch (error) {
    if (error instanceof LetThrough) return "+";
    expect(error).toMatchObject({ code: "not-allowed" });
    return "-";
  }
}

describe("role × target's role × route (SECURITY 26)", () => {
  it("every route that changes one user names what it does to them, and stands in the table", async () => {
    const routes = [...(await allRoutes())];
    const onUsers = routes.filter(([, { path, method }]) => path.includes("{username}") && method !== "GET");
    expect(onUsers.filter(([, { manages }]) => manages === undefined)).toEqual([]);
    expect(onUsers.map(([name]) => name).toSorted()).toEqual(
      [...new Set(rows.map(({ route }) => route))].toSorted(),
    );
  });

  it.each(rows)("$route of $target", async ({ route: name, target, expected }) => {
    const route = (await allRoutes()).get(name);
    if (!route) throw new Error(`There is no route ${name}`);
    const seen: Record<string, string> = {};
    for (const by of callers) seen[by] = await outcome(route, name, by, target);
    expect(seen).toEqual(expected);
  });
});
