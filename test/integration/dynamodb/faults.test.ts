import {
  InternalServerError,
  ProvisionedThroughputExceededException,
  TransactionCanceledException,
  TransactionConflictException,
} from "@aws-sdk/client-dynamodb";
import { beforeEach, describe, expect, it } from "vitest";
import { DynamoOrganisationRepository } from "../../../shared/dynamodb/organisation-repository.ts";
import { DynamoUserRepository } from "../../../shared/dynamodb/user-repository.ts";
import { organisation, user } from "../../support/domain.ts";
import { createTables, type TestTables } from "../../support/dynamodb.ts";
import { consequences, seed } from "./seed.ts";

/*
 * The emulator never throttles or collides as DynamoDB does under load, so a middleware on the client answers in
 * its place.
 */

let tables: TestTables;
let users: DynamoUserRepository;

beforeEach(async () => {
  tables = await createTables();
  users = new DynamoUserRepository(tables);
  await seed(tables, { organisations: [organisation()], users: [user({ username: "other" })] });
  tables.forget();
});

/** Makes the first few requests of a kind fail. */
function failing(command: string, times: number, error: () => Error): void {
  let left = times;
  tables.client.middlewareStack.add(
    (next, context) => (args) => {
      if (context["commandName"] !== `${command}Command` || left === 0) return next(args);
      left -= 1;
      return Promise.reject(error());
    },
    { step: "finalizeRequest", priority: "low", name: "fail" },
  );
}

const about = { message: "", $metadata: {} };
const cancelled = (...codes: string[]) =>
  new TransactionCanceledException({ ...about, CancellationReasons: codes.map((Code) => ({ Code })) });

describe("a transaction", () => {
  it.each(["TransactionConflict", "ThrottlingError", "ProvisionedThroughputExceeded"])(
    "is done again after a %s",
    async (code) => {
      failing("TransactWriteItems", 2, () => cancelled("None", code));
      await users.create(user(), consequences());
      expect(tables.requests).toEqual(Array(3).fill("TransactWriteItems"));
      expect(await tables.items("MAIL")).toHaveLength(1);
    },
  );

  it("is given up after a limit, with temporarily-unavailable", async () => {
    failing("TransactWriteItems", Infinity, () => cancelled("TransactionConflict"));
    await expect(users.create(user(), consequences())).rejects.toThrow("temporarily-unavailable");
    expect(tables.requests).toHaveLength(10);
  });

  it("is refused if a condition fails, even if other writes collided", async () => {
    failing("TransactWriteItems", 1, () => cancelled("TransactionConflict", "ConditionalCheckFailed"));
    await expect(users.create(user(), consequences())).rejects.toThrow("email-in-use");
    expect(tables.requests).toHaveLength(1);
  });

  it("is not retried after a permanent failure", async () => {
    failing("TransactWriteItems", 1, () => cancelled("ValidationError"));
    await expect(users.create(user(), consequences())).rejects.toThrow(TransactionCanceledException);
    expect(tables.requests).toHaveLength(1);
  });
});

describe("a single update", () => {
  it("is retried after a collision with a transaction", async () => {
    failing("UpdateItem", 3, () => new TransactionConflictException(about));
    expect(await new DynamoOrganisationRepository(tables).nextId()).toBe("2");
  });

  it("is retried by the SDK when throttled", async () => {
    failing("UpdateItem", 1, () => new ProvisionedThroughputExceededException(about));
    expect(await new DynamoOrganisationRepository(tables).nextId()).toBe("2");
  });
});

describe("an error that remains after the SDK's retries", () => {
  it.each([
    ["throttled", () => new ProvisionedThroughputExceededException(about)],
    [
      "answered by a failing service",
      () => new InternalServerError({ ...about, $metadata: { httpStatusCode: 500 } }),
    ],
    ["out of reach", () => Object.assign(new Error("connect"), { code: "ECONNREFUSED" })],
    ["cut off before its answer", () => Object.assign(new Error("socket hang up"), { code: "ECONNRESET" })],
    ["not answered in time", () => Object.assign(new Error("timed out"), { name: "TimeoutError" })],
  ])("is temporarily-unavailable after being %s", async (_, error) => {
    tables.client.middlewareStack.add(() => () => Promise.reject(error()), { step: "build", name: "fail" });
    await expect(users.find("2", "other")).rejects.toThrow("temporarily-unavailable");
    await expect(users.create(user(), consequences())).rejects.toThrow("temporarily-unavailable");
  });
});

describe("reading several items", () => {
  /** Returns the last key as unprocessed, a number of times. */
  function leavingSome(times: number): void {
    let left = times;
    tables.client.middlewareStack.add(
      (next) => async (args) => {
        const request = (args.input as { RequestItems?: Record<string, { Keys: unknown[] }> }).RequestItems;
        const keys = request?.[tables.tableName]?.Keys;
        if (!keys || left === 0) return next(args);
        left -= 1;
        const now = { [tables.tableName]: { Keys: keys.slice(0, -1), ConsistentRead: true } };
        const later = { [tables.tableName]: { Keys: keys.slice(-1), ConsistentRead: true } };
        if (keys.length === 1)
          return { response: {}, output: { Responses: {}, UnprocessedKeys: later, $metadata: {} } };
        const result = await next({ ...args, input: { ...args.input, RequestItems: now } });
        return { ...result, output: { ...result.output, UnprocessedKeys: later } };
      },
      { step: "initialize", priority: "low", name: "leaveSome" },
    );
  }

  it("requests unprocessed keys again", async () => {
    leavingSome(3);
    const member = await users.findMember("2", "other");
    expect(member).toEqual({ user: user({ username: "other" }), organisation: organisation() });
  });

  it("does not take what is left for later as missing", async () => {
    leavingSome(Infinity);
    await expect(users.findMember("2", "other")).rejects.toThrow("temporarily-unavailable");
  });
});
