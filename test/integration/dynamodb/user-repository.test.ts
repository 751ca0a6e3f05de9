import { beforeEach, describe, expect, it } from "vitest";
import { withFreeLoginName } from "../../../shared/domain/account.ts";
import { LoginNameTaken } from "../../../shared/domain/ports/users.ts";
import { DynamoUserRepository } from "../../../shared/dynamodb/user-repository.ts";
import { organisation, user } from "../../support/domain.ts";
import { createTables, type TestTables } from "../../support/dynamodb.ts";
import { consequences, damage, inParallel, refusalsOf, seed } from "./seed.ts";

let tables: TestTables;
let users: DynamoUserRepository;

beforeEach(async () => {
  tables = await createTables();
  users = new DynamoUserRepository(tables);
  await seed(tables, { organisations: [organisation()] });
  tables.forget();
});

const someone = (username: string) => user({ username, email: `${username}@zorg.example` });

describe("create", () => {
  it("stores the user, both reservations, the mails and the audit events in one transaction", async () => {
    const account = user({ status: "invited", passwordChangedAt: null, passwordExpiresAt: null });
    await users.create(account, consequences());

    expect(tables.requests).toEqual(["TransactWriteItems"]);
    expect(await users.find("2", "ftest")).toEqual(account);
    expect(await users.locate("ftest")).toBe("2");
    expect(await tables.items("EMAIL")).toHaveLength(1);
    expect(await tables.items("MAIL")).toHaveLength(1);
    expect(await tables.auditEvents()).toHaveLength(1);
  });

  it("refuses an e-mail address that someone has, in any capitals", async () => {
    await users.create(user({ email: "Femke.Test@zorg.example" }), consequences());
    const second = user({ username: "fother", email: "femke.test@ZORG.example" });
    await expect(users.create(second, consequences())).rejects.toThrow("email-in-use");
  });

  it("refuses a login name that someone has", async () => {
    await users.create(user(), consequences());
    const second = user({ email: "other@zorg.example" });
    await expect(users.create(second, consequences())).rejects.toThrow(LoginNameTaken);
  });

  it("names the e-mail address when both are taken, because another login name would not help", async () => {
    await users.create(user(), consequences());
    await expect(users.create(user(), consequences())).rejects.toThrow("email-in-use");
  });

  it("stores nothing at all when it refuses", async () => {
    await users.create(user(), consequences());
    const before = await tables.items();
    await expect(users.create(someone("ftest"), consequences())).rejects.toThrow(LoginNameTaken);
    expect(await tables.items()).toEqual(before);
    expect(await tables.auditEvents()).toHaveLength(1);
  });

  it("refuses an organisation that does not exist", async () => {
    await expect(users.create(user({ organisationId: "9" }), consequences())).rejects.toThrow("not-found");
    expect(await tables.items("USERNAME")).toEqual([]);
  });

  it("adds a due entry for inactivity at the account's creation", async () => {
    await users.create(user(), consequences());
    const due = (await tables.items()).filter(({ SK }) => String(SK).startsWith("DUE#"));
    expect(due.map((item) => item["dueSort"])).toEqual([`${user().createdAt}#2#ftest`]);
  });

  it("lets one of twenty parallel creations with one e-mail address through", async () => {
    const results = await inParallel(20, (index) =>
      users.create(user({ username: `ftest${index + 2}` }), consequences()),
    );
    expect(refusalsOf(results)).toEqual(Array(19).fill("email-in-use"));
    expect((await tables.items("ORG")).filter(({ SK }) => String(SK).startsWith("USER#"))).toHaveLength(1);
    expect(await tables.items("EMAIL")).toHaveLength(1);
    expect(await tables.items("USERNAME")).toHaveLength(1);
    expect(await tables.items("MAIL")).toHaveLength(1);
    expect(await tables.auditEvents()).toHaveLength(1);
  });

  it("gives twenty parallel people of one name twenty login names without gaps", async () => {
    const results = await inParallel(20, (index) =>
      withFreeLoginName({ initials: "F.", lastName: "Test" }, users, (username) =>
        users.create(user({ username, email: `${index}@zorg.example` }), consequences()),
      ),
    );
    expect(refusalsOf(results)).toEqual([]);
    const numbers = (await tables.items("USERNAME")).map((item) => Number(item["SK"])).sort((a, b) => a - b);
    expect(numbers).toEqual(Array.from({ length: 20 }, (_, index) => index + 1));
  });
});

describe("highestLoginNumber", () => {
  it("is 0 for an unused stem, and tells stems with the same beginning apart", async () => {
    await users.create(someone("ftesten"), consequences());
    expect(await users.highestLoginNumber("ftest")).toBe(0);
  });

  it("counts as numbers, in one round trip", async () => {
    for (const username of ["ftest9", "ftest10", "ftest2"])
      await users.create(someone(username), consequences());
    tables.forget();
    expect(await users.highestLoginNumber("ftest")).toBe(10);
    expect(tables.requests).toEqual(["Query"]);
    expect(tables.readUnits).toBe(1);
  });
});

describe("find, findMember and locate", () => {
  it("find a user with the organisation in one round trip", async () => {
    await users.create(user(), consequences());
    tables.forget();
    expect(await users.findMember("2", "ftest")).toEqual({ user: user(), organisation: organisation() });
    expect(tables.requests).toEqual(["BatchGetItem"]);
  });

  it("find nobody in another organisation, and nobody without one", async () => {
    await users.create(user(), consequences());
    expect(await users.find("1", "ftest")).toBeNull();
    expect(await users.findMember("1", "ftest")).toBeNull();
    expect(await users.findMember("2", "nobody")).toBeNull();
  });

  it("accept a login name in any capitals, and take other text for unknown", async () => {
    await users.create(user(), consequences());
    expect(await users.locate(" FTest ")).toBe("2");
    expect(await users.locate("ftest1")).toBeNull();
    expect(await users.locate("no login name")).toBeNull();
    expect(await users.locate("nobody")).toBeNull();
  });

  it("call a stored user that does not parse a fault, naming no value", async () => {
    await users.create(user({ memo: "canary" }), consequences());
    await damage(tables, "USER#ftest", { status: "canary", version: "canary" });
    const failure: unknown = await users.findMember("2", "ftest").catch((error: unknown) => error);
    expect(failure).toEqual(new Error("A stored user does not parse: status, version"));
    await expect(users.find("2", "ftest")).rejects.toThrow(/^A stored user/);
  });
});
