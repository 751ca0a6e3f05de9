import {
  DescribeStreamCommand,
  type DynamoDBStreamsClient,
  ExpiredIteratorException,
  GetRecordsCommand,
  GetShardIteratorCommand,
  ResourceNotFoundException,
  type Shard,
  TrimmedDataAccessException,
  type _Record,
} from "@aws-sdk/client-dynamodb-streams";

/** A change in the form in which Lambda passes it to a function. */
export interface StreamRecord {
  eventID: string;
  eventName: string;
  eventVersion: string;
  eventSource: "aws:dynamodb";
  awsRegion: string;
  dynamodb: {
    /** Epoch seconds. */
    ApproximateCreationDateTime: number;
    SequenceNumber: string;
    [field: string]: unknown;
  };
  eventSourceARN: string;
  userIdentity?: unknown;
}

/** Reads one shard of a table's stream, starting after the last record that is done. */
export class ShardReader {
  readonly shardId: string;
  readonly #client: DynamoDBStreamsClient;
  readonly #streamArn: string;
  #iterator: string | null = null;
  /** The sequence number after which to continue; null for the beginning. */
  #after: string | null;

  constructor(client: DynamoDBStreamsClient, streamArn: string, shardId: string, after: string | null) {
    this.#client = client;
    this.#streamArn = streamArn;
    this.shardId = shardId;
    this.#after = after;
  }

  /** The next records, empty if there are none yet. */
  async read(limit: number): Promise<_Record[]> {
    this.#iterator ??= await this.#newIterator();
    try {
      const read = await this.#client.send(
        new GetRecordsCommand({ ShardIterator: this.#iterator, Limit: limit }),
      );
      this.#iterator = read.NextShardIterator ?? null;
      const records = read.Records ?? [];
      this.#after = records.at(-1)?.dynamodb?.SequenceNumber ?? this.#after;
      return records;
    } catch (error) {
      this.#iterator = null;
      if (error instanceof ExpiredIteratorException) return [];
      throw error;
    }
  }

  async #newIterator(): Promise<string> {
    const place = { StreamArn: this.#streamArn, ShardId: this.shardId };
    const after = { ShardIteratorType: "AFTER_SEQUENCE_NUMBER", SequenceNumber: this.#after ?? "" } as const;
    try {
      const from = this.#after === null ? ({ ShardIteratorType: "TRIM_HORIZON" } as const) : after;
      return (
        (await this.#client.send(new GetShardIteratorCommand({ ...place, ...from }))).ShardIterator ?? ""
      );
    } catch (error) {
      if (!(error instanceof TrimmedDataAccessException)) throw error;
      const oldest = await this.#client.send(
        new GetShardIteratorCommand({ ...place, ShardIteratorType: "TRIM_HORIZON" }),
      );
      return oldest.ShardIterator ?? "";
    }
  }
}

/** All shards of a stream, parents before their children. */
export async function listShards(client: DynamoDBStreamsClient, streamArn: string): Promise<Shard[]> {
  const shards: Shard[] = [];
  let from: string | undefined;
  try {
    do {
      const command = new DescribeStreamCommand({ StreamArn: streamArn, ExclusiveStartShardId: from });
      const { StreamDescription } = await client.send(command);
      shards.push(...(StreamDescription?.Shards ?? []));
      from = StreamDescription?.LastEvaluatedShardId;
    } while (from !== undefined);
  } catch (error) {
    if (!(error instanceof ResourceNotFoundException)) throw error;
  }
  return shards;
}

/** Converts to Lambda's JSON: binary values as base64, times as seconds, region and stream named as in the template. */
export function asLambdaRecord(record: _Record, names: { region: string; streamArn: string }): StreamRecord {
  const { ApproximateCreationDateTime, SequenceNumber = "", ...rest } = record.dynamodb ?? {};
  return {
    eventID: record.eventID ?? "",
    eventName: record.eventName ?? "",
    eventVersion: record.eventVersion ?? "1.1",
    eventSource: "aws:dynamodb",
    awsRegion: names.region,
    dynamodb: {
      ApproximateCreationDateTime: Math.floor((ApproximateCreationDateTime ?? new Date()).getTime() / 1000),
      ...(withBase64(rest) as Record<string, unknown>),
      SequenceNumber,
    },
    eventSourceARN: names.streamArn,
    ...(record.userIdentity && {
      userIdentity: { principalId: record.userIdentity.PrincipalId, type: record.userIdentity.Type },
    }),
  };
}

function withBase64(value: unknown): unknown {
  if (value instanceof Uint8Array) return Buffer.from(value).toString("base64");
  if (Array.isArray(value)) return value.map(withBase64);
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, withBase64(item)]));
}
