import { beforeEach, describe, expect, it } from "vitest";
import { erasedPerson } from "../../../../shared/domain/person.ts";
import { dueItem } from "../../../../shared/dynamodb/keys.ts";
import { DynamoUserRepository } from "../../../../shared/dynamodb/user-repository.ts";
import { organisation, user } from "../../../support/domain.ts";
import { damage } from "../../dynamodb/seed.ts";
import { itemsOfAll, mailLine, World, type Account } from "./world.ts";

/** Created on 22 May 2026: told on 8 November, lapses on 22 November, erased on 22 November 2028. */
const createdAt = "2026-05-22T10:00:00.000Z";
const noticeDay = "2026-11-08T05:00:00Z";
const lapseDay = "2026-11-22T05:00:00Z";
const at = "2026-11-22T05:00:00.000Z";

const account = (username: string, parts: Partial<Account> = {}): Account => ({
  username,
  createdAt,
  passwordExpiresAt: null,
  passwordChangedAt: null,
  ...parts,
});
/** The people who are mailed; none of their accounts is due. */
const recently = "2026-11-20T09:00:00.000Z";
const manager = account("manager", {
  organisationId: "1",
  roles: ["contract-manager"],
  createdAt: recently,
});
const admin = (username: string, parts: Partial<Account> = {}) =>
  account(username, { roles: ["organisation-admin"], createdAt: recently, ...parts });
const organisations = [
  organisation({ id: "1", displayName: "CIZ" }),
  organisation(),
  organisation({ id: "3", status: "closed" }),
];
const notice = (username: string, since = createdAt, lapsesOn = "2026-11-22", daysLeft = 14) =>
  mailLine("account-lapses", username, { since, lapsesOn, daysLeft });
const digest = (to: string, ...usernames: string[]) =>
  mailLine("accounts-lapsed", to, { usernames, count: usernames.length });

let world: World;
const given = (...accounts: Account[]) => world.seed(organisations, [manager, admin("admin"), ...accounts]);
beforeEach(async () => {
  world = await World.create();
});

describe("notice of a lapse", () => {
  it("is given 14 days before, once, to invited and active users alike", async () => {
    await given(account("fanna", { status: "invited" }), account("fbert"));
    for (let day = 1; day <= 21; day += 1) {
      const date = String(day).padStart(2, "0");
      await world.deactivate(`2026-11-${date}T05:00:00Z`);
      await world.deactivate(`2026-11-${date}T05:00:00Z`);
    }
    expect(await world.mails()).toEqual([notice("fanna"), notice("fbert")]);
    expect((await world.user("fanna"))["status"]).toBe("invited");
  });

  it("counts from the last sign-in, and again in a new period of disuse", async () => {
    await given(account("fanna"));
    await world.deactivate(noticeDay);
    const signedIn = "2026-11-12T20:00:00.000Z";
    await damage(world.tables, "USER#fanna", { lastLoginAt: signedIn });
    expect(await world.deactivate(lapseDay)).toMatchObject({ due: 1, reasons: { "signed-in-since": 1 } });
    expect(await world.dueList()).toContain(`inactivity#${shardOf("fanna")} ${signedIn}#2#fanna`);
    await world.deactivate("2027-04-28T05:00:00Z");
    expect((await world.mails()).filter((mail) => mail.includes("to fanna"))).toEqual(
      [notice("fanna"), notice("fanna", signedIn, "2027-05-12")].sort(),
    );
  });

  it("is given at once where an account turns out to be unused since a day whose turn it is", async () => {
    const since = "2026-05-30T10:00:00.000Z";
    await given(account("fanna", { lastLoginAt: since }));
    await world.deactivate(lapseDay);
    expect(await world.mails()).toEqual([notice("fanna", since, "2026-11-30", 8)]);
  });

  it.each([
    ["bounced", { mailStatus: "bounced" }, "bounced"],
    ["complained", { mailStatus: "complained" }, "complained"],
    ["is of a closed organisation", { organisationId: "3" }, "organisation-closed"],
  ] as const)("is not given to who %s, whose account lapses all the same", async (_, parts, reason) => {
    await given(account("fanna", parts));
    expect((await world.deactivate(noticeDay)).reasons).toMatchObject({ [reason]: 1 });
    expect(await world.mails()).toEqual([]);
    await world.deactivate(lapseDay);
    expect((await world.user("fanna"))["status"]).toBe("inactive");
  });

  it("is not given to a deleted user, who is taken off the list", async () => {
    await given(account("fanna"), account("fbert"));
    await damage(world.tables, "USER#fanna", { status: "deleted" });
    expect((await world.deactivate(noticeDay)).reasons).toMatchObject({ deleted: 1 });
    expect(await world.mails()).toEqual([notice("fbert")]);
    expect((await world.dueList()).join()).not.toContain("fanna");
  });
});

