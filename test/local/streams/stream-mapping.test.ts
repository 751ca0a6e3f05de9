import { describe, expect, it } from "vitest";
import { HostError } from "../../../infra/local/host-error.ts";
import type { InvocationResult } from "../../../infra/local/lambda/lambda-function.ts";
import {
  type ConsumerSurroundings,
  ShardConsumer,
  type ShardProgress,
} from "../../../infra/local/streams/shard-consumer.ts";
import {
  type BatchSurroundings,
  type FailureRecord,
  MappingProperties,
  processBatch,
  recordFilter,
} from "../../../infra/local/streams/stream-mapping.ts";
import type { StreamRecord } from "../../../infra/local/streams/stream-reader.ts";

const now = Date.parse("2026-03-01T12:00:00Z");

function record(sequenceNumber: number, key = `key${sequenceNumber}`): StreamRecord {
  return {
    eventID: String(sequenceNumber),
    eventName: "INSERT",
    eventVersion: "1.1",
    eventSource: "aws:dynamodb",
    awsRegion: "eu-west-1",
    eventSourceARN: "arn:stream",
    dynamodb: {
      ApproximateCreationDateTime: now / 1000 - 60,
      SequenceNumber: String(sequenceNumber),
      Keys: { PK: { S: key }, SK: { S: "USER" } },
    },
  };
}

/** The same record with its keys in another order, which varies in the emulator. */
function reordered(record: StreamRecord): StreamRecord {
  const keys = record.dynamodb["Keys"] as object;
  return {
    ...record,
    dynamodb: { ...record.dynamodb, Keys: Object.fromEntries(Object.entries(keys).reverse()) },
  };
}

const mappingOf = (properties: object) =>
  MappingProperties.parse({
    EventSourceArn: "arn:stream",
    FunctionName: "f",
    StartingPosition: "TRIM_HORIZON",
    FunctionResponseTypes: ["ReportBatchItemFailures"],
    ...properties,
  });

/** A function that fails on some sequence numbers for as long as they have failures left. */
class Run {
  readonly batches: string[][] = [];
  readonly checkpoints: string[] = [];
  readonly failures: FailureRecord[] = [];
  pauses: number[] = [];
  readonly #failing: Map<string, number>;
  readonly #throws: boolean;

  constructor(failing: Record<string, number> = {}, { throws = false } = {}) {
    this.#failing = new Map(Object.entries(failing));
    this.#throws = throws;
  }

