import { createHash } from "node:crypto";
import { messageOf } from "../host-error.ts";
import {
  type BatchSurroundings,
  type MappingProperties,
  processBatch,
  recordFilter,
} from "./stream-mapping.ts";
import type { StreamRecord } from "./stream-reader.ts";

/** How far a shard is done, kept from one run to the next. */
export interface ShardProgress {
  /** All records up to this sequence number are done; null if none is. */
  upTo: string | null;
  /** How far single lanes are beyond that, by lane number; valid only for the same number of lanes. */
  lanes: Record<string, string>;
  laneCount: number;
}

export interface ConsumerSurroundings extends Omit<BatchSurroundings, "checkpoint"> {
  read: (limit: number) => Promise<StreamRecord[]>;
  save: (progress: ShardProgress) => Promise<void>;
}

interface Lane {
  queue: StreamRecord[];
  doneUpTo: bigint;
  running: boolean;
}

/** A record that was read; `lane` is null if it needs no processing. */
interface PendingRecord {
  sequenceNumber: string;
  lane: Lane | null;
}

const idlePause = 100;
const pauseAfterError = 1000;
const mostPending = 1000;

/**
 * Passes a shard's records to the function, in as many lanes as the mapping's parallelization factor. Records of one
 * key go to the same lane, in order, so a failing record delays only its own lane.
 */
export class ShardConsumer {
  readonly #mapping: MappingProperties;
  readonly #passesFilter: (record: StreamRecord) => boolean;
  readonly #surroundings: ConsumerSurroundings;
  readonly #lanes: Lane[];
  /** Records that were read and may not be done yet, in the shard's order. */
  #pending: PendingRecord[] = [];
  #upTo: string | null;

  constructor(mapping: MappingProperties, progress: ShardProgress, surroundings: ConsumerSurroundings) {
    this.#mapping = mapping;
    this.#passesFilter = recordFilter(mapping);
    this.#surroundings = surroundings;
    this.#upTo = progress.upTo;
    const known = progress.laneCount === mapping.ParallelizationFactor ? progress.lanes : {};
    this.#lanes = Array.from({ length: mapping.ParallelizationFactor }, (_, number) => ({
      queue: [],
      doneUpTo: BigInt(known[number] ?? progress.upTo ?? -1),
      running: false,
    }));
  }

  /** Reads the stream once; pauses if there is nothing new. @throws the error of a failed read */
  async round(): Promise<void> {
    const room = mostPending - this.#pending.length;
    const records = room > 0 ? await this.#surroundings.read(room) : [];
    for (const record of records) this.#take(record);
    if (records.length === 0) return this.#surroundings.pause(idlePause);
    await this.#advance();
  }

  #take(record: StreamRecord): void {
    const { SequenceNumber: sequenceNumber } = record.dynamodb;
    const lane = this.#lanes[keyHash(record) % this.#lanes.length];
    const isNew = lane !== undefined && BigInt(sequenceNumber) > lane.doneUpTo;
    if (!isNew || !this.#passesFilter(record)) {
      this.#pending.push({ sequenceNumber, lane: null });
      return;
    }
    this.#pending.push({ sequenceNumber, lane });
    lane.queue.push(record);
    if (!lane.running) void this.#run(lane);
  }

  /** Processes a lane's queue until it is empty or the host stops. */
  async #run(lane: Lane): Promise<void> {
    lane.running = true;
    try {
      while (lane.queue.length > 0) await this.#process(lane, lane.queue.splice(0, this.#mapping.BatchSize));
    } catch {
      // The host stops; the records that are left are read again after the next start.
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
        // The pause rejects when the host stops, which ends the loop; after other errors the batch is tried again.
        await this.#surroundings.pause(pauseAfterError);
        console.error(`Records of shard ${this.#surroundings.shardId} wait: ${messageOf(error)}`);
        left = left.filter(({ dynamodb }) => BigInt(dynamodb.SequenceNumber) > lane.doneUpTo);
      }
    }
  }

  /** Saves up to where all records are done, and how far each lane is. */
  async #advance(): Promise<void> {
    const firstOpen = this.#pending.findIndex((record) => !isDone(record));
    const done = this.#pending.splice(0, firstOpen < 0 ? this.#pending.length : firstOpen);
    this.#upTo = done.at(-1)?.sequenceNumber ?? this.#upTo;
    const lanes = this.#lanes.map(({ doneUpTo }, number) => [String(number), String(doneUpTo)] as const);
    await this.#surroundings.save({
      upTo: this.#upTo,
      lanes: Object.fromEntries(lanes.filter(([, doneUpTo]) => doneUpTo !== "-1")),
      laneCount: this.#lanes.length,
    });
  }
}

function isDone({ sequenceNumber, lane }: PendingRecord): boolean {
  return lane === null || BigInt(sequenceNumber) <= lane.doneUpTo;
}

/** The same for all records of a key; the parts are sorted because the emulator's order varies. */
function keyHash({ dynamodb }: StreamRecord): number {
  const parts = Object.entries(dynamodb["Keys"] as Record<string, unknown>);
  const sorted = parts.sort(([one], [other]) => (one < other ? -1 : 1));
  return createHash("sha256").update(JSON.stringify(sorted)).digest().readUInt32BE();
}