describe("a lapse", () => {
  it("ends the account: state, remark, sessions, link and address, with an audit event and a digest", async () => {
    const sessions = {
      one: { kind: "web", startedAt: createdAt, expiresAt: "2026-11-23T10:00:00.000Z", tokens: [] },
    } as const;
    const passwordLink = {
      id: "link-1",
      requestedAt: at,
      sentAt: at,
      expiresAt: "2026-11-22T13:00:00.000Z",
      state: "open" as const,
    };
    const passwordExpiresAt = "2026-12-22T10:00:00.000Z";
    await given(account("fanna", { sessions, passwordLink, passwordExpiresAt }));
    const result = await world.deactivate(lapseDay);
    expect(result).toMatchObject({ job: "deactivate-inactive", from: createdAt, to: at, done: 1, failed: 0 });
    const lapsed = await new DynamoUserRepository(world.tables).find("2", "fanna");
    expect(lapsed).toMatchObject({
      status: "inactive",
      sessions: {},
      version: 2,
      email: "fanna@zorg.example",
      remark: "Automatisch inactief geworden: 6 maanden niet ingelogd.",
      passwordLink: { state: "revoked" },
    });
    expect(await world.tables.items("EMAIL#fanna")).toEqual([]);
    expect(await world.tables.items("USERNAME#fanna")).toHaveLength(1);
    expect(await world.mails()).toEqual([digest("admin", "fanna")]);
    expect(await world.auditEvents()).toEqual(["user.lapsed fanna"]);
    const left = (await world.dueList()).filter((entry) => entry.includes("fanna"));
    expect(left).toEqual([`retention#${shardOf("fanna")} ${at}#2#fanna`]);
  });

  it("takes place on its day and not the day before, with or without notice", async () => {
    await given(account("fanna"));
    await world.deactivate("2026-11-21T22:59:59Z");
    expect((await world.user("fanna"))["status"]).toBe("active");
    await world.deactivate("2026-11-21T23:00:00Z");
    expect((await world.user("fanna"))["status"]).toBe("inactive");
  });

  it("catches up with missed runs, without a notice that would come too late", async () => {
    await given(
      account("fanna"),
      account("fbert", { createdAt: "2024-02-29T10:00:00.000Z", lastLoginAt: null }),
    );
    await world.deactivate("2027-03-01T05:00:00Z");
    for (const username of ["fanna", "fbert", "admin", "manager"]) {
      expect(await world.user(username)).toMatchObject(
        username.startsWith("f") ? { status: "inactive" } : { status: "active" },
      );
    }
    expect((await world.mails()).filter((mail) => mail.startsWith("account-lapses to f"))).toEqual([]);
  });

  it("frees the e-mail address for the same person under the next login name", async () => {
    await given(account("fanna"));
    await world.deactivate(lapseDay);
    const again = user({ username: "fanna2", email: "fanna@zorg.example" });
    await new DynamoUserRepository(world.tables).create(again, { mails: [], events: [] });
    expect(await world.tables.items("EMAIL#fanna")).toMatchObject([{ username: "fanna2" }]);
  });

  it("is told to all administrators of an organisation in one mail each, and to no one else's", async () => {
    await given(
      ...["fanna", "fbert", "fcees"].map((username) => account(username)),
      admin("boss"),
      admin("other", { organisationId: "3" }),
      account("fdirk", { organisationId: "3" }),
      account("feric", { organisationId: "1" }),
    );
    await world.deactivate(lapseDay);
    expect(await world.mails()).toEqual(
      [
        digest("admin", "fanna", "fbert", "fcees"),
        digest("boss", "fanna", "fbert", "fcees"),
        digest("other", "fdirk"),
        digest("manager", "feric"),
      ].sort(),
    );
  });

  it("names a hundred accounts in one mail and counts the others", async () => {
    const many = Array.from({ length: 103 }, (_, index) => account(`ftest${index + 2}`));
    await given(...many);
    await world.deactivate(lapseDay);
    const [mail] = await world.tables.items("MAIL#");
    const { usernames, count } = mail?.["data"] as { usernames: string[]; count: number };
    expect([usernames.length, count]).toEqual([100, 103]);
  });

  it("of an organisation's last active administrator is told to the operator's contract managers", async () => {
    const unused = { createdAt, lastLoginAt: "2026-05-22T11:00:00.000Z" };
    await given(
      admin("boss", unused),
      admin("first", { ...unused, organisationId: "3" }),
      admin("second", { ...unused, organisationId: "3" }),
      admin("newcomer", { organisationId: "3", status: "invited", lastLoginAt: null, createdAt: at }),
    );
    await world.deactivate(lapseDay);
    const told = { organisationId: "3", organisationName: "Zorg Voorbeeld", lapsedOn: "2026-11-22" };
    expect(await world.mails()).toEqual(
      [
        digest("admin", "boss"),
        mailLine("last-administrator-lapsed", undefined, told),
        digest("newcomer", "first", "second"),
      ].sort(),
    );
  });

  it("leaves the account alone if its user signs in while the job runs", async () => {
    await given(account("fanna"));
    let signsIn = true;
    world.tables.client.middlewareStack.add(
      (next, context) => async (args) => {
        if (context["commandName"] === "TransactWriteItemsCommand" && signsIn) {
          signsIn = false;
          await damage(world.tables, "USER#fanna", { lastLoginAt: "2026-11-22T05:00:00.100Z" });
        }
        return next(args);
      },
      { step: "initialize", name: "signIn" },
    );
    await world.deactivate(lapseDay);
    expect(await world.user("fanna")).toMatchObject({
      status: "active",
      lastLoginAt: "2026-11-22T05:00:00.100Z",
    });
    expect(await world.auditEvents()).toEqual([]);
  });
});