  get surroundings(): BatchSurroundings {
    return {
      functionArn: "arn:f",
      streamArn: "arn:stream",
      shardId: "shard",
      now: () => now,
      invoke: (event) => Promise.resolve(this.#invoke(event)),
      giveUp: (failure) => Promise.resolve(void this.failures.push(failure)),
      checkpoint: (sequenceNumber) => Promise.resolve(void this.checkpoints.push(sequenceNumber)),
      pause: (milliseconds) => Promise.resolve(void this.pauses.push(milliseconds)),
    };
  }

  #invoke(event: string): InvocationResult {
    const { Records } = JSON.parse(event) as { Records: StreamRecord[] };
    const numbers = Records.map(({ dynamodb }) => dynamodb.SequenceNumber);
    this.batches.push(numbers);
    const failed = numbers.filter((number) => (this.#failing.get(number) ?? 0) > 0);
    for (const number of failed) this.#failing.set(number, (this.#failing.get(number) ?? 0) - 1);
    if (this.#throws && failed.length > 0)
      return { requestId: "r", payload: "{}", functionError: "Unhandled" };
    return {
      requestId: "r",
      payload: JSON.stringify({ batchItemFailures: failed.map((itemIdentifier) => ({ itemIdentifier })) }),
    };
  }
}

const three = () => [record(1), record(2), record(3)];

describe("a batch of stream records", () => {
  it("is done when the function answers without failures", async () => {
    const run = new Run();
    await processBatch(three(), mappingOf({}), run.surroundings);
    expect(run.batches).toEqual([["1", "2", "3"]]);
    expect(run.checkpoints).toEqual(["3"]);
  });

  it("is tried again from the first failed record on, with growing pauses", async () => {
    const run = new Run({ 2: 2 });
    await processBatch(three(), mappingOf({}), run.surroundings);
    expect(run.batches).toEqual([
      ["1", "2", "3"],
      ["2", "3"],
      ["2", "3"],
    ]);
    expect(run.checkpoints).toEqual(["1", "3"]);
    expect(run.pauses).toEqual([250, 500]);
  });

  it("is tried again as a whole when the function throws, or names a record that is not there", async () => {
    const throwing = new Run({ 2: 1 }, { throws: true });
    await processBatch(three(), mappingOf({}), throwing.surroundings);
    expect(throwing.batches).toEqual([
      ["1", "2", "3"],
      ["1", "2", "3"],
    ]);
    let calls = 0;
    const strange = new Run();
    const invoke = () =>
      Promise.resolve({
        requestId: "r",
        payload: calls++ === 0 ? '{"batchItemFailures":[{"itemIdentifier":"x"}]}' : "null",
      });
    await processBatch(three(), mappingOf({}), { ...strange.surroundings, invoke });
    expect(calls).toBe(2);
  });

  it("is halved when the mapping says so, so that one record does not fail with another", async () => {
    const run = new Run({ 1: 9 }, { throws: true });
    await processBatch(
      [...three(), record(4)],
      mappingOf({ BisectBatchOnFunctionError: true, MaximumRetryAttempts: 2 }),
      run.surroundings,
    );
    expect(run.batches).toEqual([["1", "2", "3", "4"], ["1", "2"], ["1"], ["1"], ["1"], ["2"], ["3", "4"]]);
    expect(run.failures).toHaveLength(1);
    expect(run.checkpoints.at(-1)).toBe("4");
  });

  it("is given up after the attempts that the mapping allows, as Lambda describes it", async () => {
    const run = new Run({ 2: 9 });
    await processBatch(three(), mappingOf({ MaximumRetryAttempts: 1 }), run.surroundings);
    expect(run.failures).toEqual([
      {
        requestContext: {
          requestId: "r",
          functionArn: "arn:f",
          condition: "RetryAttemptsExhausted",
          approximateInvokeCount: 2,
        },
        responseContext: { statusCode: 200, executedVersion: "$LATEST", functionError: null },
        version: "1.0",
        timestamp: "2026-03-01T12:00:00.000Z",
        DDBStreamBatchInfo: {
          shardId: "shard",
          startSequenceNumber: "2",
          endSequenceNumber: "3",
          approximateArrivalOfFirstRecord: "2026-03-01T11:59:00.000Z",
          approximateArrivalOfLastRecord: "2026-03-01T11:59:00.000Z",
          batchSize: 2,
          streamArn: "arn:stream",
        },
      },
    ]);
    expect(run.checkpoints).toEqual(["1", "3"]);
  });

  it("is given up when its records are older than the mapping allows", async () => {
    const run = new Run({ 1: 9 });
    await processBatch(three(), mappingOf({ MaximumRecordAgeInSeconds: 59 }), run.surroundings);
    expect(run.failures[0]?.requestContext.condition).toBe("RecordAgeExceeded");
    expect(run.batches).toHaveLength(1);
  });
});

describe("an event source mapping that the app does not use", () => {
  it.each<object>([
    { StartingPosition: "LATEST" },
    { FunctionResponseTypes: [] },
    { DestinationConfig: { OnSuccess: { Destination: "arn:queue" } } },
  ])("%j is refused", (properties) => {
    expect(() => mappingOf(properties)).toThrow();
  });
});

describe("an event filter", () => {
  const filterOf = (...patterns: object[]) =>
    recordFilter(
      mappingOf({ FilterCriteria: { Filters: patterns.map((one) => ({ Pattern: JSON.stringify(one) })) } }),
    );
  const mail = record(1, "MAIL#1");

  it.each<[object, boolean]>([
    [{ eventName: ["INSERT", "MODIFY"] }, true],
    [{ eventName: ["REMOVE"] }, false],
    [{ dynamodb: { Keys: { PK: { S: [{ prefix: "MAIL#" }] } } } }, true],
    [{ dynamodb: { Keys: { PK: { S: [{ prefix: "ORG#" }, { prefix: "MAIL#" }] } } } }, true],
    [{ eventName: ["INSERT"], dynamodb: { Keys: { PK: { S: [{ prefix: "ORG#" }] } } } }, false],
    [{ dynamodb: { NewImage: { PK: { S: ["MAIL#1"] } } } }, false],
  ])("%j: %s", (pattern, expected) => {
    expect(filterOf(pattern)(mail)).toBe(expected);
  });

  it("passes what one of its patterns passes, and everything if it has none", () => {
    expect(filterOf({ eventName: ["REMOVE"] }, { eventName: ["INSERT"] })(mail)).toBe(true);
    expect(filterOf()(mail)).toBe(true);
  });

  it.each<object>([
    { dynamodb: { Keys: { PK: { S: [{ suffix: "#1" }] } } } },
    { eventName: [{ "equals-ignore-case": "insert" }] },
    { eventName: [{ "anything-but": ["REMOVE"] }] },
    { dynamodb: { NewImage: { other: { S: [{ exists: false }] } } } },
    { size: [{ numeric: [">", 1, "<=", 5] }] },
    { $or: [{ eventName: ["INSERT"] }, { eventName: ["MODIFY"] }] },
  ])("%j is refused, since the app does not use its like", (pattern) => {
    expect(() => filterOf(pattern)).toThrow(HostError);
    expect(() => filterOf(pattern)).toThrow("equal texts and prefixes");
  });
});

describe("a shard", () => {
  /** Runs five rounds, which read all records and let the lanes work through them. */
  async function consume(
    records: StreamRecord[],
    progress: ShardProgress,
    properties: object,
    run: Run,
  ): Promise<ShardProgress> {
    let saved = progress;
    let unread = records;
    const surroundings: ConsumerSurroundings = {
      ...run.surroundings,
      read: (limit) => {
        const read = unread.slice(0, limit);
        unread = unread.slice(limit);
        return Promise.resolve(read);
      },
      save: (newest) => Promise.resolve(void (saved = newest)),
    };
    const consumer = new ShardConsumer(mappingOf(properties), progress, surroundings);
    for (let round = 0; round < 5; round += 1) {
      await consumer.round();
      await new Promise((resolve) => setTimeout(resolve, 5));
    }
    return saved;
  }
  const fresh: ShardProgress = { upTo: null, lanes: {}, laneCount: 0 };

  it("remembers how far it is, and skips what the filter does not pass", async () => {
    const run = new Run();
    const filter = {
      FilterCriteria: { Filters: [{ Pattern: '{"dynamodb":{"Keys":{"PK":{"S":["key2"]}}}}' }] },
    };
    const saved = await consume(three(), fresh, filter, run);
    expect(run.batches).toEqual([["2"]]);
    expect(saved.upTo).toBe("3");
  });

  it("keeps records of one key in order, and lets one that fails hold up its own lane alone", async () => {
    const run = new Run();
    const stuck = new Set<string>();
    const blocked = Promise.withResolvers<never>();
    const invoke = run.surroundings.invoke;
    const records = Array.from({ length: 40 }, (_, at) => record(at + 1, `key${(at + 1) % 20}`));
    const surroundings = Object.create(run, {
      surroundings: {
        get: () => ({
          ...run.surroundings,
          invoke: (event: string) =>
            event.includes('"key1"') ? (stuck.add(event), blocked.promise) : invoke(event),
        }),
      },
    }) as Run;
    const saved = await consume(records, fresh, { ParallelizationFactor: 10, BatchSize: 1 }, surroundings);
    expect(stuck.size).toBe(1);
    expect(saved.upTo).toBeNull();
    const order = run.batches.flat().map(Number);
    expect(order.length).toBeGreaterThan(25);
    for (const number of order.filter((one) => one <= 20)) {
      const later = order.indexOf(number + 20);
      if (later >= 0) expect(order.indexOf(number)).toBeLessThan(later);
    }

    const again = new Run();
    const resumed = await consume(
      records.map(reordered),
      saved,
      { ParallelizationFactor: 10, BatchSize: 1 },
      again,
    );
    expect(resumed.upTo).toBe("40");
    const redone = again.batches.flat();
    expect(redone).toContain("1");
    expect(redone.filter((number) => order.includes(Number(number)))).toEqual([]);
    expect(redone.length + order.length).toBe(40);
  });
});
