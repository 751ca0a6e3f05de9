import type { InvokeCommand, LambdaClient } from "@aws-sdk/client-lambda";
import type { Context, DynamoDBStreamEvent } from "aws-lambda";
import { beforeEach, expect, it } from "vitest";
import { deliverBatch } from "../../../../shared/operations/mail/deliver-batch.ts";
import {
  deliverMail,
  type DeliverMailDependencies,
} from "../../../../shared/operations/mail/deliver-mail.ts";
import { deliver, queuedMails, refusedMails, requeue } from "../../../../infra/operations/queued-mails.ts";
import { MailRefused } from "../../../../shared/domain/ports/mail.ts";
import { settingsSchema } from "../../../../shared/domain/settings.ts";
import { DynamoMailOutbox } from "../../../../shared/dynamodb/mail-outbox.ts";
import { DynamoPasswordLinkRepository } from "../../../../shared/dynamodb/password-link-repository.ts";
import { DynamoUserRepository } from "../../../../shared/dynamodb/user-repository.ts";
import { organisation, user } from "../../../support/domain.ts";
import { createTables, type TestTables } from "../../../support/dynamodb.ts";
import { damage, seed } from "../../dynamodb/seed.ts";

const settings = settingsSchema.parse({});
const now = new Date("2026-11-22T15:00:00.000Z");
let tables: TestTables;
let sent: string[];
let refuse: Error | null;
let accounts = 1;

beforeEach(async () => {
  tables = await createTables();
  sent = [];
  refuse = null;
  await seed(tables, { organisations: [organisation()] });
});

/** Accounts with a welcome mail each, written down at a time. */
async function queue(createdAt: string, ...ids: string[]): Promise<void> {
  for (const id of ids) {
    const one = user({ username: `ftest${(accounts += 1)}`, email: `${id}@zorg.example`, status: "invited" });
    const data = { administrator: false };
    const mail = {
      id,
      template: "welcome" as const,
      data,
      organisationId: "2",
      username: one.username,
      createdAt,
    };
    await new DynamoUserRepository(tables).create(one, { mails: [mail], events: [] });
  }
}

/** The function itself, called as Lambda's Invoke operation calls it. */
function lambda(): LambdaClient {
  const handle = deliverBatch(
    deliverMail({
      outbox: new DynamoMailOutbox(tables),
      users: new DynamoUserRepository(tables),
      links: new DynamoPasswordLinkRepository({ ...tables, settings }),
      mailService: {
        send: ({ to }) => {
          if (refuse) return Promise.reject(refuse);
          sent.push(to.address);
          return Promise.resolve("message");
        },
      },
      render: (_, { user: { email } }) => ({
        to: { name: "", address: email },
        subject: "",
        html: "",
        text: "",
      }),
      measure: () => undefined,
      settings,
      clock: () => now,
      // Letters need more, and none is sent here.
    } as Partial<DeliverMailDependencies> as DeliverMailDependencies),
    new DynamoMailOutbox(tables),
  );
  const send = async ({ input }: InvokeCommand) => {
    const event = JSON.parse(input.Payload as string) as DynamoDBStreamEvent;
    const answer = await handle(event, { getRemainingTimeInMillis: () => 60_000 } as Context);
    return { Payload: { transformToString: () => JSON.stringify(answer) } };
  };
  return { send } as unknown as LambdaClient;
}

it("finds every queued mail, and no settled one, by a query of keys", async () => {
  const ids = Array.from({ length: 25 }, (_, number) => `m${number}`);
  await queue("2026-11-22T12:00:00.000Z", ...ids);
  await queue("2026-11-22T14:59:00.000Z", "recent");
  tables.forget();
  expect((await queuedMails(tables, new Date("2026-11-22T14:00:00.000Z"))).sort()).toEqual(ids.sort());
  expect(new Set(tables.requests)).toEqual(new Set(["Query"]));
  await new DynamoMailOutbox(tables).settle("m3", { state: "sent", at: now.toISOString(), messageId: "m" });
  expect(await queuedMails(tables, now)).not.toContain("m3");
});

it("sends each of them once, also if it is run several times", async () => {
  await queue("2026-11-22T12:00:00.000Z", "1", "2", "3");
  expect(await deliver(lambda(), "send-mail", await queuedMails(tables, now))).toEqual([]);
  expect(await deliver(lambda(), "send-mail", ["1", "2", "3"])).toEqual([]);
  expect(sent.sort()).toEqual(["1@zorg.example", "2@zorg.example", "3@zorg.example"]);
  expect(await queuedMails(tables, now)).toEqual([]);
});

it("says which could not be sent now, and leaves them waiting", async () => {
  await queue("2026-11-22T12:00:00.000Z", "1", "2");
  refuse = new Error("SES is down");
  expect((await deliver(lambda(), "send-mail", ["1", "2"])).sort()).toEqual(["1", "2"]);
  expect((await queuedMails(tables, now)).sort()).toEqual(["1", "2"]);
});

it("brings back a mail that was refused only if told to, and sends it whole", async () => {
  await queue("2026-11-22T12:00:00.000Z", "1", "2");
  refuse = new MailRefused("InvalidParameterValue");
  await deliver(lambda(), "send-mail", ["1"]);
  expect(await queuedMails(tables, now)).toEqual(["2"]);
  const [refused] = await tables.items("MAIL#1");
  refuse = null;
  expect(await refusedMails(tables, new Date(now.getTime() + 1))).toEqual([]);
  expect(await refusedMails(tables, now)).toEqual(["1"]);
  for (const id of ["1", "2"]) await requeue(tables, id);
  expect((await queuedMails(tables, now)).sort()).toEqual(["1", "2"]);
  expect(await refusedMails(tables, now)).toEqual([]);
  await deliver(lambda(), "send-mail", await queuedMails(tables, now));
  expect(sent.sort()).toEqual(["1@zorg.example", "2@zorg.example"]);
  const [item] = await tables.items("MAIL#1");
  expect([refused?.["data"], item?.["state"], item?.["expireAt"]]).toEqual([
    item?.["data"],
    "sent",
    undefined,
  ]);
});

it("leaves a damaged mail where it is, and sends it once it is repaired", async () => {
  await queue("2026-11-22T12:00:00.000Z", "1", "2");
  const [item] = await tables.items("MAIL#1");
  await damage(tables, "MAIL#1", { template: "unheard-of" });
  expect(await deliver(lambda(), "send-mail", ["1", "2"])).toEqual([]);
  expect(sent).toEqual(["2@zorg.example"]);
  expect(await queuedMails(tables, now)).toEqual(["1"]);
  await damage(tables, "MAIL#1", { ...item });
  await deliver(lambda(), "send-mail", await queuedMails(tables, now));
  expect(sent).toEqual(["2@zorg.example", "1@zorg.example"]);
});
