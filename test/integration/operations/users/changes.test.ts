import type { DomainError } from "../../../../shared/domain/errors.ts";
import { PutCommand } from "@aws-sdk/lib-dynamodb";
import { beforeEach, describe, expect, it } from "vitest";
import type { User } from "../../../../shared/domain/user.ts";
import { DynamoDueList } from "../../../../shared/dynamodb/due-list.ts";
import { storedUser } from "../../../../shared/dynamodb/items.ts";
import { dueItem, userKey } from "../../../../shared/dynamodb/keys.ts";
import { DynamoPasswordLinkRepository } from "../../../../shared/dynamodb/password-link-repository.ts";
import { DynamoRoleRepository } from "../../../../shared/dynamodb/role-repository.ts";
import { DynamoUserRepository } from "../../../../shared/dynamodb/user-repository.ts";
import { organisation, person, user } from "../../../support/domain.ts";
import { createTables, putAll, type TestTables } from "../../../support/dynamodb.ts";
import { damage, inParallel, refusalsOf, seed } from "../../dynamodb/seed.ts";
import { Administration, administrator, settings } from "./administration.ts";

let tables: TestTables;
let here: Administration;
const nothing = { mails: [], events: [] };
const contractManager = user({
  organisationId: "1",
  username: "cmanager",
  roles: ["contract-manager"],
  email: "cm@ciz.example",
});

beforeEach(async () => {
  tables = await createTables();
  here = new Administration(tables);
  await here.begin();
  await new DynamoUserRepository(tables).create(user({ version: 3, mailStatus: "ok" }), nothing);
  await seed(tables, { organisations: [organisation({ id: "1" })], users: [contractManager] });
  tables.forget();
});

/** Every call is a millisecond later, because audit events are stored in the order of their times. */
const later = () => {
  here.now = new Date(here.now.getTime() + 1);
};
const stored = async (username = "ftest") => (await here.users.find("2", username))!;
const traces = async (action: string) =>
  (await tables.auditEvents()).filter((trace) => trace["action"] === action);
const mails = async (template: string) =>
  (await tables.items("MAIL")).filter((mail) => mail["template"] === template);
const addresses = async () => (await tables.items("EMAIL")).map(({ PK }) => String(PK).slice(6)).sort();
const edit = (body: object, parts: object = {}) =>
  here.request("editUser", { username: "ftest", body, ifMatch: '"3"', ...parts });
const remove = (username = "ftest", parts: object = {}) =>
  here.request("deleteUser", { username, body: { reason: "Uit dienst" }, ...parts });

