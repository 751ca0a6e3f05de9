import * as z from "zod/mini";
import { HostError } from "../host-error.ts";
import type { InvocationResult } from "../lambda/lambda-function.ts";
import type { StreamRecord } from "./stream-reader.ts";

/** -1 stands for "without limit", as in the template. */
const limit = z._default(z.coerce.number(), -1);

export const MappingProperties = z.looseObject({
  EventSourceArn: z.string(),
  FunctionName: z.string(),
  BatchSize: z._default(z.coerce.number(), 100),
  ParallelizationFactor: z._default(z.coerce.number(), 1),
  StartingPosition: z.literal("TRIM_HORIZON"),
  FilterCriteria: z.optional(z.strictObject({ Filters: z.array(z.strictObject({ Pattern: z.string() })) })),
  FunctionResponseTypes: z.tuple([z.literal("ReportBatchItemFailures")]),
  MaximumRetryAttempts: limit,
  MaximumRecordAgeInSeconds: limit,
  BisectBatchOnFunctionError: z._default(z.boolean(), false),
  DestinationConfig: z.optional(z.strictObject({ OnFailure: z.strictObject({ Destination: z.string() }) })),
});
export type MappingProperties = z.infer<typeof MappingProperties>;

/** The message that Lambda sends to the destination for failures, in place of the records. */
export interface FailureRecord {
  requestContext: {
    requestId: string;
    functionArn: string;
    condition: string;
    approximateInvokeCount: number;
  };
  responseContext: { statusCode: number; executedVersion: string; functionError: string | null };
  version: "1.0";
  timestamp: string;
  DDBStreamBatchInfo: Record<string, unknown>;
}

export interface BatchSurroundings {
  invoke: (event: string) => Promise<InvocationResult>;
  /** Sends a failure to the mapping's destination. */
  giveUp: (failure: FailureRecord) => Promise<void>;
  /** Called with a sequence number when all records up to and including it are done. */
  checkpoint: (sequenceNumber: string) => Promise<void>;
  /** Waits; rejects when the host stops. */
  pause: (milliseconds: number) => Promise<void>;
  now: () => number;
  functionArn: string;
  streamArn: string;
  shardId: string;
}

const Failures = z.looseObject({
  batchItemFailures: z.nullish(z.array(z.looseObject({ itemIdentifier: z.nullish(z.string()) }))),
});

/** Milliseconds between attempts; Lambda's pauses grow to a minute, here someone is watching. */
const firstPause = 250;
const longestPause = 10_000;

/** A filter pattern: fields lead to further fields or, at the leaves, to lists of conditions. */
type Pattern = { [field: string]: Pattern | Condition[] };
type Condition = string | { prefix: string };

const Condition = z.union([z.string(), z.strictObject({ prefix: z.string() })]);
const Pattern: z.ZodMiniType<Pattern> = z.record(
  z.string(),
  z.union([z.array(Condition), z.lazy(() => Pattern)]),
);

/**
 * Reads the mapping's filter; the result tells if a record passes it.
 * @throws HostError for conditions other than equal texts and prefixes, which are all that this app uses
 */
export function recordFilter({ FilterCriteria }: MappingProperties): (record: StreamRecord) => boolean {
  const patterns = (FilterCriteria?.Filters ?? []).map(({ Pattern }) => readPattern(Pattern));
  return (record) => patterns.length === 0 || patterns.some((pattern) => matches(pattern, record));
}

function readPattern(text: string): Pattern {
  const parsed = z.safeParse(Pattern, JSON.parse(text));
  if (parsed.success) return parsed.data;
  throw new HostError(
    `The local host does not support the event filter ${text}: it knows equal texts and prefixes.`,
  );
}

function matches(pattern: Pattern, event: unknown): boolean {
  return Object.entries(pattern).every(([field, expected]) => {
    const value = (event as Record<string, unknown> | undefined)?.[field];
    if (!Array.isArray(expected)) return matches(expected, value);
    return typeof value === "string" && expected.some((condition) => holds(condition, value));
  });
}

function holds(condition: Condition, value: string): boolean {
  return typeof condition === "string" ? value === condition : value.startsWith(condition.prefix);
}

