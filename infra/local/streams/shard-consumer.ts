import { createHash } from "node:crypto";
import { messageOf } from "../host-error.ts";
import {
  type BatchSurroundings,
  type MappingProperties,
  passesFilter,
  processBatch,
} from "./stream-mapping.ts";
import type { StreamRecord } from "./stream-reader.ts";

/** How far a shard has been dealt with, as it is remembered from one run to the next. */
export interface ShardProgress {
  /** Everything up to this sequence number is done; null: nothing yet. */
  upTo: string | null;
  /** What single lanes have done beyond that, by number; counts only as long as there are as many lanes. */
  lanes: Record<string, string>;
  laneCount: number;
}

export interface ConsumerSurroundings extends Omit<
  BatchSurroundings,
  "checkpoint" | "functionArn" | "streamArn" | "shardId"
> {
  functionArn: string;
  streamArn: string;
  shardId: string;
  read: (limit: number) => Promise<StreamRecord[]>;
  save: (progress: ShardProgress) => Promise<void>;
}

interface Lane {
  queue: StreamRecord[];
  doneUpTo: bigint;
  running: boolean;
}

const idlePause = 100;
const troublePause = 1000;
const mostWaiting = 1000;

/**
 * Hands a shard's records to the function: in as many lanes as the mapping's parallelization factor, all records
 * of one key in the same lane and in their order, so that one that fails holds up its own lane alone.
 */
export class ShardConsumer {
  readonly #mapping: MappingProperties;
  readonly #surroundings: ConsumerSurroundings;
  readonly #lanes: Lane[];
  /** Records that have been read and may not be done yet, in the shard's order. */
  #waiting: { sequenceNumber: string; lane: Lane | null }[] = [];
  #upTo: string | null;

  constructor(mapping: MappingProperties, progress: ShardProgress, surroundings: ConsumerSurroundings) {
    this.#mapping = mapping;
    this.#surroundings = surroundings;
    this.#upTo = progress.upTo;
    const known = progress.laneCount === mapping.ParallelizationFactor ? progress.lanes : {};
    this.#lanes = Array.from({ length: mapping.ParallelizationFactor }, (_, number) => ({
      queue: [],
      doneUpTo: BigInt(known[number] ?? progress.upTo ?? -1),
      running: false,
    }));
  }

  /** One look at the stream; waits a little when there is nothing new. @throws what reading throws */
  async round(): Promise<void> {
    const room = mostWaiting - this.#waiting.length;
    const records = room > 0 ? await this.#surroundings.read(Math.min(room, 1000)) : [];
    for (const record of records) this.#take(record);
    if (records.length === 0) return this.#surroundings.pause(idlePause);
    await this.#advance();
  }

  #take(record: StreamRecord): void {
    const { SequenceNumber: sequenceNumber } = record.dynamodb;
    const lane = this.#lanes[keyHash(record) % this.#lanes.length];
    const isNew = lane !== undefined && BigInt(sequenceNumber) > lane.doneUpTo;
    if (!isNew || !passesFilter(this.#mapping, record)) {
      this.#waiting.push({ sequenceNumber, lane: null });
      return;
    }
    this.#waiting.push({ sequenceNumber, lane });
    lane.queue.push(record);
    if (!lane.running) void this.#run(lane);
  }

  /** Works through a lane's queue; ends when it is empty, or the host stops. */
  async #run(lane: Lane): Promise<void> {
    lane.running = true;
    const { MaximumBatchingWindowInSeconds: window, BatchSize } = this.#mapping;
    try {
      while (lane.queue.length > 0) {
        if (window > 0 && lane.queue.length < BatchSize) await this.#surroundings.pause(window * 1000);
        const batch = lane.queue.splice(0, BatchSize);
        await this.#process(lane, batch);
      }
    } catch {
      // The host stops: what is left is read again after the next start.
    }
    lane.running = false;
  }

  async #process(lane: Lane, batch: StreamRecord[]): Promise<void> {
    const checkpoint = async (sequenceNumber: string) => {
      lane.doneUpTo = BigInt(sequenceNumber);
      await this.#advance();
    };
    let left = batch;
    for (;;) {
      try {
        await processBatch(left, this.#mapping, { ...this.#surroundings, checkpoint });
        return;
      } catch (error) {
        // Waiting fails when the host stops, and so ends this; anything else is tried again.
        await this.#surroundings.pause(troublePause);
        console.error(`Records of shard ${this.#surroundings.shardId} wait: ${messageOf(error)}`);
        left = left.filter(({ dynamodb }) => BigInt(dynamodb.SequenceNumber) > lane.doneUpTo);
      }
    }
  }

  /** Remembers how far everything is done without a gap, and how far each lane is. */
  async #advance(): Promise<void> {
    const isDone = ({ sequenceNumber, lane }: { sequenceNumber: string; lane: Lane | null }) =>
      lane === null || BigInt(sequenceNumber) <= lane.doneUpTo;
    const firstOpen = this.#waiting.findIndex((record) => !isDone(record));
    const done = this.#waiting.splice(0, firstOpen < 0 ? this.#waiting.length : firstOpen);
    this.#upTo = done.at(-1)?.sequenceNumber ?? this.#upTo;
    const lanes = this.#lanes.map(({ doneUpTo }, number) => [String(number), String(doneUpTo)] as const);
    await this.#surroundings.save({
      upTo: this.#upTo,
      lanes: Object.fromEntries(lanes.filter(([, doneUpTo]) => doneUpTo !== "-1")),
      laneCount: this.#lanes.length,
    });
  }
}

/** The same for all records of a key: the emulator names the parts of a key in another order each time. */
function keyHash({ dynamodb }: StreamRecord): number {
  const parts = Object.entries(dynamodb["Keys"] as Record<string, unknown>);
  const inOrder = parts.sort(([one], [other]) => (one < other ? -1 : 1));
  return createHash("sha256").update(JSON.stringify(inOrder)).digest().readUInt32BE();
}
