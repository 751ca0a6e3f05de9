import { callOperation } from "../../../../shared/http/call-operation.ts";
import { recordDataAccess } from "../../../../shared/http/record-data-access.ts";
import { routes } from "../../../../shared/operations/organisations/routes.ts";
import { incomingCall } from "../../../support/incoming-call.ts";
import type { DomainError } from "../../../../shared/domain/errors.ts";
import { randomUUID } from "node:crypto";
import { beforeEach, describe, expect, it } from "vitest";
import { listAdministrators } from "../../../../shared/operations/organisations/list-administrators.ts";
import { setRoles } from "../../../../shared/operations/organisations/set-roles.ts";
import type { Role, User } from "../../../../shared/domain/user.ts";
import { cursorSecret } from "../../../../shared/dynamodb/cursor-secret.ts";
import { Cursors } from "../../../../shared/operations/kit/cursor.ts";
import { DynamoAuditTrail } from "../../../../shared/dynamodb/audit-trail.ts";
import { DynamoOrganisationRepository } from "../../../../shared/dynamodb/organisation-repository.ts";
import { DynamoRoleRepository } from "../../../../shared/dynamodb/role-repository.ts";
import { DynamoUserRepository } from "../../../../shared/dynamodb/user-repository.ts";
import { organisation, user } from "../../../support/domain.ts";
import { createTables, putAll, type TestTables } from "../../../support/dynamodb.ts";
import { consequences, inParallel, refusalsOf } from "../../dynamodb/seed.ts";
import { itemsOfAll } from "../jobs/world.ts";

let tables: TestTables;
let users: DynamoUserRepository;
let set: (organisationId: string, username: string, roles: Role[]) => Promise<{ roles: string[] }>;

const session = {
  kind: "api" as const,
  startedAt: "2026-11-22T09:00:00.000Z",
  expiresAt: "2026-11-22T17:00:00.000Z",
  tokens: ["hash"],
};

beforeEach(async () => {
  tables = await createTables();
  users = new DynamoUserRepository(tables);
  const roles = new DynamoRoleRepository(tables);
  const operation = setRoles({
    users,
    roles,
    clock: () => new Date("2026-11-22T12:00:00.000Z"),
    newId: randomUUID,
  });
  const origin = { actor: null, address: null, requestId: null };
  set = async (id, username, wanted) => {
    const caller = { user: user({ organisationId: "1", roles: ["contract-manager"] }) };
    const request = { params: { id, username }, body: { roles: wanted }, caller, origin };
    const { body } = await operation(request as unknown as Parameters<typeof operation>[0]);
    return body;
  };
});

async function organisationWith(id: string, people: Partial<User>[]): Promise<void> {
  const [first, ...others] = people.map((parts, index) =>
    user({
      organisationId: id,
      username: `userx${index + 2}`,
      email: `${id}.${index}@zorg.example`,
      ...parts,
    }),
  );
  await new DynamoOrganisationRepository(tables).register(
    organisation({ id, agbCode: null }),
    first!,
    consequences(),
  );
  for (const one of others) await users.create(one, consequences());
}

const administrator = { roles: ["organisation-admin"] as Role[] };

