import type { Context, DynamoDBStreamEvent } from "aws-lambda";
import { describe, expect, it } from "vitest";
import { DomainError } from "../../../../shared/domain/errors.ts";
import { deliverBatch } from "../../../../shared/operations/mail/deliver-batch.ts";
import { DamagedItem } from "../../../../shared/dynamodb/item-parser.ts";
import { mailKey } from "../../../../shared/dynamodb/keys.ts";

const context = { getRemainingTimeInMillis: () => 60_000 } as Context;

function batch(...ids: string[]): DynamoDBStreamEvent {
  const Records = ids.map((id, number) => {
    const { PK, SK } = mailKey(id);
    const dynamodb = { Keys: { PK: { S: PK }, SK: { S: SK } }, SequenceNumber: String(number) };
    return { eventName: "INSERT" as const, dynamodb };
  });
  return { Records };
}

it("a damaged mail is set aside, and does not hold up the others", async () => {
  const aside: string[] = [];
  const sent: string[] = [];
  const handle = deliverBatch(
    (id) => {
      if (id === "damaged") return Promise.reject(new DamagedItem("A stored mail does not parse: template"));
      if (id === "ses-is-down") return Promise.reject(new Error("down"));
      sent.push(id);
      return Promise.resolve("sent");
    },
    { setAside: (id) => Promise.resolve(void aside.push(id)) },
  );
  const answer = await handle(batch("damaged", "first", "ses-is-down", "second"), context);
  expect(answer.batchItemFailures).toEqual([{ itemIdentifier: "2" }]);
  expect(sent).toEqual(["first", "second"]);
  expect(aside).toEqual(["damaged"]);
});

describe("a mail that fails again and again", () => {
  const failure = (name: string) => Object.assign(new Error("no"), { name });

  /**
   * Tries one mail a number of times, with or without other mails being sent.
   * @returns how often the mail was given back to the stream
   */
  async function givenBack({ error, othersGoOut }: { error: Error; othersGoOut: boolean }) {
    const handle = deliverBatch(
      (id) => (id === "failing" || !othersGoOut ? Promise.reject(error) : Promise.resolve("sent")),
      { setAside: () => Promise.resolve() },
    );
    let times = 0;
    for (let attempt = 1; attempt <= 20; attempt += 1) {
      const { batchItemFailures } = await handle(batch("failing", `other-${attempt}`), context);
      if (batchItemFailures.some(({ itemIdentifier }) => itemIdentifier === "0")) times += 1;
      else return times;
    }
    return times;
  }

  it("is set aside at its fifth failure while others are sent", async () => {
    expect(await givenBack({ error: failure("InternalFailure"), othersGoOut: true })).toBe(4);
  });

  it("is tried again as long as all other mails fail too", async () => {
    expect(await givenBack({ error: failure("InternalFailure"), othersGoOut: false })).toBe(20);
  });

  it("for a service is tried again, whatever becomes of others", async () => {
    const error = new DomainError("temporarily-unavailable");
    expect(await givenBack({ error, othersGoOut: true })).toBe(20);
  });
});