describe("editing a user", () => {
  it("changes what is given, clears what is null, and leaves the rest", async () => {
    const { body, headers } = await edit({ infix: "de", phone: "030 555 01 23" });
    expect(body).toMatchObject({ infix: "de", phone: "030 555 01 23", lastName: "Test", name: "F. de Test" });
    expect(headers["ETag"]).toBe('"4"');
    later();
    const cleared = await edit({ phone: null }, { ifMatch: '"4"' });
    expect(cleared.body).toMatchObject({ infix: "de", phone: null });
    expect(await stored()).toMatchObject({ infix: "de", phone: null, version: 5, username: "ftest" });
    expect(await traces("user.edited")).toMatchObject([
      { detail: { fields: ["infix", "phone"] } },
      { detail: { fields: ["phone"] } },
    ]);
    expect(await mails("email-changed")).toEqual([]);
  });

  it("writes nothing where nothing is different", async () => {
    const { headers } = await edit({ lastName: "Test", infix: null });
    expect(headers["ETag"]).toBe('"3"');
    expect(await traces("user.edited")).toEqual([]);
    expect(tables.requests).toEqual(["GetItem", "Scan"]);
  });

  it("an address that bounced is known to when it comes back, however it is written, and gets no link", async () => {
    const bounced = { ...(await stored()), mailStatus: "bounced" as const };
    await putAll(tables, [{ ...userKey(bounced), ...storedUser(bounced) }]);
    const moved = async (email: string) => {
      later();
      const { body } = await here.request("editUser", { username: "ftest", body: { email } });
      return body.mailStatus as string;
    };
    expect(await moved("other@zorg.example")).toBe("unknown");
    later();
    await here.request("orderPasswordLink", { username: "ftest" });
    expect(await moved("Femke.TEST@zorg.example")).toBe("bounced");
    const refused = here.request("orderPasswordLink", { username: "ftest" });
    await expect(refused).rejects.toThrow("mail-not-deliverable");
    expect(await moved("other@zorg.example")).toBe("unknown");
    here.now = new Date(here.now.getTime() + 31 * 86_400_000);
    expect(await moved("femke.test@zorg.example")).toBe("unknown");
  });

  it("takes two round trips", async () => {
    await edit({ lastName: "Anders" });
    expect(tables.requests).toEqual(["GetItem", "TransactWriteItems"]);
  });

  it.each(['"2"', '"4"', "nonsense"])("refuses a change that is meant for version %s", async (ifMatch) => {
    await expect(edit({ lastName: "Anders" }, { ifMatch })).rejects.toThrow("precondition-failed");
    expect((await stored()).lastName).toBe("Test");
  });

  it("moves the reservation of the e-mail address, resets the mail status, and mails both addresses", async () => {
    const { body } = await edit({ email: "Femke@zorg.example" });
    expect(body).toMatchObject({ email: "Femke@zorg.example", mailStatus: "unknown" });
    expect(await addresses()).toEqual(["admin@zorg.example", "femke@zorg.example"]);
    const told = (await mails("email-changed")).map(
      (mail) => (mail["data"] as { formerAddress: string }).formerAddress,
    );
    expect(told.sort()).toEqual(["femke.test@zorg.example", null]);
    await here.request("createUser", { body: person() });
  });

  it("revokes the links that went to the address before", async () => {
    await here.request("orderPasswordLink", { username: "ftest" });
    expect((await stored()).passwordLink?.state).toBe("open");
    await edit({ email: "femke@zorg.example" });
    expect((await stored()).passwordLink?.state).toBe("revoked");
  });

  it("keeps the reservation where only capitals change", async () => {
    await edit({ email: "FEMKE.TEST@zorg.example" });
    expect((await stored()).email).toBe("FEMKE.TEST@zorg.example");
    expect(await addresses()).toEqual(["admin@zorg.example", "femke.test@zorg.example"]);
    expect(await mails("email-changed")).toEqual([]);
  });

  it("refuses an address that someone has, and changes nothing", async () => {
    await expect(edit({ email: "Admin@zorg.example", lastName: "Anders" })).rejects.toThrow("email-in-use");
    expect(await stored()).toMatchObject({ email: "femke.test@zorg.example", lastName: "Test", version: 3 });
    expect(await addresses()).toEqual(["admin@zorg.example", "femke.test@zorg.example"]);
  });

  it("refuses an address outside the domains, but not one that was there before them", async () => {
    await seed(tables, {
      organisations: [organisation({ id: "1" }), organisation({ emailDomains: ["zorg.example"] })],
    });
    const outside = edit({ email: "f@elsewhere.example" }, { caller: contractManager });
    await expect(outside).rejects.toThrow("email-outside-domain");
    await damage(tables, "USER#ftest", { email: "f@elsewhere.example" });
    await edit({ lastName: "Anders" }, { caller: contractManager });
  });

  it("refuses accounts that have ended, and those that do not exist", async () => {
    await remove();
    await expect(edit({ lastName: "Anders" }, { ifMatch: "*" })).rejects.toThrow("account-not-usable");
    await expect(edit({}, { username: "nobody" })).rejects.toThrow("not-found");
    await expect(edit({}, { username: "cmanager" })).rejects.toThrow("not-found");
  });

  it("succeeds if a link is requested in between, and fails if the account changes", async () => {
    const before = await stored();
    await here.request("orderPasswordLink", { username: "ftest" });
    const after = { ...before, email: "femke@zorg.example" };
    await here.users.edit(before, after, here.now.toISOString(), nothing);
    expect(await stored()).toMatchObject({ version: 4, passwordLink: { state: "revoked" } });
    await expect(here.users.edit(before, after, here.now.toISOString(), nothing)).rejects.toThrow(
      "precondition-failed",
    );
  });

  it("lets one of twenty parallel edits with one ETag through", async () => {
    const results = await inParallel(20, (index) =>
      edit({ lastName: `Anders${"abcdefghijklmnopqrst"[index]!}` }),
    );
    expect(refusalsOf(results)).toEqual(Array(19).fill("precondition-failed"));
    expect((await stored()).version).toBe(4);
    expect(await traces("user.edited")).toHaveLength(1);
  });

  it("lets one of twenty people have an address that all of them want, and loses no reservation", async () => {
    const names = Array.from({ length: 20 }, (_, index) => `u${"abcdefghijklmnopqrst"[index]!}`);
    for (const username of names) {
      await here.users.create(user({ username, email: `${username}@zorg.example`, version: 3 }), nothing);
    }
    const results = await inParallel(20, (index) =>
      edit({ email: "wanted@zorg.example" }, { username: names[index] }),
    );
    expect(refusalsOf(results)).toEqual(Array(19).fill("email-in-use"));
    expect(await addresses()).toHaveLength(22);
    expect((await addresses()).filter((one) => one === "wanted@zorg.example")).toHaveLength(1);
  });

  it("moves one person's address twenty times at once to one that is theirs, and frees all others", async () => {
    const results = await inParallel(20, (index) => edit({ email: `f${index}@zorg.example` }));
    expect(refusalsOf(results)).toEqual(Array(19).fill("precondition-failed"));
    const { email } = await stored();
    expect(await addresses()).toEqual(["admin@zorg.example", email]);
    expect(await mails("email-changed")).toHaveLength(2);
  });
});

