import { randomUUID } from "node:crypto";
import fc from "fast-check";
import { beforeAll, describe, expect, it } from "vitest";
import { listAuditEvents } from "../../../../shared/operations/audit/list-audit-events.ts";
import { routes } from "../../../../shared/operations/audit/routes.ts";
import { auditActions, type AuditEvent } from "../../../../shared/domain/audit.ts";
import { DynamoAuditReader } from "../../../../shared/dynamodb/audit-reader.ts";
import { DynamoAuditTrail } from "../../../../shared/dynamodb/audit-trail.ts";
import { cursorSecret } from "../../../../shared/dynamodb/cursor-secret.ts";
import { DynamoOrganisationRepository } from "../../../../shared/dynamodb/organisation-repository.ts";
import { recordDataAccess } from "../../../../shared/http/record-data-access.ts";
import { createApi } from "../../../../shared/http/api.ts";
import { Cursors } from "../../../../shared/operations/kit/cursor.ts";
import type { Caller } from "../../../../shared/operations/kit/operation.ts";
import { organisation, user } from "../../../support/domain.ts";
import { createTables, type TestTables } from "../../../support/dynamodb.ts";
import { gatewayEvent, lambdaContext } from "../../../support/gateway-event.ts";
import { seed, sampleEvent } from "../../dynamodb/seed.ts";

const now = new Date("2026-11-22T13:00:00.000Z");

const administrator: Caller = {
  user: user({ username: "kbakker", roles: ["organisation-admin"] }),
  organisation: organisation(),
  sessionId: "session",
};
const operator = (role: "contract-manager" | "service-desk"): Caller => ({
  user: user({ username: "mvisser", organisationId: "1", roles: [role] }),
  organisation: organisation({ id: "1" }),
  sessionId: "session",
});

interface Body {
  readonly items: readonly (Omit<AuditEvent, "organisationId"> & { readonly text: string })[];
  readonly next: string | null;
  readonly total: number;
  readonly errors?: readonly { readonly pointer: string; readonly code: string }[];
}

async function list(
  tables: TestTables,
  query: Record<string, string> = {},
  { caller = administrator, organisationId = "2", language = "nl", mostRead = 50_000 } = {},
): Promise<{ status: number; body: Body }> {
  const operation = listAuditEvents({
    auditReader: new DynamoAuditReader(tables, { mostRead }),
    organisations: new DynamoOrganisationRepository(tables),
    cursors: new Cursors(cursorSecret(tables)),
  });
  const auditTrail = new DynamoAuditTrail(tables);
  const dependencies = {
    authenticate: () => Promise.resolve(caller),
    recordDataAccess: recordDataAccess({ auditTrail, clock: () => now, newId: randomUUID }),
    version: "1.0.0",
  };
  const answer = await createApi(
    routes,
    { listAuditEvents: operation },
    dependencies,
  )(
    gatewayEvent({
      method: "GET",
      path: `/v1/organisations/${organisationId}/audit-events`,
      params: { id: organisationId },
      headers: { "accept-language": language },
      query,
    }),
    lambdaContext,
  );
  return { status: answer.statusCode, body: JSON.parse(answer.body) as Body };
}

const minute = (index: number) => new Date(Date.UTC(2026, 9, 24, 12, 7 * index)).toISOString();
const people = ["kbakker", "jdevries", null];
/** Ten days, over the end of summer time; several at one moment. */
const trail: AuditEvent[] = Array.from({ length: 60 }, (_, index) =>
  sampleEvent({
    id: randomUUID(),
    at: minute(30 * Math.floor(index / 2)),
    actor: people[index % 3] ? { username: people[index % 3]!, organisationId: "2" } : null,
    action: auditActions[index % auditActions.length]!,
    subject: { type: "user", id: index % 4 ? "ftest" : "ftest2" },
    detail: { what: "users", users: 3, faults: ["too-short"], first: true },
  }),
);

