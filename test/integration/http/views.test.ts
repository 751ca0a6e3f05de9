import { randomUUID } from "node:crypto";
import { beforeAll, describe, expect, it } from "vitest";
import * as z from "zod/mini";
import { isDomainError } from "../../../shared/domain/errors.ts";
import { settingsSchema } from "../../../shared/domain/settings.ts";
import { cursorSecret } from "../../../shared/dynamodb/cursor-secret.ts";
import { DynamoOrganisationRepository } from "../../../shared/dynamodb/organisation-repository.ts";
import { DynamoUserRepository } from "../../../shared/dynamodb/user-repository.ts";
import { callOperation } from "../../../shared/http/call-operation.ts";
import { callDependencies } from "../../../shared/http/wiring.ts";
import { wireAudit } from "../../../shared/operations/audit/wiring.ts";
import { wireImports } from "../../../shared/operations/imports/wiring.ts";
import { Cursors } from "../../../shared/operations/kit/cursor.ts";
import type { Operation } from "../../../shared/operations/kit/operation.ts";
import type { Route } from "../../../shared/operations/kit/route.ts";
import { wireOrganisations } from "../../../shared/operations/organisations/wiring.ts";
import { wireSanctionPages, wireSanctions } from "../../../shared/operations/sanctions/wiring.ts";
import { wireUsers } from "../../../shared/operations/users/wiring.ts";
import { allRoutes } from "../../support/all-routes.ts";
import { organisation, person, user } from "../../support/domain.ts";
import { createTables, type TestTables } from "../../support/dynamodb.ts";
import { incomingCall } from "../../support/incoming-call.ts";
import { contacts } from "../../unit/web/samples.ts";
import { seed } from "../dynamodb/seed.ts";

/** One request after another by a contract manager, each with the action of the one event that it leaves. */
const steps: readonly Step[] = [
  { route: "listOrganisations", leaves: "personal-data.viewed" },
  {
    route: "registerOrganisation",
    body: {
      name: "Zorg Nieuw",
      profile: "basis",
      emailDomains: ["nieuw.example"],
      contract: { signedOn: "2026-01-05" },
      signatory: { name: "Hendrik Prins", email: "h.prins@nieuw.example" },
      contactPerson: { name: "Karin Bakker", email: "k.bakker@nieuw.example" },
      administrator: { ...person(), email: "beheer@nieuw.example" },
    },
    key: "register",
    leaves: "organisation.registered user.created",
    again: "personal-data.viewed",
  },
  { route: "getOrganisation", leaves: "personal-data.viewed" },
  { route: "changeOrganisation", body: { city: "Ede" }, leaves: "organisation.changed" },
  { route: "changeOrganisation", body: {}, leaves: "personal-data.viewed" },
  { route: "listAdministrators", leaves: "personal-data.viewed" },
  { route: "listUsers", leaves: "personal-data.viewed" },
  { route: "listUsers", wantsCsv: true, leaves: "users.exported" },
  { route: "listUpcoming", leaves: "personal-data.viewed" },
  { route: "getUser", leaves: "personal-data.viewed" },
  { route: "editUser", body: { lastName: "Anders" }, leaves: "user.edited" },
  { route: "editUser", body: {}, leaves: "personal-data.viewed" },
  { route: "setRoles", body: { roles: ["organisation-admin"] }, leaves: "roles.changed" },
  { route: "setRoles", body: { roles: ["organisation-admin"] }, leaves: "personal-data.viewed" },
  { route: "orderPasswordLink", leaves: "password-link.requested" },
  {
    route: "createUser",
    body: { ...person(), email: "new@zorg.example" },
    key: "create",
    leaves: "user.created",
    again: "personal-data.viewed",
  },
  { route: "importUsers", csv: "a@zorg.example", query: { dryRun: "true" }, leaves: "user-import.tried" },
  { route: "importUsers", csv: "not an address", leaves: "user-import.tried" },
  {
    route: "importUsers",
    csv: "a@zorg.example",
    key: "import",
    leaves: "user-import.accepted user.created",
    again: "personal-data.viewed",
  },
  { route: "viewImport", leaves: "personal-data.viewed" },
  { route: "listAuditEvents", leaves: "personal-data.viewed" },
  {
    route: "recordIncident",
    body: { kind: "misuse", description: "Gedeeld", occurredOn: "2026-01-05", reportedBy: "CIZ" },
    key: "incident",
    leaves: "incident.recorded",
    again: "personal-data.viewed",
  },
  {
    route: "logContact",
    body: { at: "2026-01-06T10:00:00.000Z", with: "employee", name: "K", means: "phone", summary: "x" },
    key: "contact",
    leaves: "contact.logged",
    again: "personal-data.viewed",
  },
  { route: "listContacts", leaves: "personal-data.viewed" },
  { route: "listIncidents", leaves: "personal-data.viewed" },
  {
    route: "closeAccess",
    body: { ground: "misuse", incidentIds: ["{incidentId}"], assessment: null },
    key: "close",
    leaves: "organisation.closed",
    again: "personal-data.viewed",
  },
  { route: "listClosures", leaves: "personal-data.viewed" },
  { route: "listUndelivered", leaves: "personal-data.viewed" },
  { route: "getClosingLetter", leaves: "personal-data.viewed" },
  {
    route: "reopenAccess",
    body: { reason: "Opgelost" },
    key: "reopen",
    leaves: "organisation.reopened",
    again: "personal-data.viewed",
  },
  { route: "deleteUser", body: { reason: "Uit dienst" }, leaves: "user.deleted" },
];