describe("the last active contract manager", () => {
  const chief = (username: string, parts: Partial<Account> = {}) =>
    account(username, { organisationId: "1", roles: ["contract-manager"], ...parts });
  const statusOf = async (...usernames: string[]) =>
    Promise.all(usernames.map(async (username) => (await world.user(username))["status"]));
  const seeded = (...accounts: Account[]) => world.seed(organisations, accounts);

  it("never lapses: the account stays, and the job's result and metric say so every day", async () => {
    await seeded(chief("boss"));
    for (const day of [lapseDay, "2026-11-23T05:00:00Z", "2027-06-01T05:00:00Z"]) {
      const result = await world.deactivate(day);
      expect(result).toMatchObject({ done: 0, failed: 0, kept: ["boss"] });
      expect(result.reasons).toEqual({ "last-contract-manager": 1 });
      expect(world.measured["JobAccountsKept"]).toBe(1);
    }
    expect(await statusOf("boss")).toEqual(["active"]);
    expect(await world.auditEvents()).toEqual([]);
    expect(await world.tables.items("EMAIL#boss")).toHaveLength(1);
  });

  it.each([
    ["an invited one, where nobody is active", chief("boss", { status: "invited" }), []],
    ["the last of several who are due in one run", chief("boss"), [chief("chef"), chief("head")]],
    [
      "the active one, where the others were only invited",
      chief("boss"),
      [chief("new", { status: "invited", createdAt: recently })],
    ],
  ])("is %s", async (_, one, others) => {
    await seeded(one, ...others);
    const { kept } = await world.deactivate(lapseDay);
    expect(kept).toHaveLength(1);
    const usable = (await statusOf("boss", ...others.map(({ username }) => username))).filter(
      (status) => status !== "inactive",
    );
    expect(usable.length).toBeGreaterThan(0);
    expect((await world.user(kept[0]!))["status"]).not.toBe("inactive");
  });

  it("lapses as everybody does once there is another who uses the account", async () => {
    await seeded(chief("boss"));
    await world.deactivate(lapseDay);
    await world.put(itemsOfAll([], [chief("chef", { createdAt: at })]));
    expect(await world.deactivate("2026-11-23T05:00:00Z")).toMatchObject({ done: 1, kept: [] });
    expect(await statusOf("boss", "chef")).toEqual(["inactive", "active"]);
  });

  it("is one of two, where two runs take place at once", async () => {
    await seeded(chief("boss"), chief("chef"));
    await Promise.all([world.deactivate(lapseDay), world.deactivate(lapseDay)]);
    expect((await statusOf("boss", "chef")).sort()).toEqual(["active", "inactive"]);
  });

  it("is found in the write, where the other one is deleted at the same moment", async () => {
    await seeded(chief("boss"), chief("chef", { createdAt: recently }));
    let deletes = true;
    world.tables.client.middlewareStack.add(
      (next, context) => async (args) => {
        if (context["commandName"] === "TransactWriteItemsCommand" && deletes) {
          deletes = false;
          await damage(world.tables, "USER#chef", { status: "deleted" });
        }
        return next(args);
      },
      { step: "initialize", name: "deletion" },
    );
    expect(await world.deactivate(lapseDay)).toMatchObject({ kept: ["boss"], failed: 0 });
    expect(await statusOf("boss", "chef")).toEqual(["active", "deleted"]);
  });
});