describe("deleting a user", () => {
  it("ends the account, with the reason as remark, in two round trips and no call to Cognito", async () => {
    await here.signIn("ftest", here.now);
    await here.request("orderPasswordLink", { username: "ftest" });
    tables.forget();
    const { body, headers } = await remove();
    expect(tables.requests).toEqual(["GetItem", "TransactWriteItems"]);
    expect(body).toMatchObject({
      status: "deleted",
      remark: "Uit dienst",
      passwordLink: { state: "revoked" },
    });
    expect(headers["ETag"]).toBe('"4"');
    const after = await stored();
    expect(after).toMatchObject({ status: "deleted", sessions: {}, passwordLink: { state: "revoked" } });
    expect(await addresses()).toEqual(["admin@zorg.example"]);
    expect(await traces("user.deleted")).toMatchObject([
      { subject: { id: "ftest" }, actor: { username: "abeheer" }, detail: { from: "active" } },
    ]);
  });

  it("leaves it on the list for retention, and nowhere else", async () => {
    await remove();
    const due = (await tables.items("ORG#2")).filter(
      ({ SK }) => String(SK).startsWith("DUE#") && String(SK).endsWith("#ftest"),
    );
    expect(due.map(({ SK }) => SK)).toEqual(["DUE#retention#ftest"]);
  });

  it("keeps the data of an account that had lapsed no longer than from its lapse (DESIGN §2, Deletion)", async () => {
    await damage(tables, "USER#ftest", { status: "inactive", remark: "unused" });
    const lapsedAt = "2025-03-01T05:00:00.000Z";
    const ended = { organisationId: "2", username: "ftest" };
    const Item = dueItem("retention", ended, lapsedAt);
    await tables.client.send(new PutCommand({ TableName: tables.tableName, Item }));
    await remove();
    const list = new DynamoDueList(tables);
    expect(await list.before("retention", "2999")).toMatchObject([{ username: "ftest", at: lapsedAt }]);
  });

  it("shows among all, and no longer among the current", async () => {
    await remove();
    const list = async (query: object) =>
      (await here.request("listUsers", { query })).body.items.map((one: User) => one.username);
    expect(await list({})).toEqual(["abeheer"]);
    expect(await list({ status: "all", sort: "remark" })).toEqual(["ftest", "abeheer"]);
  });

  it("refuses a second deletion, one's own account, and who is not there", async () => {
    await remove();
    await expect(remove()).rejects.toThrow("already-deleted");
    await expect(remove("abeheer")).rejects.toThrow("own-account");
    await expect(remove("nobody")).rejects.toThrow("not-found");
    await expect(remove("cmanager")).rejects.toThrow("not-found");
  });

  it("ends an inactive account too, and leaves its former address to the user who has it now", async () => {
    await damage(tables, "USER#ftest", { status: "inactive", remark: "unused" });
    const holder = (await tables.items("EMAIL")).find(({ PK }) => PK === "EMAIL#femke.test@zorg.example")!;
    await damage(tables, String(holder["PK"]), { username: "someone" });
    expect((await remove()).body).toMatchObject({ status: "deleted", remark: "Uit dienst" });
    expect(await addresses()).toHaveLength(2);
  });

  it("deletes what was changed meanwhile all the same", async () => {
    const before = await stored();
    await edit({ email: "femke@zorg.example" });
    await here.signIn("ftest", here.now);
    const by = { user: administrator, role: "organisation-admin" as const };
    const deletion = {
      user: before,
      remark: "Weg",
      at: "2026-11-22T12:00:00.000Z",
      by,
      successor: null,
      consequences: nothing,
    };
    expect(await here.users.delete(deletion)).toMatchObject({
      status: "deleted",
      email: "femke@zorg.example",
    });
    expect(await addresses()).toEqual(["admin@zorg.example"]);
    await expect(here.users.delete(deletion)).rejects.toThrow("already-deleted");
  });

  it("lets one of twenty parallel deletions through, with one audit event", async () => {
    const results = await inParallel(20, () => remove());
    expect(refusalsOf(results)).toEqual(Array(19).fill("already-deleted"));
    expect(await traces("user.deleted")).toHaveLength(1);
  });

  const administrators = async (names: readonly string[]) => {
    for (const username of names) {
      const email = `${username}@zorg.example`;
      await here.users.create(user({ username, email, roles: ["organisation-admin"] }), nothing);
    }
    return Promise.all(names.map((name) => stored(name)));
  };
  const stillActive = async (people: readonly User[]) => {
    const now = await Promise.all(people.map(({ username }) => stored(username)));
    return now.filter(({ status }) => status === "active").map(({ username }) => username);
  };

  it.each(Array.from({ length: 8 }, (_, round) => round))(
    "leaves one of two administrators who delete each other at once (round %i)",
    async () => {
      await remove("abeheer", { caller: contractManager });
      const [one, two] = (await administrators(["one", "two"])) as [User, User];
      const results = await Promise.allSettled([
        remove("two", { caller: one }),
        remove("one", { caller: two }),
      ]);
      expect(refusalsOf(results)).toEqual(["last-administrator"]);
      expect(await stillActive([one, two])).toHaveLength(1);
      expect(await traces("user.deleted")).toHaveLength(2);
    },
  );

  it("leaves at least one of five who delete one another in a circle", async () => {
    const people = await administrators(["one", "two", "three", "four", "five"]);
    await Promise.allSettled(
      people.map((caller, index) => remove(people[(index + 1) % 5]!.username, { caller })),
    );
    expect((await stillActive(people)).length).toBeGreaterThan(0);
  });

  it("is refused for a caller who was deleted meanwhile, if administrators remain", async () => {
    const [other] = (await administrators(["other"])) as [User];
    await remove("other");
    await expect(remove("ftest", { caller: other })).rejects.toThrow("not-authenticated");
    expect((await stored()).status).toBe("active");
  });

  it("lets a contract manager delete the last administrator", async () => {
    expect((await remove("abeheer", { caller: contractManager })).body.status).toBe("deleted");
  });

  describe("at CIZ, which must keep a contract manager", () => {
    const colleague = async (username: string, parts: Partial<User>) => {
      const one = user({ organisationId: "1", username, email: `${username}@ciz.example`, ...parts });
      await here.users.create(one, nothing);
      return one;
    };
    const atCiz = (username: string, caller: User) => remove(username, { caller, id: "1" });
    let admin: User;
    beforeEach(async () => {
      admin = await colleague("boss", { roles: ["organisation-admin"] });
      await colleague("first", { roles: ["contract-manager"] });
    });

    it("lets contract managers alone delete contract managers", async () => {
      const second = await colleague("second", { roles: ["contract-manager", "organisation-admin"] });
      await expect(atCiz("first", admin)).rejects.toThrow("not-allowed");
      expect((await here.users.find("1", "first"))?.status).toBe("active");
      expect((await atCiz("first", second)).body.status).toBe("deleted");
      expect((await atCiz("boss", second)).body.status).toBe("deleted");
    });

    it.each(Array.from({ length: 4 }, (_, round) => round))(
      "one is left when two contract managers delete each other at once (round %i)",
      async () => {
        await atCiz("cmanager", (await here.users.find("1", "first"))!);
        const [first, second] = [
          (await here.users.find("1", "first"))!,
          await colleague("second", { roles: ["contract-manager"] }),
        ];
        await Promise.allSettled([atCiz("second", first), atCiz("first", second)]);
        const left = await Promise.all(["first", "second"].map((name) => here.users.find("1", name)));
        expect(left.filter((one) => one?.status === "active")).toHaveLength(1);
      },
    );
  });
});

