import { PutCommand } from "@aws-sdk/lib-dynamodb";
import { randomUUID } from "node:crypto";
import { beforeEach, describe, expect, it } from "vitest";
import { bringsLetter } from "../../../../shared/domain/mail.ts";
import { organisationEntry, type Organisation } from "../../../../shared/domain/organisation.ts";
import { closureMails } from "../../../../shared/domain/sanction-mails.ts";
import { DynamoSanctionRepository } from "../../../../shared/dynamodb/sanction-repository.ts";
import { readFeedback } from "../../../../shared/ses/read-feedback.ts";
import { recordFeedback, type FeedbackResult } from "../../../../shared/operations/mail/record-feedback.ts";
import type { User } from "../../../../shared/domain/user.ts";
import {
  closureKey,
  emailKey,
  organisationEntryKey,
  organisationKey,
} from "../../../../shared/dynamodb/keys.ts";
import { DynamoMailStatusRepository } from "../../../../shared/dynamodb/mail-status-repository.ts";
import { DynamoUserRepository } from "../../../../shared/dynamodb/user-repository.ts";
import { organisation, user } from "../../../support/domain.ts";
import { createTables, putAll, type TestTables } from "../../../support/dynamodb.ts";
import { closure } from "../../../support/sanctions.ts";
import { bounce, complaint, delivery, source } from "../../../support/mail-feedback.ts";
import { damage, inParallel, seed } from "../../dynamodb/seed.ts";

const femke = user({ email: "Femke.Test@zorg.example" });
let tables: TestTables;

beforeEach(async () => {
  tables = await createTables();
  await seed(tables, { organisations: [organisation()], users: [femke] });
  await reserve(femke);
  tables.forget();
});

async function reserve({ email, organisationId, username }: User): Promise<void> {
  const Item = { ...emailKey(email), organisationId, username };
  await tables.client.send(new PutCommand({ TableName: tables.tableName, Item }));
}

async function tell(event: unknown): Promise<FeedbackResult | undefined> {
  const record = recordFeedback({ mailStatuses: new DynamoMailStatusRepository(tables) });
  const [feedback] = readFeedback(event, source);
  return feedback && record(feedback);
}

const standing = async () => (await new DynamoUserRepository(tables).find("2", "ftest"))?.mailStatus;

describe("feedback on a letter about a closure", () => {
  const closed = async (organisationId: string, id: string, parts: Partial<Organisation> = {}) => {
    const one = organisation({ id: organisationId, agbCode: null, ...parts });
    await putAll(tables, [
      { ...organisationKey(one.id), ...one },
      { ...organisationEntryKey(one.id), ...organisationEntry(one) },
    ]);
    const closing = closure({ id, organisationId });
    const mails = closureMails(closing, [], one, randomUUID);
    const sanctions = new DynamoSanctionRepository(tables);
    await sanctions.close(closing, new Uint8Array([1]), { mails, events: [] });
    return { sanctions, mails: mails.filter(bringsLetter) };
  };
  const undelivered = async (organisationId: string) =>
    (await new DynamoSanctionRepository(tables).closures(organisationId)).flatMap((one) =>
      one.undelivered.map(({ letter, to, verdict }) => `${letter} to ${to.address} ${verdict}`),
    );

  it("stands on the closure and in the trail, although no user has the address; again it changes nothing", async () => {
    await closed("3", "c1");
    for (let times = 0; times < 2; times += 1) {
      const expected = times === 0 ? "noted" : "unchanged";
      expect(await tell(bounce("H.Prins@zorg.example"))).toBe(expected);
    }
    expect(await undelivered("3")).toEqual(["closing to h.prins@zorg.example bounced"]);
    const events = await tables.auditEvents();
    expect(events).toMatchObject([
      {
        PK: "ORG#3",
        action: "mail.bounced",
        subject: { type: "closure", id: "c1" },
        detail: { letter: "closing", kind: "General" },
      },
    ]);
    expect(JSON.stringify(events)).not.toContain("@");
  });

  it("is about the letter that it names, where one person signs for two organisations", async () => {
    const first = await closed("3", "c1");
    await closed("4", "c2");
    const { id } = first.mails[0]!;
    expect(await tell(bounce("h.prins@zorg.example", { mailId: id }))).toBe("noted");
    expect(await undelivered("3")).toHaveLength(1);
    expect(await undelivered("4")).toEqual([]);
    expect(await tell(bounce("h.prins@zorg.example", { mailId: randomUUID(), feedbackId: "f2" }))).toBe(
      "nobody-has-it",
    );
  });

  it("is recorded on the user too, where the address is a user's", async () => {
    await closed("3", "c1", { signatory: { name: "Femke Test", email: femke.email } });
    expect(await tell(complaint(femke.email))).toBe("noted");
    expect(await standing()).toBe("complained");
    expect(await undelivered("3")).toEqual(["closing to Femke.Test@zorg.example complained"]);
  });

  it("that it arrived leaves nothing", async () => {
    await closed("3", "c1");
    await tell(delivery("h.prins@zorg.example"));
    expect(await undelivered("3")).toEqual([]);
    expect(await tables.auditEvents()).toEqual([]);
  });

  it("on a closure of the version before, which has no such list, reads as none", async () => {
    const { undelivered: none, ...before } = closure({ organisationId: "3" });
    await putAll(tables, [{ ...closureKey("3", before.id), ...before }]);
    expect(none).toEqual([]);
    expect(await undelivered("3")).toEqual([]);
  });
});