/**
 * Passes the records to the function as Lambda does. A failed batch is tried again from its first failed record on,
 * whole or in halves, until it succeeds or the mapping's limit of attempts or age is reached.
 * @throws the rejection of `pause`, when the host stops
 */
export async function processBatch(
  records: StreamRecord[],
  mapping: MappingProperties,
  surroundings: BatchSurroundings,
): Promise<void> {
  const { checkpoint, pause } = surroundings;
  let left = records;
  for (let attempt = 1; ; attempt += 1) {
    const result = await surroundings.invoke(JSON.stringify({ Records: left }));
    const failedAt = firstFailure(result, left);
    const done = left.slice(0, failedAt).at(-1);
    if (done) await checkpoint(done.dynamodb.SequenceNumber);
    left = left.slice(failedAt);
    const [first, last] = [left[0], left.at(-1)];
    if (!first || !last) return;
    if (mapping.BisectBatchOnFunctionError && left.length > 1) {
      await processHalves(left, mapping, surroundings);
      return;
    }
    const condition = reasonToGiveUp(first, attempt, mapping, surroundings.now());
    if (condition !== null) {
      await surroundings.giveUp(failureRecord(left, result, { attempt, condition }, surroundings));
      await checkpoint(last.dynamodb.SequenceNumber);
      return;
    }
    await pause(Math.min(firstPause * 2 ** (attempt - 1), longestPause));
  }
}

async function processHalves(
  records: StreamRecord[],
  mapping: MappingProperties,
  surroundings: BatchSurroundings,
): Promise<void> {
  const middle = Math.ceil(records.length / 2);
  await surroundings.pause(firstPause);
  await processBatch(records.slice(0, middle), mapping, surroundings);
  await processBatch(records.slice(middle), mapping, surroundings);
}

/** Lambda's name for the limit that the batch has reached; null if it may be tried again. */
function reasonToGiveUp(
  { dynamodb }: StreamRecord,
  attempt: number,
  { MaximumRetryAttempts, MaximumRecordAgeInSeconds }: MappingProperties,
  now: number,
): string | null {
  const age = now / 1000 - dynamodb.ApproximateCreationDateTime;
  if (MaximumRecordAgeInSeconds !== -1 && age > MaximumRecordAgeInSeconds) return "RecordAgeExceeded";
  return MaximumRetryAttempts !== -1 && attempt > MaximumRetryAttempts ? "RetryAttemptsExhausted" : null;
}

/** The index of the first record that was not dealt with; the number of records if all were. */
function firstFailure(result: InvocationResult, records: StreamRecord[]): number {
  if (result.functionError) return 0;
  const payload: unknown = JSON.parse(result.payload);
  if (payload === null || payload === "") return records.length;
  const parsed = z.safeParse(Failures, payload);
  if (!parsed.success) return 0;
  const failed = (parsed.data.batchItemFailures ?? []).map(({ itemIdentifier }) => itemIdentifier);
  if (failed.length === 0) return records.length;
  // Lambda treats the whole batch as failed when an identifier is not one of its records'.
  const places = failed.map((id) => records.findIndex(({ dynamodb }) => dynamodb.SequenceNumber === id));
  return Math.max(0, Math.min(...places));
}

function failureRecord(
  records: StreamRecord[],
  { requestId, functionError }: InvocationResult,
  { attempt, condition }: { attempt: number; condition: string },
  { functionArn, streamArn, shardId, now }: BatchSurroundings,
): FailureRecord {
  const [first, last] = [records[0]?.dynamodb, records.at(-1)?.dynamodb];
  const arrival = (record: StreamRecord["dynamodb"] | undefined) =>
    new Date((record?.ApproximateCreationDateTime ?? 0) * 1000).toISOString();
  return {
    requestContext: { requestId, functionArn, condition, approximateInvokeCount: attempt },
    responseContext: { statusCode: 200, executedVersion: "$LATEST", functionError: functionError ?? null },
    version: "1.0",
    timestamp: new Date(now()).toISOString(),
    DDBStreamBatchInfo: {
      shardId,
      startSequenceNumber: first?.SequenceNumber,
      endSequenceNumber: last?.SequenceNumber,
      approximateArrivalOfFirstRecord: arrival(first),
      approximateArrivalOfLastRecord: arrival(last),
      batchSize: records.length,
      streamArn,
    },
  };
}