describe("an account that gets a role of CIZ between check and commit (SECURITY 26)", () => {
  const roles = ["service-desk"] as const;
  let target: User;
  let boss: User;
  beforeEach(async () => {
    boss = user({
      organisationId: "1",
      username: "boss",
      roles: ["organisation-admin"],
      email: "b@ciz.example",
    });
    target = user({ organisationId: "1", username: "rising", email: "r@ciz.example" });
    for (const one of [boss, target]) await here.users.create(one, nothing);
    await new DynamoRoleRepository(tables).changeRoles({
      user: target,
      roles,
      successor: null,
      consequences: nothing,
    });
  });
  const now = async () => here.users.find("1", "rising");

  it("is not edited", async () => {
    const change = here.users.edit(
      target,
      { ...target, email: "other@ciz.example" },
      here.now.toISOString(),
      nothing,
    );
    await expect(change).rejects.toThrow("precondition-failed");
    expect(await now()).toMatchObject({ email: "r@ciz.example", roles });
  });

  it("is not deleted", async () => {
    const by = { user: boss, role: "organisation-admin" as const };
    const at = "2026-11-22T12:00:00.000Z";
    const deletion = here.users.delete({ user: target, remark: "x", at, by, consequences: nothing });
    await expect(deletion).rejects.toThrow("not-allowed");
    expect(await now()).toMatchObject({ status: "active", roles });
  });

  it("gets no link, but from a contract manager", async () => {
    const links = new DynamoPasswordLinkRepository({ ...tables, settings });
    const order = (by: User) =>
      links.order({ user: target, by, linkId: "link", now: here.now, consequences: nothing });
    const desk = user({ organisationId: "1", username: "desk", roles: ["service-desk"] });
    await expect(order(boss)).rejects.toThrow("not-allowed");
    await expect(order(desk)).rejects.toThrow("not-allowed");
    expect(await now()).toMatchObject({ passwordLink: null });
    await order(contractManager);
    expect(await now()).toMatchObject({ passwordLink: { id: "link", state: "open" } });
  });
});

