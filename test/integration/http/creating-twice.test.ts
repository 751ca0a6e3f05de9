import { randomUUID } from "node:crypto";
import { beforeEach, describe, expect, it } from "vitest";
import { createUser } from "../../../shared/operations/users/create-user.ts";
import { routes } from "../../../shared/operations/users/routes.ts";
import type { Tables } from "../../../shared/dynamodb/client.ts";
import { DynamoKeptAnswers } from "../../../shared/dynamodb/kept-answers.ts";
import { DynamoOrganisationRepository } from "../../../shared/dynamodb/organisation-repository.ts";
import { DynamoUserRepository } from "../../../shared/dynamodb/user-repository.ts";
import { DynamoAuditTrail } from "../../../shared/dynamodb/audit-trail.ts";
import { createApi } from "../../../shared/http/api.ts";
import { recordDataAccess } from "../../../shared/http/record-data-access.ts";
import { defineRoutes } from "../../../shared/operations/kit/route.ts";
import { organisation, user } from "../../support/domain.ts";
import { createTables, type TestTables } from "../../support/dynamodb.ts";
import { dyingTables } from "../../support/dying-tables.ts";
import { gatewayEvent, lambdaContext } from "../../support/gateway-event.ts";
import { seed } from "../dynamodb/seed.ts";

const now = new Date("2026-11-22T13:00:00.000Z");
const { createUser: route } = routes;
const onlyCreation = defineRoutes({ createUser: route });
const person = { initials: "F.", firstName: "Femke", lastName: "Canary", email: "canary@zorg.example" };

interface Ask {
  readonly key?: string | undefined;
  readonly body?: unknown;
  readonly by?: string;
  readonly organisationId?: string;
  readonly at?: Date;
}

async function create(
  tables: Tables,
  { key, body = person, by = "kbakker", organisationId = "2", at = now }: Ask,
) {
  const clock = () => at;
  const operation = createUser({
    users: new DynamoUserRepository(tables),
    organisations: new DynamoOrganisationRepository(tables),
    settings: { mailsPerOrganisationPerHour: 2000, dryRunsPerOrganisationPerHour: 30 },
    clock,
    newId: randomUUID,
  });
  const caller = {
    user: user({ username: by, roles: ["contract-manager"], organisationId: "1" }),
    organisation: organisation({ id: "1" }),
    sessionId: "session",
  };
  const dependencies = {
    authenticate: () => Promise.resolve(caller),
    repetition: { answers: new DynamoKeptAnswers(tables), clock },
    recordDataAccess: recordDataAccess({
      auditTrail: new DynamoAuditTrail(tables),
      clock,
      newId: randomUUID,
    }),
    version: "1.0.0",
  };
  const {
    statusCode,
    headers,
    body: text,
  } = await createApi(
    onlyCreation,
    { createUser: operation },
    dependencies,
  )(
    gatewayEvent({
      method: "POST",
      path: `/v1/organisations/${organisationId}/users`,
      params: { id: organisationId },
      headers: {
        "content-type": "application/json",
        ...(key !== undefined && { "idempotency-key": key }),
      },
      body: JSON.stringify(body),
    }),
    lambdaContext,
  );
  const parsed = JSON.parse(text) as { type?: string; errors?: { pointer: string; code: string }[] };
  return { status: statusCode, headers, body: parsed };
}

let tables: TestTables;
beforeEach(async () => {
  tables = await createTables();
  const organisations = [organisation({ id: "1" }), organisation(), organisation({ id: "3", agbCode: null })];
  await seed(tables, { organisations });
});

const done = async () => ({
  users: (await tables.items("ORG#")).filter(({ SK }) => String(SK).startsWith("USER#")).length,
  mails: (await tables.items("MAIL#")).length,
  traces: (await tables.auditEvents()).filter(({ action }) => action === "user.created").length,
});
const views = async () =>
  (await tables.auditEvents()).filter(({ action }) => action === "personal-data.viewed");
const once = { users: 1, mails: 1, traces: 1 };