describe("however many administrators there are", () => {
  const many = (count: number, parts: Partial<Account>) =>
    Array.from({ length: count }, (_, index) =>
      account(`fboss${index + 2}`, { createdAt: recently, ...parts }),
    );

  it("an organisation's last one lapses, and one mail to all 150 contract managers is committed", async () => {
    const unused = { createdAt, lastLoginAt: "2026-05-22T11:00:00.000Z" };
    const managers = many(150, { organisationId: "1", roles: ["contract-manager"] });
    await world.seed(organisations, [...managers, admin("first", unused)]);
    expect(await world.deactivate(lapseDay)).toMatchObject({ done: 1, failed: 0 });
    expect(await world.tables.items("MAIL#")).toMatchObject([
      { template: "last-administrator-lapsed", organisationId: "1", toRole: "contract-manager" },
    ]);
  });

  it("all 150 get the digest", async () => {
    const administrators = many(150, { roles: ["organisation-admin"] });
    await world.seed(organisations, [manager, ...administrators, account("fanna")]);
    expect(await world.deactivate(lapseDay)).toMatchObject({ done: 1, failed: 0 });
    expect(await world.tables.items("MAIL#")).toHaveLength(150);
  });

  it("one of 150 contract managers lapses", async () => {
    const managers = many(149, { organisationId: "1", roles: ["contract-manager"] });
    const unused = account("fanna", { organisationId: "1", roles: ["contract-manager"] });
    await world.seed(organisations, [...managers, unused]);
    expect(await world.deactivate(lapseDay)).toMatchObject({ done: 1, failed: 0, kept: [] });
  });
});

it("takes off the list what the version before had still to tell Cognito", async () => {
  await given(account("fanna", { status: "deleted", remark: "Uit dienst" }));
  const ended = { organisationId: "2", username: "fanna" };
  await world.put([dueItem("unfinished", ended, "2026-11-20")]);
  expect(await world.deactivate(lapseDay)).toMatchObject({ due: 1, done: 1, failed: 0 });
  expect((await world.dueList()).filter((entry) => entry.startsWith("unfinished"))).toEqual([]);
});

describe("what fails", () => {
  it("for one user does not stop the others, and is tried again", async () => {
    await given(account("fanna"), account("fbert"));
    await damage(world.tables, "USER#fanna", { roles: ["emperor"] });
    expect(await world.deactivate(lapseDay)).toMatchObject({
      done: 1,
      failed: 1,
      reasons: { unexpected: 1 },
    });
    expect((await world.user("fbert"))["status"]).toBe("inactive");
    await damage(world.tables, "USER#fanna", { roles: [] });
    expect(await world.deactivate("2026-11-23T05:00:00Z")).toMatchObject({ due: 1, done: 1 });
    expect(await world.mails()).toEqual([digest("admin", "fanna"), digest("admin", "fbert")]);
  });

  it("for want of time is left for the next run, which completes it", async () => {
    await given(...["fanna", "fbert", "fcees"].map((username) => account(username)));
    world.time = 2;
    expect(await world.deactivate(lapseDay)).toMatchObject({ due: 3, done: 2, left: 1 });
    world.time = Infinity;
    expect(await world.deactivate(lapseDay)).toMatchObject({ due: 1, done: 1, left: 0 });
    expect(await world.deactivate(lapseDay)).toMatchObject({ from: at, due: 0 });
  });
});

describe("personal data", () => {
  it("are erased two years after the end; login name, dates and audit events stay", async () => {
    await given(account("fanna", { phone: "06 555 012 34", memo: "Werkt op dinsdag." }));
    await world.deactivate(lapseDay);
    await world.put([{ PK: "HISTORY#fanna", SK: "HISTORY", salt: new Uint8Array([1]), hashes: [] }]);
    expect(await world.deactivate("2028-11-21T05:00:00Z")).toMatchObject({ due: 2, failed: 0 });
    expect((await world.user("fanna"))["email"]).toBe("fanna@zorg.example");
    expect(await world.deactivate("2028-11-22T05:00:00Z")).toMatchObject({ done: 1, kept: ["manager"] });
    const erased = await new DynamoUserRepository(world.tables).find("2", "fanna");
    expect(erased).toMatchObject({
      ...erasedPerson,
      username: "fanna",
      status: "inactive",
      createdAt,
      lastLoginAt: null,
      remark: "De persoonsgegevens zijn gewist, omdat de bewaartermijn voorbij is.",
    });
    expect(await world.tables.items("HISTORY")).toEqual([]);
    expect(await world.auditEvents()).toContain("user.erased fanna");
    const everything = JSON.stringify(await world.state());
    for (const trace of ["fanna@", "555 012", "dinsdag"]) expect(everything).not.toContain(trace);
    expect((await world.deactivate("2028-11-22T05:00:00Z")).done).toBe(0);
  });
});

function shardOf(username: string): number {
  return Array.from(username).reduce((sum, letter) => sum + letter.codePointAt(0)!, 0) % 2;
}
