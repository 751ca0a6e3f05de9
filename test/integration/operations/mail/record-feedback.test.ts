import { PutCommand } from "@aws-sdk/lib-dynamodb";
import { beforeEach, describe, expect, it } from "vitest";
import { readFeedback } from "../../../../shared/ses/read-feedback.ts";
import { recordFeedback, type FeedbackResult } from "../../../../shared/operations/mail/record-feedback.ts";
import type { User } from "../../../../shared/domain/user.ts";
import { emailKey } from "../../../../shared/dynamodb/keys.ts";
import { DynamoMailStatusRepository } from "../../../../shared/dynamodb/mail-status-repository.ts";
import { DynamoUserRepository } from "../../../../shared/dynamodb/user-repository.ts";
import { organisation, user } from "../../../support/domain.ts";
import { createTables, type TestTables } from "../../../support/dynamodb.ts";
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

describe("feedback on a mail (SECURITY 23)", () => {
  it("that bounced permanently sets the mail status and adds an audit event in one transaction", async () => {
    expect(await tell(bounce("femke.test@zorg.example"))).toBe("noted");
    expect(await standing()).toBe("bounced");
    expect(tables.requests).toEqual(["GetItem", "GetItem", "TransactWriteItems", "GetItem"]);
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