describe("giving and taking roles", () => {
  it("keeps the sessions of a user who gets a role, and ends those of one who loses it", async () => {
    await organisationWith("2", [administrator, { sessions: { s: session } }]);
    await set("2", "userx3", ["organisation-admin"]);
    expect(await users.find("2", "userx3")).toMatchObject({
      roles: ["organisation-admin"],
      sessions: { s: session },
      version: 2,
    });
    await set("2", "userx3", []);
    expect(await users.find("2", "userx3")).toMatchObject({ roles: [], sessions: {}, version: 3 });
    const events = (await tables.auditEvents()).filter(({ action }) => action === "roles.changed");
    expect(events.map(({ detail }) => detail)).toEqual(
      expect.arrayContaining([
        { from: [], to: ["organisation-admin"] },
        { from: ["organisation-admin"], to: [] },
      ]),
    );
  });

  it("changes nothing and adds no audit event if the roles are the same", async () => {
    await organisationWith("2", [administrator]);
    const before = (await tables.auditEvents()).length;
    await set("2", "userx2", ["organisation-admin"]);
    expect(await users.find("2", "userx2")).toMatchObject({ version: 1 });
    expect(await tables.auditEvents()).toHaveLength(before);
  });

  it("never takes it from the last active administrator", async () => {
    await organisationWith("2", [administrator, { ...administrator, status: "invited" }, {}]);
    await expect(set("2", "userx2", [])).rejects.toThrow("last-administrator");
    expect((await set("2", "userx3", [])).roles).toEqual([]);
  });

  it("never takes it from the last contract manager, whatever other roles there are", async () => {
    await organisationWith("1", [
      { roles: ["contract-manager"] },
      { roles: ["service-desk"] },
      { roles: ["organisation-admin"] },
    ]);
    await expect(set("1", "userx2", ["service-desk"])).rejects.toThrow("last-administrator");
    await set("1", "userx3", ["service-desk", "contract-manager"]);
    expect((await set("1", "userx2", ["service-desk"])).roles).toEqual(["service-desk"]);
  });

  it("leaves one when all administrators lose it at once", async () => {
    await organisationWith(
      "2",
      Array.from({ length: 6 }, () => administrator),
    );
    const results = await inParallel(6, (index) => set("2", `userx${index + 2}`, []));
    expect(refusalsOf(results).length).toBeGreaterThan(0);
    const left = await new DynamoRoleRepository(tables).administrators("2");
    expect(left.filter(({ roles }) => roles.includes("organisation-admin")).length).toBeGreaterThan(0);
  });

  it("takes it from one of 150 administrators", async () => {
    const names = Array.from({ length: 150 }, (_, index) => `userx${index + 2}`);
    const accounts = names.map((username) => ({ ...administrator, username, organisationId: "2" }));
    await putAll(tables, itemsOfAll([organisation()], accounts));
    expect(await set("2", "userx151", [])).toMatchObject({ roles: [] });
    expect(await new DynamoRoleRepository(tables).holders("2")).toHaveLength(149);
  });

  it("refuses roles that the organisation cannot have, and accounts that have ended", async () => {
    await organisationWith("2", [administrator, { status: "deleted" }]);
    const refusal: unknown = await set("2", "userx2", ["organisation-admin", "service-desk"]).catch(
      (error: unknown) => error,
    );
    expect(refusal).toMatchObject({ code: "role-not-here" });
    expect((refusal as DomainError).errors).toEqual([{ pointer: "/roles/1", code: "role-not-here" }]);
    await expect(set("2", "userx3", ["organisation-admin"])).rejects.toThrow("account-not-usable");
    await expect(set("3", "userx2", [])).rejects.toThrow("not-found");
    await expect(set("2", "no name", [])).rejects.toThrow("not-found");
  });
});

describe("the list of users with a role at an organisation", () => {
  const clock = () => new Date("2026-11-22T12:00:00.000Z");
  const manager = { user: user({ organisationId: "1", roles: ["contract-manager"] }) };
  const page = async (id: string, query: { limit?: string; after?: string } = {}) => {
    const operation = listAdministrators({
      organisations: new DynamoOrganisationRepository(tables),
      roles: new DynamoRoleRepository(tables),
      cursors: new Cursors(cursorSecret(tables)),
      clock,
    });
    const auditTrail = new DynamoAuditTrail(tables);
    const caller = { ...manager, organisation: organisation({ id: "1" }), sessionId: "session" };
    const { body } = await callOperation(
      routes.listAdministrators,
      operation,
      incomingCall({ caller, params: { id }, query }),
      { recordDataAccess: recordDataAccess({ auditTrail, clock, newId: randomUUID }) },
    );
    return body;
  };
  const list = async (id: string) => (await page(id)).items.map(({ username }) => username);

  it("has usable accounts by name, and is recorded as data access", async () => {
    await organisationWith("2", [
      { ...administrator, lastName: "Zwart" },
      { ...administrator, lastName: "Aarts", status: "invited" },
      { ...administrator, lastName: "Bos", status: "deleted" },
      {},
    ]);
    expect(await list("2")).toEqual(["userx3", "userx2"]);
    const traces = (await tables.auditEvents()).filter(({ action }) => action === "personal-data.viewed");
    expect(traces.map(({ detail }) => detail)).toEqual([{ what: "administrators" }]);
  });

  it("has 150 administrators, by pages, in the order of their names", async () => {
    const names = Array.from({ length: 150 }, (_, index) => `userx${index + 2}`);
    const accounts = names.map((username) => ({ ...administrator, username, organisationId: "2" }));
    await putAll(tables, itemsOfAll([organisation()], accounts));
    const seen: string[] = [];
    let after: string | null = null;
    do {
      const body = await page("2", { limit: "40", ...(after !== null && { after }) });
      expect(body.total).toBe(150);
      seen.push(...body.items.map(({ name }) => name));
      after = body.next;
    } while (after !== null);
    expect(new Set(seen).size).toBe(150);
    expect(seen).toEqual(seen.toSorted((a, b) => a.localeCompare(b, "nl")));
  });

  it("has the service desk too at the operator", async () => {
    await organisationWith("1", [{ roles: ["contract-manager"] }, { roles: ["service-desk"] }, {}]);
    expect(await list("1")).toEqual(["userx2", "userx3"]);
  });

  it("is not found for an organisation that does not exist", async () => {
    await expect(list("99")).rejects.toThrow("not-found");
  });
});
