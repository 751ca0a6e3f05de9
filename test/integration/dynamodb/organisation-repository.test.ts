import type { DomainError } from "../../../shared/domain/errors.ts";
import { beforeEach, describe, expect, it } from "vitest";
import { LoginNameTaken } from "../../../shared/domain/ports/users.ts";
import { DynamoOrganisationRepository } from "../../../shared/dynamodb/organisation-repository.ts";
import { DynamoUserRepository } from "../../../shared/dynamodb/user-repository.ts";
import { organisation, user } from "../../support/domain.ts";
import { createTables, type TestTables } from "../../support/dynamodb.ts";
import { consequences, damage, inParallel, refusalsOf } from "./seed.ts";

let tables: TestTables;
let organisations: DynamoOrganisationRepository;

beforeEach(async () => {
  tables = await createTables();
  organisations = new DynamoOrganisationRepository(tables);
});

const administrator = user({ roles: ["organisation-admin"] });
const register = (
  parts: Parameters<typeof organisation>[0] = {},
  person: Partial<typeof administrator> = {},
) => {
  const one = organisation(parts);
  return organisations.register(one, { ...administrator, organisationId: one.id, ...person }, consequences());
};
const other = { username: "bother", email: "b.other@zorg.example" };

describe("nextId", () => {
  it("gives 2, 3, 4 and never the operator's 1, in one round trip each", async () => {
    await register({ id: "1", agbCode: null });
    tables.forget();
    const given = [await organisations.nextId(), await organisations.nextId(), await organisations.nextId()];
    expect(given).toEqual(["2", "3", "4"]);
    expect(tables.requests).toEqual(["UpdateItem", "UpdateItem", "UpdateItem"]);
  });

  it("gives parallel requests different numbers", async () => {
    const given = await Promise.all(Array.from({ length: 20 }, () => organisations.nextId()));
    expect(new Set(given).size).toBe(20);
  });
});

describe("register", () => {
  it("stores organisation, administrator, reservations, mails and audit events in one transaction", async () => {
    await register();
    expect(tables.requests).toEqual(["TransactWriteItems"]);
    expect(await organisations.find("2")).toEqual(organisation());
    expect(await new DynamoUserRepository(tables).find("2", "ftest")).toEqual(administrator);
    const kinds = (await tables.items()).map(({ PK }) => /^[A-Z]+/.exec(String(PK))?.[0]).sort();
    const ofOrganisation = Array<string>(5).fill("ORG");
    expect(kinds).toEqual(["AGB", "EMAIL", "MAIL", ...ofOrganisation, "ORGANISATIONS", "USERNAME"]);
    expect(await tables.auditEvents()).toHaveLength(1);
  });

  it("reserves no AGB code for organisations without one", async () => {
    await register({ agbCode: null });
    await register({ id: "3", agbCode: null }, other);
    expect(await tables.items("AGB")).toEqual([]);
  });

  it("refuses an AGB code, an e-mail address and a login name that are in use, in this order", async () => {
    await register();
    await expect(register({ id: "3" })).rejects.toThrow("agb-code-in-use");
    const fresh = { id: "3", agbCode: "47470002" };
    await expect(register(fresh)).rejects.toThrow("email-in-use");
    await expect(register(fresh, { email: other.email })).rejects.toThrow(LoginNameTaken);
    expect(await organisations.find("3")).toBeNull();
  });

  it("says where in the request the e-mail address stood", async () => {
    await register();
    const refusal: unknown = await register({ id: "3", agbCode: null }).catch((error: unknown) => error);
    expect((refusal as DomainError).errors[0]?.pointer).toBe("/administrator/email");
  });

  it("does not put one organisation in the place of another", async () => {
    await register();
    await expect(register({ agbCode: "47470002" }, other)).rejects.toThrow(
      "There is an organisation with this id",
    );
  });

  it("lets one of twenty parallel registrations with one AGB code through", async () => {
    const results = await inParallel(20, (index) =>
      register({ id: String(index + 2) }, { username: `ftest${index + 2}`, email: `${index}@zorg.example` }),
    );
    expect(refusalsOf(results)).toEqual(Array(19).fill("agb-code-in-use"));
    expect(await tables.items("MAIL")).toHaveLength(1);
  });
});

describe("find", () => {
  it("finds none where there is none", async () => {
    expect(await organisations.find("7")).toBeNull();
  });

  it("calls a stored organisation that does not parse a fault", async () => {
    await register();
    await damage(tables, "ORG", { profile: "gold" });
    await expect(organisations.find("2")).rejects.toThrow("A stored organisation does not parse: profile");
  });
});