describe("recreating a user", () => {
  const recreate = (body: object) => here.request("createUser", { body: { recreateFrom: "FTest", ...body } });

  it("takes the old details for what is not given, under another login name and without roles", async () => {
    await edit({ infix: "de", memo: "Afdeling noord" });
    await remove();
    const { body } = await recreate({ lastName: "Test-Anders", memo: null });
    expect(body).toMatchObject({
      username: "ftestanders",
      initials: "F.",
      infix: "de",
      lastName: "Test-Anders",
      email: "femke.test@zorg.example",
      memo: null,
      status: "invited",
      roles: [],
    });
    expect((await traces("user.created")).map((trace) => trace["detail"])).toEqual([
      { recreatedFrom: "ftest" },
    ]);
    expect(await mails("welcome")).toHaveLength(1);
  });

  it("refuses accounts that are usable, do not exist, or are of another organisation", async () => {
    await expect(recreate({})).rejects.toThrow("still-usable");
    await expect(recreate({ recreateFrom: "nobody" })).rejects.toThrow("not-found");
    await expect(recreate({ recreateFrom: "cmanager" })).rejects.toThrow("not-found");
  });

  it("requires the fields that have been erased", async () => {
    const gone = { initials: "", firstName: "", lastName: "", email: "" };
    await damage(tables, "USER#ftest", { status: "inactive", ...gone });
    const refused: unknown = await recreate({ email: "femke@zorg.example" }).catch((error: unknown) => error);
    expect(refused).toMatchObject({ code: "invalid-request" });
    expect((refused as DomainError).errors).toEqual([
      { pointer: "/initials", code: "required" },
      { pointer: "/firstName", code: "required" },
      { pointer: "/lastName", code: "required" },
    ]);
  });

  it("refuses an old address that someone else has now", async () => {
    await remove();
    await here.request("createUser", { body: person({ lastName: "Ander" }) });
    await expect(recreate({})).rejects.toThrow("email-in-use");
  });
});

