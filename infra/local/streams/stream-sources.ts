import { setTimeout as delay } from "node:timers/promises";
import type { DynamoDBStreamsClient } from "@aws-sdk/client-dynamodb-streams";
import * as z from "zod/mini";
import { AtomicFile } from "../atomic-file.ts";
import type { Catalogue, Found } from "../template/catalogue.ts";
import { messageOf } from "../host-error.ts";
import type { LambdaPool } from "../lambda/lambda-pool.ts";
import type { Queues } from "../lambda/queues.ts";
import { ShardConsumer } from "./shard-consumer.ts";
import { readStateFile, type State } from "../state.ts";
import { MappingProperties } from "./stream-mapping.ts";
import { ShardReader, asLambdaRecord, listShards } from "./stream-reader.ts";

/** A table's stream: its real address at the emulator, and the one that the templates know it by. */
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
/** By mapping and by shard. */
const Checkpoints = z.record(z.string(), z.record(z.string(), Progress));
type Checkpoints = z.infer<typeof Checkpoints>;

/** Shards come and go rarely: how many looks at the known ones lie between two looks for new ones. */
const roundsPerListing = 50;
const troublePause = 1000;

/** Lambda's event source mappings on tables' streams. */
export class StreamSources {
  readonly #parts: StreamSourceParts;
  readonly #stopped = new AbortController();
  readonly #file: AtomicFile;
  #checkpoints: Checkpoints = {};

  constructor(parts: StreamSourceParts) {
    this.#parts = parts;
    this.#file = new AtomicFile(parts.state.path("checkpoints.json"));
  }

  /** @throws HostError if the checkpoints cannot be read */
  async start(): Promise<void> {
    this.#checkpoints = (await readStateFile(this.#file.path, Checkpoints)) ?? {};
    for (const found of this.#parts.catalogue.ofType("AWS::Lambda::EventSourceMapping"))
      void this.#follow(found);
  }

  /** Takes up nothing new; what is not done by now comes again after the next start. */
  stop(): void {
    this.#stopped.abort();
  }

  /** Runs until the host stops, through whatever troubles the emulator has meanwhile. */
  async #follow(found: Found): Promise<void> {
    const { catalogue, client, streams } = this.#parts;
    const mapping = MappingProperties.parse(catalogue.properties(found));
    const stream = streams.find(({ templateArn }) => templateArn === mapping.EventSourceArn);
    if (!stream || !mapping.Enabled) return;
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
        await this.#pause(troublePause).catch(() => undefined);
      }
    }
  }

  #consumer(found: Found, mapping: MappingProperties, stream: StreamOfTable, shardId: string): ShardConsumer {
    const { client, pool, queues } = this.#parts;
    const progress = this.#checkpoints[found.key]?.[shardId] ?? { upTo: null, lanes: {}, laneCount: 0 };
    const reader = new ShardReader(client, stream.emulatorArn, shardId, progress.upTo);
    const names = { region: found.stack.region, streamArn: stream.templateArn };
    const destination = mapping.DestinationConfig?.OnFailure?.Destination;
    return new ShardConsumer(mapping, progress, {
      read: async (limit) => (await reader.read(limit)).map((record) => asLambdaRecord(record, names)),
      invoke: async (event) => {
        this.#stopped.signal.throwIfAborted();
        const result = await pool.invoke(mapping.FunctionName, event);
        // A function that the stopping host ended has not failed: its records come again after the next start.
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
