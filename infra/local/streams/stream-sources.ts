import { setTimeout as delay } from "node:timers/promises";
import type { DynamoDBStreamsClient } from "@aws-sdk/client-dynamodb-streams";
import * as z from "zod/mini";
import { AtomicFile } from "../atomic-file.ts";
import type { Catalogue, Found } from "../template/catalogue.ts";
import { HostError, messageOf } from "../host-error.ts";
import type { LambdaPool } from "../lambda/lambda-pool.ts";
import type { Queues } from "../lambda/queues.ts";
import { ShardConsumer } from "./shard-consumer.ts";
import { readStateFile, type State } from "../state.ts";
import { MappingProperties, recordFilter } from "./stream-mapping.ts";
import { ShardReader, asLambdaRecord, listShards } from "./stream-reader.ts";

/** A table's stream, with its ARN in the emulator and the one in the templates. */
export interface StreamOfTable {
  emulatorArn: string;
  templateArn: string;
}

export interface StreamSourceParts {
  catalogue: Catalogue;
  state: State;
  pool: LambdaPool;
  queues: Queues;
  client: DynamoDBStreamsClient;
  streams: StreamOfTable[];
}

const Progress = z.object({
  upTo: z.nullable(z.string()),
  lanes: z.record(z.string(), z.string()),
  laneCount: z.number(),
});
/** Progress by mapping and by shard. */
const Checkpoints = z.record(z.string(), z.record(z.string(), Progress));
type Checkpoints = z.infer<typeof Checkpoints>;

/** Rounds between two listings of the shards, which change rarely. */
const roundsPerListing = 50;
const pauseAfterError = 1000;

/** Lambda's event source mappings, which are all on tables' streams in this app. */
export class StreamSources {
  readonly #parts: StreamSourceParts;
  readonly #stopped = new AbortController();
  readonly #file: AtomicFile;
  #checkpoints: Checkpoints = {};

  constructor(parts: StreamSourceParts) {
    this.#parts = parts;
    this.#file = new AtomicFile(parts.state.path("checkpoints.json"));
  }

  /** @throws HostError if the checkpoints cannot be read, or a mapping is not supported */
  async start(): Promise<void> {
    this.#checkpoints = (await readStateFile(this.#file.path, Checkpoints)) ?? {};
    const { catalogue } = this.#parts;
    for (const found of catalogue.ofType("AWS::Lambda::EventSourceMapping")) {
      const mapping = catalogue.parse(found, MappingProperties);
      // Consumers read the filter when a shard appears; a filter that is not supported must stop the start.
      recordFilter(mapping);
      void this.#follow(found, mapping, this.#streamOf(found, mapping));
    }
  }

  /** Reads no more; records that are not done are read again after the next start. */
  stop(): void {
    this.#stopped.abort();
  }

  #streamOf(found: Found, { EventSourceArn }: MappingProperties): StreamOfTable {
    const stream = this.#parts.streams.find(({ templateArn }) => templateArn === EventSourceArn);
    if (!stream)
      throw new HostError(`${found.key} reads ${EventSourceArn}, which is no stream of the templates.`);
    return stream;
  }

  /** Runs until the host stops; errors of the emulator are logged, and reading goes on. */
  async #follow(found: Found, mapping: MappingProperties, stream: StreamOfTable): Promise<void> {
    const { client } = this.#parts;
    const consumers = new Map<string, ShardConsumer>();
    while (!this.#isStopped()) {
      try {
        const shards = await listShards(client, stream.emulatorArn);
        for (const shardId of shards.flatMap(({ ShardId }) => ShardId ?? [])) {
          if (!consumers.has(shardId))
            consumers.set(shardId, this.#consumer(found, mapping, stream, shardId));
        }
        for (let round = 0; round < roundsPerListing; round += 1) {
          await Promise.all([...consumers.values()].map((consumer) => consumer.round()));
        }
      } catch (error) {
        if (this.#isStopped()) return;
        console.error(`The stream behind ${found.key} cannot be read: ${messageOf(error)}`);
        await this.#pause(pauseAfterError).catch(() => undefined);
      }
    }
  }

  #consumer(found: Found, mapping: MappingProperties, stream: StreamOfTable, shardId: string): ShardConsumer {
    const { client, pool, queues } = this.#parts;
    const progress = this.#checkpoints[found.key]?.[shardId] ?? { upTo: null, lanes: {}, laneCount: 0 };
    const reader = new ShardReader(client, stream.emulatorArn, shardId, progress.upTo);
    const names = { region: found.stack.region, streamArn: stream.templateArn };
    const destination = mapping.DestinationConfig?.OnFailure.Destination;
    return new ShardConsumer(mapping, progress, {
      read: async (limit) => (await reader.read(limit)).map((record) => asLambdaRecord(record, names)),
      invoke: async (event) => {
        this.#stopped.signal.throwIfAborted();
        const result = await pool.invoke(mapping.FunctionName, event);
        // A function ended by the stopping host has not failed: its records are read again after the next start.
        if (result.functionError) this.#stopped.signal.throwIfAborted();
        return result;
      },
      giveUp: async (failure) =>
        destination === undefined ? undefined : await queues.send(destination, failure),
      save: async (saved) => {
        this.#checkpoints[found.key] = { ...this.#checkpoints[found.key], [shardId]: saved };
        await this.#file.write(() => JSON.stringify(this.#checkpoints, null, 2));
      },
      pause: (milliseconds) => this.#pause(milliseconds),
      now: () => Date.now(),
      functionArn: pool.find(mapping.FunctionName)?.settings.functionArn ?? mapping.FunctionName,
      streamArn: stream.templateArn,
      shardId,
    });
  }

  #isStopped(): boolean {
    return this.#stopped.signal.aborted;
  }

  async #pause(milliseconds: number): Promise<void> {
    await delay(milliseconds, undefined, { signal: this.#stopped.signal });
  }
}