describe("ordering a password link", () => {
  const order = (parts: object = {}) => here.request("orderPasswordLink", { username: "ftest", ...parts });

  it("sends one, and records the caller in an audit event", async () => {
    const { body } = await order({ language: "en" });
    expect(body.message).toMatch(/on its way/);
    expect(tables.requests).toEqual(["GetItem", "TransactWriteItems"]);
    expect((await stored()).passwordLink).toMatchObject({ state: "open", sentAt: null });
    expect(await mails("password-link")).toHaveLength(1);
    expect(await traces("password-link.requested")).toMatchObject([{ actor: { username: "abeheer" } }]);
  });

  it("refuses accounts that have ended, and organisations that are closed", async () => {
    await seed(tables, { organisations: [organisation({ status: "closed" })] });
    await expect(order({ caller: contractManager })).rejects.toThrow("account-not-usable");
    await seed(tables, { organisations: [organisation()] });
    await remove();
    await expect(order()).rejects.toThrow("account-not-usable");
    await expect(order({ username: "nobody" })).rejects.toThrow("not-found");
  });

  it.each(["bounced", "complained"])(
    "refuses an address whose status is %s, and sends nothing",
    async (mailStatus) => {
      await damage(tables, "USER#ftest", { mailStatus });
      await expect(order()).rejects.toThrow("mail-not-deliverable");
      expect((await stored()).passwordLink).toBeNull();
      expect(await mails("password-link")).toEqual([]);
    },
  );

  it("refuses an address that bounces only just before the link is stored", async () => {
    const links = new DynamoPasswordLinkRepository({ ...tables, settings });
    const read = await stored();
    await damage(tables, "USER#ftest", { mailStatus: "bounced" });
    const late = { user: read, by: administrator, linkId: "link", now: here.now, consequences: nothing };
    await expect(links.order(late)).rejects.toThrow("mail-not-deliverable");
    expect((await stored()).passwordLink).toBeNull();
  });

  it("shows the link as not sent until its mail has gone out", async () => {
    await order();
    const waiting = await here.request("getUser", { username: "ftest" });
    expect(waiting.body.passwordLink).toEqual({ sentAt: null, state: "open" });
  });

  it("is limited per user, however many ask at once, and free again after an hour", async () => {
    const results = await inParallel(20, () => order());
    expect(refusalsOf(results)).toEqual(Array(15).fill("too-many-attempts"));
    expect(await mails("password-link")).toHaveLength(5);
    here.now = new Date(here.now.getTime() + 3_599_000);
    await expect(order()).rejects.toMatchObject({ retryAfterSeconds: 1 });
    here.now = new Date(here.now.getTime() + 1_000);
    await order();
  });
});

describe("adding users to an organisation that is closed", () => {
  const closed = organisation({ status: "closed" });

  it("is refused, and no welcome mail waits; so is adding somebody again", async () => {
    await remove();
    const seen = await mails("welcome");
    await seed(tables, { organisations: [closed] });
    const caller = contractManager;
    await expect(here.request("createUser", { caller, body: person() })).rejects.toThrow("no-new-users");
    await expect(here.request("createUser", { caller, body: { recreateFrom: "ftest" } })).rejects.toThrow(
      "no-new-users",
    );
    expect(await mails("welcome")).toEqual(seen);
  });

  it("is refused where it was closed after it was read", async () => {
    await seed(tables, { organisations: [closed] });
    const late = here.users.create(user({ username: "flaat", email: "laat@zorg.example" }), nothing);
    await expect(late).rejects.toThrow("no-new-users");
    expect(await addresses()).not.toContain("laat@zorg.example");
  });
});

