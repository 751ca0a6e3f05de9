import { beforeEach, expect, it } from "vitest";
import { cursorSecret } from "../../../../shared/dynamodb/cursor-secret.ts";
import { organisationEntry } from "../../../../shared/domain/organisation.ts";
import { organisationEntryKey } from "../../../../shared/dynamodb/keys.ts";
import { DynamoKeptAnswers } from "../../../../shared/dynamodb/kept-answers.ts";
import { createApi } from "../../../../shared/http/api.ts";
import { Cursors } from "../../../../shared/operations/kit/cursor.ts";
import { routes } from "../../../../shared/operations/sanctions/routes.ts";
import { wireSanctions } from "../../../../shared/operations/sanctions/wiring.ts";
import { organisation, user } from "../../../support/domain.ts";
import { createTables, putAll, type TestTables } from "../../../support/dynamodb.ts";
import { gatewayEvent, lambdaContext } from "../../../support/gateway-event.ts";
import { contacts } from "../../../unit/web/samples.ts";
import { itemsOfAll } from "../jobs/world.ts";

interface Contact {
  readonly name: string;
}

let tables: TestTables;
let api: ReturnType<typeof createApi>;

beforeEach(async () => {
  tables = await createTables();
  const names = Array.from({ length: 100 }, (_, index) => ({ username: `ftest${index + 2}` }));
  const entry = { ...organisationEntryKey("2"), ...organisationEntry(organisation()) };
  await putAll(tables, [...itemsOfAll([organisation({ id: "1" }), organisation()], names), entry]);
  const caller = {
    user: user({ username: "mvisser", roles: ["contract-manager"], organisationId: "1" }),
    organisation: organisation({ id: "1" }),
    sessionId: "session",
  };
  api = createApi(routes, wireSanctions({ CONTACTS: contacts }, tables, new Cursors(cursorSecret(tables))), {
    authenticate: () => Promise.resolve(caller),
    repetition: { answers: new DynamoKeptAnswers(tables), clock: () => new Date() },
    recordDataAccess: () => Promise.resolve(),
    version: "1.0.0",
  });
});

async function ask(
  method: "GET" | "POST",
  part: string,
  parts: { body?: unknown; key?: string; query?: Record<string, string> } = {},
) {
  const [, incidentId] = /^incidents\/([^/]+)/.exec(part) ?? [];
  const { statusCode, body } = await api(
    gatewayEvent({
      method,
      path: `/v1/organisations/2/${part}`,
      params: { id: "2", ...(incidentId !== undefined && { incidentId }) },
      query: parts.query ?? {},
      headers: {
        "content-type": "application/json",
        ...(parts.key !== undefined && { "idempotency-key": parts.key }),
      },
      ...(parts.body !== undefined && { body: JSON.stringify(parts.body) }),
    }),
    lambdaContext,
  );
  return { status: statusCode, body: JSON.parse(body) as Record<string, unknown> };
}

async function recorded(parts: object = {}): Promise<string> {
  const body = {
    kind: "misuse",
    description: "€".repeat(4000),
    occurredOn: "2026-01-10",
    reportedBy: "Servicedesk",
    ...parts,
  };
  const { status, body: incident } = await ask("POST", "incidents", { body });
  expect(status).toBe(201);
  return incident["id"] as string;
}

const contact = (number: number) => ({
  at: `2026-01-12T10:${String(number).padStart(2, "0")}:00Z`,
  with: number === 0 ? "employee" : "signatory",
  name: `Karin${"a".repeat(number)}`,
  means: "phone",
  summary: "€".repeat(4000),
});

it("sixty long contacts are logged, each answer kept, and all of them are a list of their own", async () => {
  const id = await recorded();
  const place = `incidents/${id}/contacts`;
  for (let number = 0; number < 60; number += 1) {
    const answer = await ask("POST", place, { body: contact(number), key: `contact-${number}` });
    expect([number, answer.status]).toEqual([number, 201]);
  }
  const { body: last } = await ask("POST", place, { body: contact(59), key: "contact-59" });
  expect(last["contactCount"]).toBe(60);
  expect((last["contacts"] as Contact[]).map(({ name }) => name.length)).toEqual(
    Array.from({ length: 20 }, (_, index) => 5 + 40 + index),
  );
  const seen: number[] = [];
  let after: unknown;
  do {
    const query = { limit: "25", ...(typeof after === "string" && { after }) };
    const { body } = await ask("GET", place, { query });
    expect(body["total"]).toBe(60);
    seen.push(...(body["items"] as Contact[]).map(({ name }) => name.length));
    after = body["next"];
  } while (after !== null);
  expect(seen).toEqual(Array.from({ length: 60 }, (_, index) => 5 + 59 - index));
  const closure = { ground: "misuse", incidentIds: [id], assessment: null };
  // The contact with the employee is not among those that the incident shows.
  expect((await ask("POST", "closures", { body: closure })).status).toBe(201);
});

it("contacts of an incident that does not exist are not found", async () => {
  const { status, body } = await ask("GET", "incidents/00000000-0000-4000-8000-000000000000/contacts");
  expect([status, body["type"]]).toEqual([404, "urn:portero:problem:not-found"]);
});

it("a closure that mails nobody takes incidents with a hundred users; one that mails them says how many it can", async () => {
  const names = (from: number) => Array.from({ length: 25 }, (_, index) => `ftest${from + index + 2}`);
  const misuses: string[] = [];
  for (const from of [0, 25, 50, 75]) misuses.push(await recorded({ usernames: names(from) }));
  const careless = [await recorded({ kind: "careless-use" }), await recorded({ kind: "careless-use" })];
  const said = { ...contact(1), at: "2026-01-12T10:00:00Z" };
  await ask("POST", `incidents/${careless[0]!}/contacts`, { body: said });
  await ask("POST", `incidents/${misuses[0]!}/contacts`, { body: { ...said, with: "employee" } });
  const misuse = await ask("POST", "closures", {
    body: { ground: "misuse", incidentIds: misuses, assessment: null },
  });
  expect([misuse.status, misuse.body["errors"]]).toEqual([
    400,
    [expect.objectContaining({ pointer: "/incidentIds", code: "too-many-users" })],
  ]);
  const body = {
    ground: "repeated-careless-use",
    incidentIds: [...careless, ...misuses],
    assessment: "Niemand houdt zich aan de afspraken.",
  };
  expect((await ask("POST", "closures", { body })).status).toBe(201);
});
