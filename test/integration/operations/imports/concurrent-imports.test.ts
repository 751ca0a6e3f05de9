import { randomUUID } from "node:crypto";
import { beforeEach, describe, expect, it } from "vitest";
import { createUser } from "../../../../shared/operations/users/create-user.ts";
import { DynamoOrganisationRepository } from "../../../../shared/dynamodb/organisation-repository.ts";
import { DynamoUserRepository } from "../../../../shared/dynamodb/user-repository.ts";
import { organisation } from "../../../support/domain.ts";
import { createTables, type TestTables } from "../../../support/dynamodb.ts";
import { seed } from "../../dynamodb/seed.ts";
import { fileOf, header, sendFile, stateOf } from "./import-api.ts";

let tables: TestTables;
beforeEach(async () => {
  tables = await createTables();
  await seed(tables, { organisations: [organisation()] });
});

/** People of one name, whose addresses come in the order of the numbers. */
const namesakes = (addresses: readonly string[]) =>
  [header, ...addresses.map((address) => `Q.,Quinten,,Wedloop,${address}@zorg.example,,,`)].join("\n");
const numbers = (from: number, to: number) =>
  Array.from({ length: to - from }, (_, index) => `a${String(from + index)}`);

describe("imports at the same time", () => {
  it.each([1, 2, 3, 4])(
    "with one address in both, one wins and nothing is left of the other (%i)",
    async (round) => {
      const files = [fileOf(50), fileOf(50)].map((csv, index) => {
        const [first = "", ...rows] = csv.split("\r\n").filter(Boolean);
        const own = rows.map((row, place) => (place % 10 === 3 ? row : row.replace("@", `@${index}.`)));
        return [first, ...(index === round % 2 ? own.toReversed() : own)].join("\r\n");
      });
      const answers = await Promise.all(files.map((csv) => sendFile(tables, csv)));
      expect(answers.map(({ status }) => status).toSorted()).toEqual([200, 422]);
      const lost = answers.find(({ status }) => status === 422);
      const faults = new Set(lost?.body.rows.flatMap(({ errors }) => errors.map(({ code }) => code)));
      expect(faults).toEqual(new Set(["in-use"]));
      const state = await stateOf(tables);
      for (const list of ["users", "emails", "names", "mails"]) expect(state[list]).toHaveLength(50);
      expect(state["journal"]).toEqual(["IMPORT done"]);
    },
  );

  it("of people with one name: all get a login name of their own", async () => {
    const files = [numbers(0, 40), numbers(40, 80), numbers(80, 120)].map(namesakes);
    const answers = await Promise.all(files.map((csv) => sendFile(tables, csv)));
    expect(answers.map(({ status }) => status)).toEqual([200, 200, 200]);
    const usernames = answers.flatMap(({ body }) => body.rows.map(({ username }) => username));
    expect(new Set(usernames).size).toBe(120);
    expect((await stateOf(tables))["users"]).toHaveLength(120);
  });

  it("and people added by hand meanwhile: no address and no login name is given twice", async () => {
    const create = createUser({
      users: new DynamoUserRepository(tables),
      organisations: new DynamoOrganisationRepository(tables),
      settings: { mailsPerOrganisationPerHour: 2000, dryRunsPerOrganisationPerHour: 30 },
      clock: () => new Date(),
      newId: randomUUID,
    });
    const byHand = numbers(0, 10).map((address) =>
      create({
        params: { id: "2" },
        body: {
          initials: "Q.",
          firstName: "Quinten",
          infix: null,
          lastName: "Wedloop",
          email: `hand-${address}@zorg.example`,
          phone: null,
          fax: null,
          memo: null,
        },
        query: {},
        caller: { user: { organisationId: "2" }, organisation: organisation() },
        origin: { actor: null, address: null, requestId: null },
        repeatable: null,
      } as unknown as Parameters<typeof create>[0]),
    );
    const [answer, ...created] = await Promise.all([sendFile(tables, namesakes(numbers(0, 40))), ...byHand]);
    expect(answer.status).toBe(200);
    const usernames = [
      ...answer.body.rows.map(({ username }) => username),
      ...created.map(({ body }) => body.username),
    ];
    expect(new Set(usernames).size).toBe(50);
  });
});
