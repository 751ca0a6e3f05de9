import { beforeEach, describe, expect, it } from "vitest";
import type { PasswordClaim, PasswordRepository } from "../../../shared/domain/ports/passwords.ts";
import type { PasswordLink, Session, User } from "../../../shared/domain/user.ts";
import { DynamoPasswordRepository } from "../../../shared/dynamodb/password-repository.ts";
import { DynamoSessionRepository } from "../../../shared/dynamodb/session-repository.ts";
import { DynamoUserRepository } from "../../../shared/dynamodb/user-repository.ts";
import { organisation, user } from "../../support/domain.ts";
import { createTables, type TestTables } from "../../support/dynamodb.ts";
import { consequences, damage, inParallel, refusalsOf, seed, sampleEvent } from "./seed.ts";

type Accepted = Parameters<PasswordRepository["recordAccepted"]>[0];

let tables: TestTables;
let passwords: DynamoPasswordRepository;

const at = (minutes: number) => new Date(Date.UTC(2026, 10, 22, 12, minutes)).toISOString();
const open: PasswordLink = {
  id: "link-1",
  requestedAt: at(0),
  sentAt: at(1),
  expiresAt: at(480),
  state: "open",
};
const session: Session = { kind: "web", startedAt: at(0), expiresAt: at(480), tokens: ["token"] };
const history = { salt: new Uint8Array([1, 2, 3]), hashes: [new Uint8Array([4, 5]), new Uint8Array([6])] };
const stored = async () => (await new DynamoUserRepository(tables).find("2", "ftest"))!;

async function given(parts: Partial<User>): Promise<User> {
  const one = user(parts);
  await seed(tables, { organisations: [organisation()], users: [one] });
  tables.forget();
  return one;
}

const withLink = (account: User): PasswordClaim => ({ user: account, linkId: "link-1", at: at(10) });
const withoutLink = (account: User): PasswordClaim => ({ user: account, linkId: null, at: at(10) });

async function claimed(claim: PasswordClaim): Promise<PasswordClaim> {
  await passwords.claim(claim, at(0));
  tables.forget();
  return claim;
}

function record(claim: PasswordClaim, parts: Partial<Accepted> = {}): Promise<void> {
  return passwords.recordAccepted({
    claim,
    expiresAt: "2027-02-22T12:10:00.000Z",
    history,
    keepSession: null,
    consequences: consequences(),
    ...parts,
  });
}

beforeEach(async () => {
  tables = await createTables();
  passwords = new DynamoPasswordRepository(tables);
});

describe("recordAccepted with a link", () => {
  const invited = { status: "invited", passwordChangedAt: null, passwordExpiresAt: null } as const;

  it("activates the account and marks the link as used, with history, mail and audit event, in one transaction", async () => {
    const account = await given({ ...invited, passwordLink: open, sessions: { old: session } });
    await record(await claimed(withLink(account)));
    expect(tables.requests).toEqual(["TransactWriteItems"]);
    expect(await stored()).toEqual({
      ...{
        ...account,
        status: "active",
        passwordChangedAt: at(10),
        passwordExpiresAt: "2027-02-22T12:10:00.000Z",
      },
      passwordLink: { ...open, state: "used" },
      sessions: {},
      version: 2,
    });
    expect(await passwords.findHistory("2", "ftest")).toEqual(history);
    expect(await tables.items("MAIL")).toHaveLength(1);
    expect(await tables.auditEvents()).toHaveLength(1);
    expect((await tables.items("ORG#2")).filter((item) => "passwordClaim" in item)).toEqual([]);
  });

  it("keeps one due entry, at the end of the latest password", async () => {
    const account = await given({ ...invited, passwordLink: open });
    await record(await claimed(withLink(account)), { expiresAt: "2027-01-31T23:30:00.000Z" });
    await record(await claimed(withoutLink(await stored())), { expiresAt: "2027-02-28T12:00:00.000Z" });
    const listed = (await tables.items()).filter(({ SK }) => String(SK).startsWith("DUE#"));
    const due = listed.map((item) => item["dueSort"]);
    expect(due).toEqual(["2027-02-28T12:00:00.000Z#2#ftest"]);
  });

  it("revokes a newer link that was requested meanwhile", async () => {
    const account = await given({ ...invited, passwordLink: open });
    const claim = await claimed(withLink(account));
    const newer: PasswordLink = { ...open, id: "link-2" };
    await damage(tables, "USER#ftest", { passwordLink: newer });
    await record(claim);
    expect(await stored()).toMatchObject({ status: "active", passwordLink: { ...newer, state: "revoked" } });
  });

  it.each([
    ["lost to another", { passwordClaim: { linkId: "link-1", at: at(11) } }],
    ["lost to another link", { passwordClaim: { linkId: "link-2", at: at(10) } }],
    ["given back", { passwordClaim: null }],
  ])("is refused when the claim was %s", async (_, change) => {
    const claim = await claimed(withLink(await given({ ...invited, passwordLink: open })));
    await damage(tables, "USER#ftest", change);
    await expect(record(claim)).rejects.toThrow("link-expired");
    expect((await stored()).status).toBe("invited");
    expect(await passwords.findHistory("2", "ftest")).toBeNull();
    expect(await tables.auditEvents()).toEqual([]);
  });

  it.each(["inactive", "deleted"] as const)("does not bring an account back that is %s", async (status) => {
    const claim = await claimed(withLink(await given({ passwordLink: open })));
    await damage(tables, "USER#ftest", { status });
    await expect(record(claim)).rejects.toThrow("link-expired");
    expect((await stored()).status).toBe(status);
  });

  it("records the use of a link once, also in parallel", async () => {
    const claim = await claimed(withLink(await given({ ...invited, passwordLink: open })));
    const results = await inParallel(10, () => record(claim));
    expect(refusalsOf(results)).toEqual(Array(9).fill("link-expired"));
    expect((await stored()).version).toBe(2);
  });
});