interface Step {
  readonly route: string;
  readonly body?: unknown;
  readonly query?: Record<string, string>;
  /** The address of the one user of a file. */
  readonly csv?: string;
  readonly key?: string;
  readonly wantsCsv?: boolean;
  /** The actions of the events that the request leaves. */
  readonly leaves: string;
  /** The same for a repeat with the same key. */
  readonly again?: string;
}

const caller = {
  user: user({
    organisationId: "1",
    username: "mvisser",
    roles: ["contract-manager"],
    email: "m@ciz.example",
  }),
  organisation: organisation({ id: "1" }),
  sessionId: "session",
};

describe("every answer that shows CIZ data (SECURITY 22)", () => {
  let tables: TestTables;
  let routes: ReadonlyMap<string, Route>;
  let operations: Readonly<Record<string, Operation<Route> | undefined>>;
  /** Ids that earlier answers gave. */
  const known: Record<string, string> = {};

  beforeAll(async () => {
    tables = await createTables();
    routes = await allRoutes();
    operations = wire(tables);
    const administrator = user({
      username: "abeheer",
      email: "a.beheer@zorg.example",
      roles: ["organisation-admin"],
    });
    const organisations = new DynamoOrganisationRepository(tables);
    await organisations.register(organisation({ id: await organisations.nextId() }), administrator, {
      mails: [],
      events: [],
    });
    const users = new DynamoUserRepository(tables);
    await users.create(user(), { mails: [], events: [] });
    await seed(tables, { organisations: [caller.organisation], users: [caller.user] });
  });

  function paramsOf({ path }: Route): Record<string, string> {
    const params: Record<string, string> = { id: "2", username: "ftest", key: "import", ...known };
    return Object.fromEntries(
      [...path.matchAll(/\{(\w+)\}/g)].map(([, name = ""]) => [name, params[name] ?? ""]),
    );
  }

  async function request(step: Step): Promise<string> {
    const route = routes.get(step.route);
    const operation = operations[step.route];
    if (!route || !operation) throw new Error(`There is no ${step.route}`);
    const requestId = randomUUID();
    const text = JSON.stringify(step.body ?? {}).replace("{incidentId}", known["incidentId"] ?? "");
    const csv = `initials,firstName,lastName,email\nA.,Anna,Import,${step.csv ?? ""}`;
    const call = incomingCall({
      caller,
      params: paramsOf(route),
      query: step.query ?? {},
      body: route.text ? { text: csv, encoding: "utf-8" } : JSON.parse(text),
      ifMatch: "*",
      idempotencyKey: step.key,
      wantsCsv: step.wantsCsv ?? false,
      requestId,
    });
    try {
      const { body } = await callOperation(route, operation, call, callDependencies(tables));
      const id = z.safeParse(z.object({ id: z.string() }), body).data?.id;
      if (step.route === "recordIncident" && id) known["incidentId"] = id;
      if (step.route === "closeAccess" && id) known["closureId"] = id;
    } catch (error) {
      if (!isDomainError(error, "import-rejected")) throw error;
    }
    const events = (await tables.auditEvents()).filter((event) => event["requestId"] === requestId);
    return events
      .map((event) => String(event["action"]))
      .toSorted()
      .join(" ");
  }

  it("the list has every route that CIZ may call", () => {
    const open = [...routes].filter(([, { who }]) => who !== "anyone" && who !== "signed-in");
    expect([...new Set(steps.map(({ route }) => route))].toSorted()).toEqual(
      open.map(([name]) => name).toSorted(),
    );
  });

  it.each(steps)("$route leaves $leaves, and a repeat with its key one more", async (step) => {
    expect(await request(step)).toBe(step.leaves);
    if (step.again !== undefined) expect(await request(step)).toBe(step.again);
  });
});

/** The operations as the functions have them. */
function wire(tables: TestTables): Readonly<Record<string, Operation<Route> | undefined>> {
  const cursors = new Cursors(cursorSecret(tables));
  const settings = z.parse(settingsSchema, {});
  return {
    ...wireOrganisations(tables, cursors),
    ...wireSanctions({ CONTACTS: contacts }, tables, cursors),
    ...wireSanctionPages(tables),
    ...wireUsers({ SETTINGS: settings }, tables, cursors),
    ...wireAudit(tables, cursors),
    ...wireImports({ SETTINGS: settings }, tables),
  } as Record<string, unknown> as Record<string, Operation<Route>>;
}