describe("the mails that one organisation's people cause in an hour", () => {
  const counts = async () =>
    (await tables.items("LIMIT#mails")).map(({ PK, counted }) => `${String(PK)} ${String(counted)}`);
  const used = (counted: number) =>
    new PutCommand({
      TableName: tables.tableName,
      Item: { PK: "LIMIT#mails#2#2026-11-22T12:00:00.000Z", SK: "LIMIT", counted },
    });

  it("count with adding users, adding them again, links and changes of an address; other changes cause none", async () => {
    await here.request("createUser", { body: person({ email: "nieuw@zorg.example", lastName: "Nieuw" }) });
    await here.request("orderPasswordLink", { username: "ftest" });
    await edit({ lastName: "Anders" });
    await edit({ email: "femke@zorg.example" }, { ifMatch: '"4"' });
    await remove();
    await here.request("createUser", { body: { recreateFrom: "ftest" } });
    expect(await counts()).toEqual(["LIMIT#mails#2#2026-11-22T12:00:00.000Z 5"]);
  });

  it("are refused over the limit, with nothing changed, until the hour is over", async () => {
    await tables.client.send(used(2_000));
    const acts = [
      () => here.request("createUser", { body: person({ email: "nieuw@zorg.example" }) }),
      () => here.request("orderPasswordLink", { username: "ftest" }),
      () => edit({ email: "femke@zorg.example" }),
    ];
    const before = await stored();
    here.now = new Date("2026-11-22T12:59:00.000Z");
    for (const act of acts)
      await expect(act()).rejects.toMatchObject({ code: "too-many-attempts", retryAfterSeconds: 60 });
    expect(await stored()).toEqual(before);
    expect(await tables.items("MAIL")).toEqual([]);
    here.now = new Date("2026-11-22T13:00:00.000Z");
    for (const act of acts) await act();
  });

  it("never exceed it, however many act at once", async () => {
    await tables.client.send(used(1_997));
    const results = await inParallel(10, (index) =>
      here.request("createUser", { body: person({ email: `nieuw${index}@zorg.example` }) }),
    );
    expect(refusalsOf(results)).toEqual(Array(7).fill("too-many-attempts"));
    expect(await counts()).toEqual(["LIMIT#mails#2#2026-11-22T12:00:00.000Z 2000"]);
  });

  it("count for CIZ where CIZ acts, and use up no other organisation's", async () => {
    await tables.client.send(used(2_000));
    await here.request("orderPasswordLink", { username: "ftest", caller: contractManager });
    expect(await counts()).toContain("LIMIT#mails#1#2026-11-22T12:00:00.000Z 1");
  });
});

describe("what CIZ sees (SECURITY 22)", () => {
  it.each([
    ["listUsers", {}, { type: "organisation", id: "2" }, "users"],
    ["getUser", { username: "ftest" }, { type: "user", id: "ftest" }, "user"],
    ["listUpcoming", {}, { type: "organisation", id: "2" }, "upcoming"],
    ["editUser", { username: "ftest", body: {} }, { type: "user", id: "ftest" }, "user"],
  ] as const)(
    "%s leaves one audit event, and none for their own administrator",
    async (name, parts, subject, what) => {
      await here.request(name, parts);
      expect(await traces("personal-data.viewed")).toEqual([]);
      await here.request(name, { ...parts, caller: contractManager });
      expect(await traces("personal-data.viewed")).toMatchObject([
        {
          organisationId: "2",
          actor: { username: "cmanager", organisationId: "1" },
          subject,
          detail: { what },
        },
      ]);
    },
  );

  it.each([
    ["createUser", { body: { ...person(), email: "new@zorg.example" } }, "user.created"],
    ["editUser", { username: "ftest", body: { lastName: "Anders" } }, "user.edited"],
    ["deleteUser", { username: "ftest", body: { reason: "x" } }, "user.deleted"],
    ["orderPasswordLink", { username: "ftest" }, "password-link.requested"],
    ["listUsers", { wantsCsv: true }, "users.exported"],
  ] as const)("%s leaves its own event and no second one", async (name, parts, action) => {
    await here.request(name, { ...parts, caller: contractManager });
    expect((await tables.auditEvents()).map((event) => event["action"])).toEqual([action]);
  });

  it("an export is an audit event for every caller, and never holds the search text", async () => {
    const query = { search: "canary", status: "all" };
    await here.request("listUsers", { query, wantsCsv: true });
    later();
    await here.request("listUsers", { query, wantsCsv: true, caller: contractManager });
    expect(await traces("users.exported")).toMatchObject([
      { actor: { username: "abeheer" }, detail: { count: 0, searched: true, status: "all" } },
      { actor: { username: "cmanager" } },
    ]);
    expect(JSON.stringify(await tables.auditEvents())).not.toContain("canary");
  });
});
