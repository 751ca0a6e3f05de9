import { randomUUID } from "node:crypto";
import { beforeEach, describe, expect, it, vi } from "vitest";
import { DomainError } from "../../../shared/domain/errors.ts";
import { mostRefusedActsInTrail } from "../../../shared/domain/refused-act.ts";
import { DynamoAuditTrail } from "../../../shared/dynamodb/audit-trail.ts";
import { auditItems } from "../../../shared/dynamodb/items.ts";
import { DynamoRefusedActs } from "../../../shared/dynamodb/refused-acts.ts";
import { createApi } from "../../../shared/http/api.ts";
import { recordRefusedAct } from "../../../shared/http/record-refused-act.ts";
import { recordRefusedActTotals } from "../../../shared/operations/audit/record-refused-act-totals.ts";
import type { Caller, Operation } from "../../../shared/operations/kit/operation.ts";
import { defineRoutes } from "../../../shared/operations/kit/route.ts";
import { routes } from "../../../shared/operations/users/routes.ts";
import { auditSentence } from "../../../shared/texts/audit-sentences.ts";
import { organisation, user } from "../../support/domain.ts";
import { createTables, type TestTables } from "../../support/dynamodb.ts";
import { gatewayEvent, lambdaContext } from "../../support/gateway-event.ts";
import { inParallel } from "../dynamodb/seed.ts";

let tables: TestTables;
let now: Date;
beforeEach(async () => {
  tables = await createTables();
  now = new Date("2026-11-22T12:34:00.000Z");
});

const caller = (parts: Partial<Caller["user"]>): Caller => ({
  user: user({ username: "kbakker", ...parts }),
  organisation: organisation({ id: parts.organisationId ?? "2" }),
  sessionId: "session",
});
const administrator = caller({ roles: ["organisation-admin"] });
const onlyEditing = defineRoutes({ editUser: routes.editUser });
const path = "/v1/organisations/{id}/users/{username}";

interface Attempt {
  readonly by?: Caller;
  readonly id?: string;
  readonly username?: string;
  readonly body?: object;
}

/** A PATCH of a user; the operation refuses, unless the attempt was refused before. */
async function attempt(parts: Attempt = {}, counter = new DynamoRefusedActs(tables)): Promise<number> {
  const { by = administrator, id = "2", username = "ftest", body = { lastName: "Anders" } } = parts;
  const refuse: Operation<typeof routes.editUser> = () => Promise.reject(new DomainError("not-allowed"));
  const api = createApi(
    onlyEditing,
    { editUser: refuse },
    {
      authenticate: () => Promise.resolve(by),
      recordRefusedAct: recordRefusedAct({
        counter,
        auditTrail: new DynamoAuditTrail(tables),
        clock: () => now,
        newId: randomUUID,
      }),
      version: "1.0.0",
    },
  );
  const event = gatewayEvent({
    method: "PATCH",
    path: `/v1/organisations/${id}/users/${username}`,
    params: { id, username },
    headers: { "content-type": "application/json", "if-match": "*" },
    body: JSON.stringify(body),
  });
  return (await api({ ...event, resource: path }, lambdaContext)).statusCode;
}

const events = async () => (await tables.auditEvents()).map((item) => auditItems.parse(item));

