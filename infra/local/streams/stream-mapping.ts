import * as z from "zod/mini";
import { matchesPattern } from "./event-filter.ts";
import type { InvocationResult } from "../lambda/lambda-function.ts";
import type { StreamRecord } from "./stream-reader.ts";

/** -1 stands for "without limit", as in the template. */
const limit = z._default(z.coerce.number(), -1);

export const MappingProperties = z.looseObject({
  EventSourceArn: z.string(),
  FunctionName: z.string(),
  Enabled: z._default(z.boolean(), true),
  BatchSize: z._default(z.coerce.number(), 100),
  ParallelizationFactor: z._default(z.coerce.number(), 1),
  MaximumBatchingWindowInSeconds: z._default(z.coerce.number(), 0),
  StartingPosition: z._default(z.string(), "TRIM_HORIZON"),
  FilterCriteria: z.optional(
    z.looseObject({ Filters: z.optional(z.array(z.looseObject({ Pattern: z.optional(z.string()) }))) }),
  ),
  FunctionResponseTypes: z._default(z.array(z.string()), []),
  MaximumRetryAttempts: limit,
  MaximumRecordAgeInSeconds: limit,
  BisectBatchOnFunctionError: z._default(z.boolean(), false),
  DestinationConfig: z.optional(
    z.looseObject({ OnFailure: z.optional(z.looseObject({ Destination: z.string() })) }),
  ),
});
export type MappingProperties = z.infer<typeof MappingProperties>;

/** What Lambda sends to the destination for failures instead of the records themselves. */
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
  /** Where records go that are given up. */
  giveUp: (failure: FailureRecord) => Promise<void>;
  /** Called with a sequence number when everything up to and including it has been dealt with. */
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

/** Lambda's waits grow as well, to a minute; here somebody is looking on. */
const firstPause = 250;
const longestPause = 10_000;

/** Whether a record passes one of the mapping's filters. */
export function passesFilter({ FilterCriteria }: MappingProperties, record: StreamRecord): boolean {
  const patterns =
    FilterCriteria?.Filters?.flatMap(({ Pattern }) => (Pattern === undefined ? [] : [Pattern])) ?? [];
  return patterns.length === 0 || patterns.some((pattern) => matchesPattern(JSON.parse(pattern), record));
}

/**
 * Hands the records to the function as Lambda does: a failed batch is tried again, from its first failed record
 * on, whole or in halves, until it succeeds, or its attempts or its age are used up and it is given up.
 * @throws whatever `pause` rejects with, when the host stops
 */
export async function processBatch(
  records: StreamRecord[],
  mapping: MappingProperties,
  surroundings: BatchSurroundings,
): Promise<void> {
  const { BisectBatchOnFunctionError, MaximumRetryAttempts, MaximumRecordAgeInSeconds } = mapping;
  const { checkpoint, now, pause } = surroundings;
  let left = records;
  for (let attempt = 1; ; attempt += 1) {
    const result = await surroundings.invoke(JSON.stringify({ Records: left }));
    const failedAt = firstFailure(result, left, mapping);
    const done = left.slice(0, failedAt).at(-1);
    if (done) await checkpoint(done.dynamodb.SequenceNumber);
    left = left.slice(failedAt);
    const [first, last] = [left[0], left.at(-1)];
    if (!first || !last) return;
    if (BisectBatchOnFunctionError && left.length > 1) {
      const middle = Math.ceil(left.length / 2);
      await pause(firstPause);
      await processBatch(left.slice(0, middle), mapping, surroundings);
      await processBatch(left.slice(middle), mapping, surroundings);
      return;
    }
    const age = now() / 1000 - first.dynamodb.ApproximateCreationDateTime;
    const tooOld = MaximumRecordAgeInSeconds !== -1 && age > MaximumRecordAgeInSeconds;
    const exhausted = MaximumRetryAttempts !== -1 && attempt > MaximumRetryAttempts;
    if (tooOld || exhausted) {
      await surroundings.giveUp(failureRecord(left, result, { attempt, tooOld }, surroundings));
      await checkpoint(last.dynamodb.SequenceNumber);
      return;
    }
    await pause(Math.min(firstPause * 2 ** (attempt - 1), longestPause));
  }
}

/** The index of the first record that was not dealt with; the number of records if all were. */
function firstFailure(result: InvocationResult, records: StreamRecord[], mapping: MappingProperties): number {
  if (result.functionError) return 0;
  if (!mapping.FunctionResponseTypes.includes("ReportBatchItemFailures")) return records.length;
  const payload: unknown = JSON.parse(result.payload);
  if (payload === null || payload === "") return records.length;
  const parsed = z.safeParse(Failures, payload);
  if (!parsed.success) return 0;
  const failed = (parsed.data.batchItemFailures ?? []).map(({ itemIdentifier }) => itemIdentifier);
  if (failed.length === 0) return records.length;
  // An identifier that is no record's makes Lambda take the whole batch as failed.
  const places = failed.map((id) => records.findIndex(({ dynamodb }) => dynamodb.SequenceNumber === id));
  return Math.max(0, Math.min(...places));
}

function failureRecord(
  records: StreamRecord[],
  { requestId, functionError }: InvocationResult,
  { attempt, tooOld }: { attempt: number; tooOld: boolean },
  { functionArn, streamArn, shardId, now }: BatchSurroundings,
): FailureRecord {
  const [first, last] = [records[0]?.dynamodb, records.at(-1)?.dynamodb];
  const arrival = (record: StreamRecord["dynamodb"] | undefined) =>
    new Date((record?.ApproximateCreationDateTime ?? 0) * 1000).toISOString();
  return {
    requestContext: {
      requestId,
      functionArn,
      condition: tooOld ? "RecordAgeExceeded" : "RetryAttemptsExhausted",
      approximateInvokeCount: attempt,
    },
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