let tables: TestTables;
beforeAll(async () => {
  tables = await createTables();
  const organisations = [organisation({ id: "1" }), organisation(), organisation({ id: "3", agbCode: null })];
  await seed(tables, { organisations });
  const auditTrail = new DynamoAuditTrail(tables);
  for (const event of trail) await auditTrail.append(event);
  await auditTrail.append(sampleEvent({ id: randomUUID(), organisationId: "3" }));
  await auditTrail.append(sampleEvent({ id: randomUUID(), organisationId: null }));
});

const newestFirst = (events: readonly AuditEvent[]) =>
  events.toSorted((a, b) => (`${a.at}#${a.id}` < `${b.at}#${b.id}` ? 1 : -1)).map(({ id }) => id);

async function everyPage(
  query: Record<string, string>,
  limits: { readonly mostRead?: number } = {},
): Promise<{ ids: string[]; totals: Set<number> }> {
  const [ids, totals]: [string[], Set<number>] = [[], new Set()];
  let after: string | null = null;
  do {
    const { status, body } = await list(tables, { ...query, ...(after !== null && { after }) }, limits);
    expect(status).toBe(200);
    expect(body.items.length).toBeLessThanOrEqual(Number(query["limit"] ?? 25));
    ids.push(...body.items.map(({ id }) => id));
    totals.add(body.total);
    after = body.next;
  } while (after !== null);
  return { ids, totals };
}