describe("a refused act of a signed-in user (DESIGN §2, SECURITY 22)", () => {
  it.each<[string, Attempt, number, object, object, string]>([
    [
      "of the operation",
      {},
      403,
      { type: "user", id: "ftest" },
      { reason: "not-allowed", act: `PATCH ${path}`, organisationId: "2" },
      "Een handeling door kbakker is geweigerd: de rechten daarvoor ontbraken.",
    ],
    [
      "for want of a role",
      { by: caller({ roles: [] }) },
      403,
      { type: "user", id: "ftest" },
      { reason: "not-allowed", act: `PATCH ${path}`, organisationId: "2" },
      "Een handeling door kbakker is geweigerd: de rechten daarvoor ontbraken.",
    ],
    [
      "at another organisation, whose users it does not name",
      { id: "3" },
      404,
      { type: "organisation", id: "3" },
      { reason: "not-found", act: `PATCH ${path}`, organisationId: "3" },
      "Een handeling door kbakker is geweigerd: het ging over een andere organisatie.",
    ],
    [
      "at what can be no organisation, which it does not repeat",
      { id: "j.jansen@zorg.example" },
      404,
      { type: "organisation", id: "2" },
      { reason: "not-found", act: `PATCH ${path}` },
      "Een handeling door kbakker is geweigerd: het ging over een andere organisatie.",
    ],
    [
      "that tries to raise rights",
      { body: { lastName: "Anders", roles: ["contract-manager"], status: "active", nonsense: 1 } },
      400,
      { type: "user", id: "ftest" },
      { reason: "escalation", act: `PATCH ${path}`, organisationId: "2", fields: ["roles", "status"] },
      "Een handeling door kbakker is geweigerd: het verzoek had velden die rechten geven.",
    ],
  ])("%s leaves one event in the actor's own trail", async (_, parts, status, subject, detail, sentence) => {
    expect(await attempt(parts)).toBe(status);
    const found = await events();
    expect(found).toMatchObject([
      {
        organisationId: "2",
        actor: { username: "kbakker", organisationId: "2" },
        action: "access.refused",
        outcome: "refused",
        subject,
      },
    ]);
    expect(found[0]?.detail).toEqual(detail);
    expect(found.map((event) => auditSentence(event, "nl"))).toEqual([sentence]);
  });

  it("is told from a mistake, which leaves none", async () => {
    expect(await attempt({ body: { nonsense: true } })).toBe(400);
    expect(await attempt({ body: { lastName: 1 } })).toBe(400);
    const manager = caller({ organisationId: "1", roles: ["contract-manager"] });
    expect(await attempt({ by: manager, id: "no id" })).toBe(404);
    expect(await events()).toEqual([]);
  });

  it("is answered as a refusal even if it cannot be recorded", async () => {
    const counter = new DynamoRefusedActs(tables);
    vi.spyOn(counter, "count").mockRejectedValue(new DomainError("temporarily-unavailable"));
    expect(await attempt({}, counter)).toBe(403);
    expect(await attempt({ id: "3" }, counter)).toBe(404);
  });
});

describe("many refused acts of one user in an hour", () => {
  const most = mostRefusedActsInTrail;
  const count = (times: number) => {
    const counter = new DynamoRefusedActs(tables);
    return inParallel(times, () => attempt({}, counter));
  };
  const recordTotals = () => recordRefusedActTotals({ totals: new DynamoRefusedActs(tables) })(now);

  it("leave sixty events, and then one with the total, however often the job runs", async () => {
    await count(most + 14);
    expect(await events()).toHaveLength(most);
    now = new Date("2026-11-22T13:00:30.000Z");
    await recordTotals();
    expect(await events()).toHaveLength(most);
    now = new Date("2026-11-22T13:05:00.000Z");
    await inParallel(3, recordTotals);
    await recordTotals();
    const totals = (await events()).filter(({ detail }) => detail["total"] !== undefined);
    expect(totals).toMatchObject([
      {
        at: "2026-11-22T13:00:00.000Z",
        organisationId: "2",
        actor: { username: "kbakker", organisationId: "2" },
        subject: { type: "user", id: "kbakker" },
        detail: { total: most + 14, from: "2026-11-22T12:00:00.000Z" },
      },
    ]);
    expect(totals.map((event) => auditSentence(event, "nl"))).toEqual([
      `In een uur zijn ${most + 14} handelingen door kbakker geweigerd.`,
    ]);
    expect(await events()).toHaveLength(most + 1);
  });

  it("leave no total if the trail holds them all, and count anew each hour and for each user", async () => {
    await count(most);
    await attempt({ by: caller({ username: "other", roles: [] }) });
    now = new Date("2026-11-22T13:10:00.000Z");
    await attempt();
    await recordTotals();
    expect(await events()).toHaveLength(most + 2);
    expect((await events()).filter(({ detail }) => detail["total"] !== undefined)).toEqual([]);
  });

  it("cost two writes each, and one where the trail holds no more; the count expires", async () => {
    tables.forget();
    await attempt();
    expect(tables.requests).toEqual(["UpdateItem", "TransactWriteItems"]);
    await count(most);
    tables.forget();
    await attempt();
    expect(tables.requests).toEqual(["UpdateItem"]);
    const [counted] = await tables.items("LIMIT#refused-acts");
    expect(counted?.["expireAt"]).toBe(Date.parse("2026-12-06T12:00:00.000Z") / 1000);
  });
});
