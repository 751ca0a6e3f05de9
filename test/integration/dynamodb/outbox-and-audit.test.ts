import { beforeEach, describe, expect, it } from "vitest";
import { queuedMails } from "../../../infra/operations/queued-mails.ts";
import type { OutboxMail } from "../../../shared/domain/mail.ts";
import { DynamoAuditTrail } from "../../../shared/dynamodb/audit-trail.ts";
import { DynamoMailOutbox } from "../../../shared/dynamodb/mail-outbox.ts";
import { DynamoQueuedMails } from "../../../shared/dynamodb/queued-mails.ts";
import { DynamoUserRepository } from "../../../shared/dynamodb/user-repository.ts";
import { organisation, user } from "../../support/domain.ts";
import { createTables, type TestTables } from "../../support/dynamodb.ts";
import { damage, inParallel, mail, seed, sampleEvent } from "./seed.ts";

let tables: TestTables;
let outbox: DynamoMailOutbox;

beforeEach(async () => {
  tables = await createTables();
  outbox = new DynamoMailOutbox(tables);
});

async function queue(...mails: OutboxMail[]): Promise<void> {
  await seed(tables, { organisations: [organisation()] });
  await new DynamoUserRepository(tables).create(user(), { mails, events: [] });
  tables.forget();
}