describe("the audit trail of an organisation", () => {
  it("on pages of any size and for any filter, is what a plain list gives: newest first, none twice", async () => {
    const moments = fc.constantFrom(
      undefined,
      ...Array.from({ length: 60 }, (_, index) => minute(13 * index)),
    );
    const queries = fc.record({
      limit: fc.integer({ min: 1, max: 100 }),
      from: moments,
      to: moments,
      actor: fc.constantFrom(undefined, "kbakker", "jdevries", "nobody"),
      subject: fc.constantFrom(undefined, "ftest", "ftest2"),
    });
    await fc.assert(
      fc.asyncProperty(queries, async ({ limit, from, to, actor, subject }) => {
        const wanted = trail.filter(
          (event) =>
            (from === undefined || event.at >= from) &&
            (to === undefined || event.at < to) &&
            (actor === undefined || event.actor?.username === actor) &&
            (subject === undefined || event.subject.id === subject),
        );
        const query = Object.entries({ limit: String(limit), from, to, actor, subject });
        const given = query.filter((part): part is [string, string] => part[1] !== undefined);
        const { ids, totals } = await everyPage(Object.fromEntries(given));
        expect(ids).toEqual(newestFirst(wanted));
        expect([...totals]).toEqual([wanted.length]);
      }),
      { numRuns: 60 },
    );
  });

  it.each([1, 3, 7, 59, 60])(
    "a request that may read %i events continues where it stopped, and counts no further",
    async (mostRead) => {
      for (const [actor, limit] of [
        ["jdevries", "2"],
        ["jdevries", "25"],
        ["nobody", "25"],
      ] as const) {
        const wanted = trail.filter((event) => event.actor?.username === actor);
        const { ids, totals } = await everyPage({ actor, limit }, { mostRead });
        expect(ids).toEqual(newestFirst(wanted));
        const looked = new Set(newestFirst(trail).slice(0, mostRead));
        expect([...totals]).toEqual([wanted.filter(({ id }) => looked.has(id)).length]);
      }
      const { ids, totals } = await everyPage({ limit: "25" }, { mostRead });
      expect(ids).toEqual(newestFirst(trail));
      expect([...totals]).toEqual([mostRead]);
    },
  );

  it("by day: whole days of the Netherlands, the last one included, also where the clock goes back", async () => {
    const inDays = trail.filter(
      ({ at }) => at >= "2026-10-24T22:00:00.000Z" && at < "2026-10-25T23:00:00.000Z",
    );
    expect(inDays.length).toBeGreaterThan(5);
    const { ids } = await everyPage({ from: "2026-10-25", to: "2026-10-25" });
    expect(ids).toEqual(newestFirst(inDays));
  });

  it("with an offset from UTC", async () => {
    const { body } = await list(tables, {
      from: "2026-10-24T14:00:00+02:00",
      to: "2026-10-24T14:00:01+02:00",
    });
    expect(body.items.map(({ at }) => at)).toEqual([minute(0), minute(0)]);
  });

  it("a login name in capitals is the same login name", async () => {
    expect((await list(tables, { actor: " KBakker " })).body.total).toBe(20);
  });

  it("shows each event as DESIGN §4 writes it, and as a sentence in either language", async () => {
    const [dutch, english] = await Promise.all(
      ["nl", "en"].map((language) => list(tables, { limit: "100" }, { language })),
    );
    expect(new Set(dutch!.body.items.map(({ action }) => action))).toEqual(new Set(auditActions));
    const byId = new Map(trail.map((event) => [event.id, event]));
    for (const [index, { text, ...event }] of dutch!.body.items.entries()) {
      expect({ ...event, organisationId: "2" }).toEqual(byId.get(event.id));
      const inEnglish = english!.body.items[index]!.text;
      for (const sentence of [text, inEnglish]) {
        expect(sentence).toMatch(/^[A-Z].*\.$/);
        expect(sentence).not.toMatch(/undefined|null|NaN|\[object| {2}/);
      }
      expect(inEnglish).not.toBe(text);
    }
  });
});

describe("a cursor (SECURITY 16)", () => {
  it.each<[string, Record<string, string>, { caller?: Caller; organisationId?: string }]>([
    ["another organisation", {}, { caller: operator("service-desk"), organisationId: "3" }],
    ["another period", { from: "2026-01-01" }, {}],
    ["another actor", { actor: "kbakker" }, {}],
  ])("is refused for %s", async (_, query, other) => {
    const { next } = (await list(tables, { limit: "1" })).body;
    const { status, body } = await list(tables, { ...query, after: next! }, other);
    expect([status, body.errors]).toMatchObject([400, [{ pointer: "query:after", code: "cursor" }]]);
  });

  it("stays good with another page size, and in another language", async () => {
    const { next } = (await list(tables, { limit: "1" })).body;
    const { status } = await list(tables, { limit: "7", after: next! }, { language: "en" });
    expect(status).toBe(200);
  });
});

describe("a query that cannot be answered is refused by field", () => {
  it.each([
    ["from", "yesterday", "instant"],
    ["from", "2026-02-30", "instant"],
    ["to", "2026-11-22 13:00", "instant"],
    ["to", "2026-11-22T13:00:00", "instant"],
    ["to", "9999-12-31", "instant"],
    ["actor", "", "required"],
    ["limit", "101", "too-large"],
    ["colour", "red", "unknown-field"],
  ])("%s=%s", async (name, value, code) => {
    const { status, body } = await list(tables, { [name]: value });
    expect([status, body.errors]).toMatchObject([400, [{ pointer: `query:${name}`, code }]]);
  });

  it("a period that ends before it begins has nothing in it", async () => {
    const { status, body } = await list(tables, { from: "2026-11-22", to: "2026-01-01" });
    expect([status, body]).toEqual([200, { items: [], next: null, total: 0 }]);
  });
});

describe("viewing the audit trail (SECURITY 22)", () => {
  it("leaves no audit event for an administrator", async () => {
    const before = (await tables.auditEvents()).length;
    await list(tables);
    expect(await tables.auditEvents()).toHaveLength(before);
  });

  it.each(["contract-manager", "service-desk"] as const)(
    "CIZ's %s leaves one in that trail",
    async (role) => {
      const { body } = await list(tables, {}, { caller: operator(role) });
      const seen = new Set(body.items.map(({ id }) => id));
      const newest = (await list(tables)).body.items.find(({ id }) => !seen.has(id));
      expect(newest).toMatchObject({
        action: "personal-data.viewed",
        actor: { username: "mvisser", organisationId: "1" },
        subject: { type: "organisation", id: "2" },
        detail: { what: "audit-events" },
      });
      expect(newest?.text).toBe("Bekeken door mvisser (organisatie 1): het logboek van organisatie 2.");
    },
  );

  it("is not found for an organisation that does not exist", async () => {
    const caller = operator("service-desk");
    expect((await list(tables, {}, { caller, organisationId: "999" })).status).toBe(404);
  });
});
