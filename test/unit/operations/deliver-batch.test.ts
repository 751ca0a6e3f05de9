import type { Context, DynamoDBStreamEvent } from "aws-lambda";
import { expect, test } from "vitest";
import { deliverBatch } from "../../../functions/send-mail/deliver-batch.ts";
import { DamagedItem } from "../../../shared/dynamodb/items.ts";
import { mailKey } from "../../../shared/dynamodb/keys.ts";

const context = { getRemainingTimeInMillis: () => 60_000 } as Context;

function batch(...ids: string[]): DynamoDBStreamEvent {
  const Records = ids.map((id, number) => {
    const { PK, SK } = mailKey(id);
    const dynamodb = { Keys: { PK: { S: PK }, SK: { S: SK } }, SequenceNumber: String(number) };
    return { eventName: "INSERT" as const, dynamodb };
  });
  return { Records };
}

test("a mail that is damaged holds up nobody else's: it is set aside, and someone hears of it", async () => {
  const measured: unknown[] = [];
  const sent: string[] = [];
  const handle = deliverBatch(
    (id) => {
      if (id === "damaged") return Promise.reject(new DamagedItem("A stored mail does not parse: template"));
      if (id === "ses-is-down") return Promise.reject(new Error("down"));
      sent.push(id);
      return Promise.resolve("sent");
    },
    (...measurement) => measured.push(measurement),
  );
  const answer = await handle(batch("damaged", "first", "ses-is-down", "second"), context);
  expect(answer.batchItemFailures).toEqual([{ itemIdentifier: "2" }]);
  expect(sent).toEqual(["first", "second"]);
  expect(measured).toEqual([["MailsSetAside", 1]]);
});