describe("recordAccepted with a known password", () => {
  const sessions = { mine: session, other: { ...session, tokens: ["another"] } };

  it("keeps the current session and ends the others, in one transaction", async () => {
    const account = await given({ sessions });
    await record(await claimed(withoutLink(account)), { keepSession: "mine" });
    expect(tables.requests).toEqual(["TransactWriteItems"]);
    expect((await stored()).sessions).toEqual({ mine: session });
  });

  it("ends all sessions when none is to be kept, and revokes the open link", async () => {
    await record(await claimed(withoutLink(await given({ sessions, passwordLink: open }))));
    expect((await stored()).sessions).toEqual({});
    expect((await stored()).passwordLink).toEqual({ ...open, state: "revoked" });
  });

  it("revokes a link that was requested meanwhile, and leaves a used one as it is", async () => {
    const claim = await claimed(
      withoutLink(await given({ sessions, passwordLink: { ...open, state: "used" } })),
    );
    const newer: PasswordLink = { ...open, id: "link-2" };
    await damage(tables, "USER#ftest", { passwordLink: newer });
    await record(claim);
    expect((await stored()).passwordLink).toEqual({ ...newer, state: "revoked" });
    const used: PasswordLink = { ...open, state: "used" };
    await record(await claimed(withoutLink(await given({ sessions, passwordLink: used }))));
    expect((await stored()).passwordLink).toEqual(used);
  });

  it("ends a session that was opened at the same moment", async () => {
    const account = await given({ sessions: { mine: session } });
    const claim = await claimed(withoutLink(account));
    await new DynamoSessionRepository(tables).open(account, "new", session, sampleEvent());
    await record(claim, { keepSession: "mine" });
    expect(Object.keys((await stored()).sessions)).toEqual(["mine"]);
  });

  it("keeps a token that the kept session got meanwhile", async () => {
    const account = await given({ sessions: { mine: session } });
    const claim = await claimed(withoutLink(account));
    await new DynamoSessionRepository(tables).addToken(
      account,
      "mine",
      { hash: "second", expiresAt: at(15) },
      new Date(at(0)),
    );
    await record(claim, { keepSession: "mine" });
    expect((await stored()).sessions["mine"]?.tokens).toEqual(["token", "second"]);
  });

  it("does not bring back a session that ended meanwhile", async () => {
    const account = await given({ sessions: { mine: session } });
    const claim = await claimed(withoutLink(account));
    await new DynamoSessionRepository(tables).end(account, "mine", { mails: [], events: [] });
    await record(claim, { keepSession: "mine" });
    expect((await stored()).sessions).toEqual({});
    expect((await stored()).passwordChangedAt).toBe(at(10));
  });

  it.each(["invited", "inactive", "deleted"] as const)(
    "is refused when the account is %s",
    async (status) => {
      const claim = await claimed(withoutLink(await given({ sessions: { mine: session } })));
      await damage(tables, "USER#ftest", { status });
      await expect(record(claim, { keepSession: "mine" })).rejects.toThrow("not-authenticated");
      await expect(record(claim)).rejects.toThrow("not-authenticated");
      expect(await tables.auditEvents()).toEqual([]);
    },
  );
});

describe("findHistory", () => {
  it("finds none before the first password", async () => {
    expect(await passwords.findHistory("2", "ftest")).toBeNull();
  });

  it("calls a stored history that does not parse a fault", async () => {
    await record(await claimed(withoutLink(await given({}))));
    await damage(tables, "HISTORY#ftest", { hashes: ["text"] });
    await expect(passwords.findHistory("2", "ftest")).rejects.toThrow(
      "A stored password history does not parse: hashes",
    );
  });
});