describe("the outbox", () => {
  const at = "2026-11-22T12:05:00.000Z";

  it("holds every kind of mail as it was put in", async () => {
    const base = { organisationId: "2", username: "ftest", createdAt: at };
    const mails: OutboxMail[] = [
      { ...base, id: "1", template: "welcome", data: { administrator: true } },
      { ...base, id: "2", template: "password-link", data: { linkId: "link" } },
      { ...base, id: "3", template: "password-changed", data: { changedAt: at } },
      { ...base, id: "5", template: "password-expires", data: { expiresAt: at, daysLeft: 14 } },
      { ...base, id: "6", template: "accounts-lapsed", data: { usernames: ["fanna"], count: 3 } },
      {
        ...base,
        id: "7",
        template: "account-lapses",
        data: { since: at, lapsesOn: "2026-12-06", daysLeft: 14 },
      },
      {
        ...base,
        id: "8",
        template: "last-administrator-lapsed",
        data: { organisationId: "3", organisationName: "De Linde", lapsedOn: "2026-11-22" },
      },
    ];
    await queue(...mails);
    for (const one of mails) expect(await outbox.find(one.id)).toEqual({ mail: one, state: "queued" });
    expect(await outbox.find("4")).toBeNull();
  });

  it("gives the time of the oldest queued mail, in four small reads, until it is settled", async () => {
    const queued = new DynamoQueuedMails(tables);
    expect(await queued.oldest()).toBeNull();
    const ages = ["2026-11-22T12:03:00.000Z", "2026-11-22T12:01:00.000Z", "2026-11-22T12:02:00.000Z"];
    const mails = ages.map((createdAt, number) => ({ ...mail({ id: `mail-${number}` }), createdAt }));
    await queue(...mails);
    expect(await queued.oldest()).toBe(ages[1]);
    expect(tables.requests).toHaveLength(4);
    await outbox.settle("mail-1", { state: "sent", at, messageId: "1" });
    expect(await queued.oldest()).toBe(ages[2]);
  });

  it("does not count a mail that is set aside as waiting, until it is tried again and sent", async () => {
    const queued = new DynamoQueuedMails(tables);
    const ages = ["2026-11-22T12:01:00.000Z", "2026-11-22T12:02:00.000Z"];
    await queue(...ages.map((createdAt, number) => ({ ...mail({ id: `mail-${number}` }), createdAt })));
    expect([await queued.oldest(), await queued.setAside()]).toEqual([ages[0], 0]);
    await outbox.setAside("mail-0");
    expect([await queued.oldest(), await queued.setAside()]).toEqual([ages[1], 1]);
    expect(await queuedMails(tables, new Date("2026-11-22T13:00:00.000Z"))).toEqual(["mail-1", "mail-0"]);
    await outbox.settle("mail-0", { state: "sent", at, messageId: "1" });
    await outbox.setAside("mail-0");
    expect([await queued.oldest(), await queued.setAside()]).toEqual([ages[1], 0]);
  });

  it("records the outcome of a mail, in one round trip", async () => {
    await queue(mail({ id: "1" }));
    await outbox.settle("1", { state: "sent", at, messageId: "message" });
    expect(tables.requests).toEqual(["UpdateItem"]);
    expect((await outbox.find("1"))?.state).toBe("sent");
    const [item] = await tables.items("MAIL");
    expect(item).toMatchObject({ state: "sent", outcome: { at, messageId: "message" } });
  });

  it("removes the former address once its mail is sent", async () => {
    const base = { id: "1", organisationId: "2", username: "ftest", createdAt: at };
    const data = { changedAt: at, formerAddress: "former@zorg.example" };
    await queue({ ...base, template: "email-changed", data });
    await outbox.settle("1", { state: "sent", at, messageId: "message" });
    expect(JSON.stringify(await tables.items("MAIL"))).not.toContain("former@");
    expect((await outbox.find("1"))?.mail).toMatchObject({ data: { changedAt: at, formerAddress: null } });
  });

  it("keeps the first outcome, also of parallel ones", async () => {
    await queue(mail({ id: "1" }));
    await outbox.settle("1", { state: "refused", at, reason: "no such mailbox" });
    await inParallel(5, () => outbox.settle("1", { state: "sent", at, messageId: "message" }));
    expect((await outbox.find("1"))?.state).toBe("refused");
  });

  it("creates no mail when an unknown one is settled", async () => {
    await outbox.settle("none", { state: "sent", at, messageId: "message" });
    expect(await tables.items()).toEqual([]);
  });

  it("calls a stored mail that does not parse a fault", async () => {
    await queue(mail({ id: "1" }));
    await damage(tables, "MAIL", { template: "unheard-of" });
    await expect(outbox.find("1")).rejects.toThrow("A stored mail does not parse: template");
    await damage(tables, "MAIL", { template: "welcome", data: { administrator: true }, state: "lost" });
    await expect(outbox.find("1")).rejects.toThrow("A stored mail does not parse: state");
  });

  it("takes no mail twice under one id", async () => {
    await queue(mail({ id: "1" }));
    const again = new DynamoUserRepository(tables).create(user({ username: "b", email: "b@b.example" }), {
      mails: [mail({ id: "1" })],
      events: [],
    });
    await expect(again).rejects.toThrow("There is a mail with this id already");
  });
});

describe("the audit trail", () => {
  it("keeps an event whole, in its organisation's trail and in the order of time", async () => {
    const trail = new DynamoAuditTrail(tables);
    const event = sampleEvent({ id: "b", detail: { faults: ["too-short"], first: true, count: 2 } });
    await trail.append(event);
    expect(await tables.auditEvents()).toEqual([{ ...event, PK: "ORG#2", SK: `${event.at}#b` }]);
  });

  it("stores events about unknown login names by the day in the Netherlands", async () => {
    const event = sampleEvent({ organisationId: null, at: "2026-11-22T23:30:00.000Z" });
    await new DynamoAuditTrail(tables).append(event);
    expect((await tables.auditEvents())[0]).toMatchObject({ PK: "UNATTRIBUTED#2026-11-23" });
  });

  it("never overwrites an event", async () => {
    const trail = new DynamoAuditTrail(tables);
    await trail.append(sampleEvent({ id: "a" }));
    await expect(trail.append(sampleEvent({ id: "a", outcome: "refused" }))).rejects.toThrow(
      "There is an audit event with this id already",
    );
    expect((await tables.auditEvents())[0]).toMatchObject({ outcome: "done" });
  });
});