describe("the same key and the same body (DESIGN §4)", () => {
  it("is the same answer, and is done once", async () => {
    const first = await create(tables, { key: "k" });
    expect(first.status).toBe(201);
    expect(first.headers).toMatchObject({ Location: "/v1/organisations/2/users/fcanary", ETag: '"1"' });
    const again = { email: person.email, lastName: " Canary ", firstName: "Femke", initials: "F." };
    expect(await create(tables, { key: "k", body: again, at: new Date(now.getTime() + 3_600_000) })).toEqual(
      first,
    );
    expect(await done()).toEqual(once);
  });

  it("shows CIZ the user again, which is recorded each time (SECURITY 22)", async () => {
    await create(tables, { key: "k" });
    expect(await views()).toEqual([]);
    await create(tables, { key: "k" });
    expect(await views()).toMatchObject([
      { organisationId: "2", subject: { type: "user", id: "fcanary" }, detail: { what: "user" } },
    ]);
  });

  it("twenty times at once is one user and one answer", async () => {
    const answers = await Promise.all(Array.from({ length: 20 }, () => create(tables, { key: "k" })));
    for (const answer of answers) expect(answer).toEqual(answers[0]);
    expect(answers[0]?.status).toBe(201);
    expect(await done()).toEqual(once);
  });

  it.each(["is lost", "arrives"] as const)(
    "is answered the same after the first process was killed (%s)",
    async (last) => {
      expect((await create(dyingTables(tables, 0, last), { key: "k" })).status).toBe(500);
      expect(await done()).toEqual(last === "arrives" ? once : { users: 0, mails: 0, traces: 0 });
      expect(await create(tables, { key: "k" })).toMatchObject({
        status: 201,
        body: { username: "fcanary" },
      });
      expect(await done()).toEqual(once);
    },
  );

  it("costs no more calls than without a key, and the answer cannot be read in the table", async () => {
    tables.forget();
    await create(tables, { body: { ...person, lastName: "Other", email: "other@zorg.example" } });
    const without = tables.requests.length;
    tables.forget();
    await create(tables, { key: "secret-key" });
    expect(tables.requests).toHaveLength(without);
    const [kept, ...others] = await tables.items("ANSWER#");
    expect(others).toEqual([]);
    expect(kept?.["expireAt"]).toBe(Date.parse("2026-11-23T13:00:00.000Z") / 1000);
    const readable = `${JSON.stringify(kept)}${Buffer.from(kept?.["sealed"] as Uint8Array).toString("latin1")}`;
    expect(readable).not.toMatch(/canary|femke|secret-key|kbakker/i);
  });
});

describe("a key", () => {
  it("with another body is refused, and nothing is changed", async () => {
    await create(tables, { key: "k" });
    const other = await create(tables, { key: "k", body: { ...person, email: "second@zorg.example" } });
    expect([other.status, other.body.type]).toEqual([422, "urn:portero:problem:idempotency-key-reused"]);
    expect(await done()).toEqual(once);
  });

  it("of a request that failed can be used again", async () => {
    await create(tables, {});
    expect((await create(tables, { key: "k" })).status).toBe(409);
    expect((await create(tables, { key: "k" })).status).toBe(409);
    const other = await create(tables, { key: "k", body: { ...person, email: "second@zorg.example" } });
    expect(other.status).toBe(201);
  });

  it("is a different key for another caller or another organisation", async () => {
    const emails = ["a", "b", "c"].map((name) => ({ ...person, email: `${name}@zorg.example` }));
    const answers = await Promise.all([
      create(tables, { key: "k", body: emails[0] }),
      create(tables, { key: "k", body: emails[1], by: "mvisser" }),
      create(tables, { key: "k", body: emails[2], organisationId: "3" }),
    ]);
    expect(answers.map(({ status }) => status)).toEqual([201, 201, 201]);
  });

  it("is forgotten after 24 hours, whether or not DynamoDB has removed its item", async () => {
    await create(tables, { key: "k" });
    const later = new Date(now.getTime() + 24 * 3_600_000);
    const body = { ...person, email: "second@zorg.example" };
    expect((await create(tables, { key: "k", at: new Date(later.getTime() - 1), body })).status).toBe(422);
    expect((await create(tables, { key: "k", at: later, body })).status).toBe(201);
    expect((await create(tables, { key: "k", at: later, body })).status).toBe(201);
    expect((await done()).users).toBe(2);
  });

  it.each([
    ["", "required"],
    ["x".repeat(256), "too-long"],
    ["k\u00e9y", "characters"],
    ["a\tb", "characters"],
  ])("%j is none", async (key, code) => {
    const { status, body } = await create(tables, { key });
    expect(status).toBe(400);
    expect(body.errors).toMatchObject([{ pointer: "header:Idempotency-Key", code }]);
  });

  it.each(["x", "x".repeat(255), " ~ "])("%j is one", async (key) => {
    expect((await create(tables, { key })).status).toBe(201);
  });
});
