import { beforeEach, describe, expect, it } from "vitest";
import { changed, outsideDomains } from "../../../../shared/domain/organisation-change.ts";
import type { Organisation } from "../../../../shared/domain/organisation.ts";
import { DynamoOrganisationRepository } from "../../../../shared/dynamodb/organisation-repository.ts";
import { organisation, person, user } from "../../../support/domain.ts";
import { createTables, type TestTables } from "../../../support/dynamodb.ts";
import { consequences, inParallel, refusalsOf, seed } from "../../dynamodb/seed.ts";

let tables: TestTables;
let organisations: DynamoOrganisationRepository;

beforeEach(async () => {
  tables = await createTables();
  organisations = new DynamoOrganisationRepository(tables);
  await register(organisation());
});

const register = (one: Organisation, username = "ftest") =>
  organisations.register(
    one,
    user({
      organisationId: one.id,
      username,
      email: `${username}@zorg.example`,
      roles: ["organisation-admin"],
    }),
    consequences(),
  );
const change = (before: Organisation, parts: Parameters<typeof changed>[1]) =>
  organisations.change(before, changed(before, parts).after, consequences());
const reserved = async () => (await tables.items("AGB#")).map(({ PK }) => PK);

describe("a change of an organisation's data", () => {
  it("is one transaction, and changes only what is given", async () => {
    const before = organisation();
    tables.forget();
    await change(before, { city: "Utrecht", contactPerson: { phone: "030 555 01 01" } });
    expect(tables.requests).toEqual(["TransactWriteItems"]);
    expect(await organisations.find("2")).toEqual({
      ...before,
      city: "Utrecht",
      contactPerson: { ...before.contactPerson, phone: "030 555 01 01" },
      version: 2,
    });
    expect(await organisations.entries()).toMatchObject([{ id: "2", city: "Utrecht" }]);
  });

  it("moves the reservation of the AGB code", async () => {
    await change(organisation(), { agbCode: "47479999" });
    expect(await reserved()).toEqual(["AGB#47479999"]);
    const now = (await organisations.find("2"))!;
    await change(now, { agbCode: null });
    expect(await reserved()).toEqual([]);
  });

  it("leaves everything as it was where another organisation has the AGB code", async () => {
    await register(organisation({ id: "3", agbCode: "47470003" }), "bother");
    await expect(change(organisation(), { agbCode: "47470003", city: "Ede" })).rejects.toThrow(
      "agb-code-in-use",
    );
    expect(await organisations.find("2")).toEqual(organisation());
    expect((await reserved()).sort()).toEqual(["AGB#47470001", "AGB#47470003"]);
  });

  it("is made once of twenty at once that saw the same version", async () => {
    const results = await inParallel(20, (index) => change(organisation(), { city: `Stad ${index}` }));
    expect(refusalsOf(results)).toEqual(Array(19).fill("precondition-failed"));
    expect(await organisations.find("2")).toMatchObject({ version: 2 });
  });
});

it("names the usable users whose address is outside narrowed domains", async () => {
  await seed(tables, {
    users: [
      user({ username: "in", email: "in@delinde.example" }),
      user({ username: "out", ...person({ lastName: "Buiten", infix: "van" }), email: "out@elders.example" }),
      user({ username: "gone", email: "gone@elders.example", status: "deleted" }),
    ],
  });
  const members = await organisations.members("2");
  expect(outsideDomains(members, ["delinde.example", "zorg.example"])).toEqual([
    { username: "out", name: "F. van Buiten" },
  ]);
  expect(outsideDomains(members, [])).toEqual([]);
});

it("entries come in one query and whole organisations in one batch, in the requested order", async () => {
  await register(organisation({ id: "10", agbCode: null }), "aone");
  await register(organisation({ id: "9", agbCode: null }), "atwo");
  tables.forget();
  expect((await organisations.entries()).map(({ id }) => id)).toEqual(["2", "9", "10"]);
  expect((await organisations.findAll(["10", "2", "77"])).map(({ id }) => id)).toEqual(["10", "2"]);
  expect(tables.requests).toEqual(["Query", "BatchGetItem"]);
});