describe("feedback on a mail (SECURITY 23)", () => {
  it("that bounced permanently sets the mail status and adds an audit event in one transaction", async () => {
    expect(await tell(bounce("femke.test@zorg.example"))).toBe("noted");
    expect(await standing()).toBe("bounced");
    expect(tables.requests).toEqual(["GetItem", "GetItem", "TransactWriteItems", "Query", "GetItem"]);
    const [trace] = await tables.auditEvents();
    expect(trace).toMatchObject({
      PK: "ORG#2",
      action: "mail.bounced",
      subject: { type: "user", id: "ftest" },
      at: "2026-11-22T12:00:01.000Z",
      actor: null,
      detail: { kind: "General" },
    });
    expect(JSON.stringify(trace)).not.toContain("@");
  });

  it("that was reported as unwanted does the same", async () => {
    expect(await tell(complaint(femke.email))).toBe("noted");
    expect(await standing()).toBe("complained");
    expect(await tables.auditEvents()).toMatchObject([{ action: "mail.complained" }]);
  });

  it("that arrived makes an unknown mail status ok, without an audit event", async () => {
    expect(await tell(delivery(femke.email))).toBe("noted");
    expect(await standing()).toBe("ok");
    expect(await tables.auditEvents()).toEqual([]);
  });

  it("changes nothing when it is repeated, or arrives many times at once", async () => {
    await inParallel(6, () => tell(bounce(femke.email)));
    await tell(bounce(femke.email));
    expect(await standing()).toBe("bounced");
    expect(await tables.auditEvents()).toHaveLength(1);
  });

  it("does not count a second time after the mail status was reset by hand", async () => {
    await tell(bounce(femke.email));
    await damage(tables, "USER#ftest", { mailStatus: "unknown" });
    expect(await tell(bounce(femke.email))).toBe("unchanged");
    expect(await standing()).toBe("unknown");
  });

  it("an old delivery, or a complaint, does not make a bouncing address any better", async () => {
    await tell(bounce(femke.email));
    expect(await tell(delivery(femke.email))).toBe("unchanged");
    expect(await tell(complaint(femke.email, { feedbackId: "other" }))).toBe("unchanged");
    expect(await standing()).toBe("bounced");
  });

  it("does not touch a user who has another address by now", async () => {
    await damage(tables, "USER#ftest", { email: "new@zorg.example" });
    expect(await tell(bounce(femke.email))).toBe("nobody-has-it");
    expect(await standing()).toBe("unknown");
  });

  it("does not touch a user whose address changes at the same time", async () => {
    const mailStatuses = new DynamoMailStatusRepository(tables);
    const before = await mailStatuses.findByEmail(femke.email);
    await damage(tables, "USER#ftest", { email: "new@zorg.example" });
    expect(await mailStatuses.record(before!, "bounced", null)).toBe(false);
    expect(await standing()).toBe("unknown");
  });

  it("counts for the user who has the address now, and for none if no user has it", async () => {
    expect(await tell(bounce("somebody.else@zorg.example"))).toBe("nobody-has-it");
    const heir = user({ username: "ftest2", email: "heir@zorg.example" });
    await seed(tables, { users: [heir] });
    await reserve(heir);
    await tell(bounce("heir@zorg.example"));
    expect((await new DynamoUserRepository(tables).find("2", "ftest2"))?.mailStatus).toBe("bounced");
    expect(await standing()).toBe("unknown");
  });
});
