import { mkdir, readdir, rm, stat } from "node:fs/promises";
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import * as z from "zod/mini";
import { AtomicFile, readText } from "./atomic-file.ts";
import { HostError, messageOf } from "./host-error.ts";

const TextByName = z.record(z.string(), z.string());

const Resources = z.object({
  version: z.literal(1),
  /** Names that the emulators gave (table names, pool ids), by `<stack>/<logical id>`. */
  physicalIds: TextByName,
  /** SHA-256 of the properties that each resource was last made or changed with. */
  hashes: TextByName,
  /** The code and configuration with which each Custom::Trigger last ran. */
  triggers: TextByName,
  /** Ports of the last run, taken again when they are free so that addresses stay the same. */
  ports: z.record(z.string(), z.number()),
  seed: z.enum(["none", "seeding", "seeded"]),
});
export type Resources = z.infer<typeof Resources>;

const noResources = (): Resources => ({
  version: 1,
  physicalIds: {},
  hashes: {},
  triggers: {},
  ports: {},
  seed: "none",
});

/** A log larger than this, in bytes, is deleted at the next start. */
const longestLog = 10 * 1024 * 1024;

/** The lock survives a reset: the host that resets holds it. */
const lockFileName = "lock.db";

/** The folder in which one local host keeps everything it must find again after a restart. */
export class State {
  readonly directory: string;
  resources: Resources = noResources();
  readonly #file: AtomicFile;

  constructor(directory: string) {
    this.directory = directory;
    this.#file = new AtomicFile(join(directory, "resources.json"));
  }

  path(...parts: string[]): string {
    return join(this.directory, ...parts);
  }

  /**
   * Keeps a second host out of the folder. The lock is the operating system's on an SQLite file, so it ends with
   * the process, even by SIGKILL.
   * @returns the function that releases the lock
   * @throws HostError if another host holds it
   */
  lock(): () => void {
    const path = this.path(lockFileName);
    const database = new DatabaseSync(path, { timeout: 1000 });
    try {
      database.exec("PRAGMA journal_mode = MEMORY; BEGIN EXCLUSIVE");
    } catch (error) {
      database.close();
      if (!messageOf(error).includes("locked")) throw damaged(path, messageOf(error));
      throw new HostError(`Another local host is running on ${this.directory}; stop it first.`);
    }
    return () => database.close();
  }

  /** @throws HostError if the file holds anything but what `save` writes */
  async load(): Promise<void> {
    this.resources = (await readStateFile(this.#file.path, Resources)) ?? noResources();
    for (const folder of ["logs", "queues"]) await mkdir(this.path(folder), { recursive: true });
    for (const name of await readdir(this.path("logs"))) {
      const file = this.path("logs", name);
      if ((await stat(file)).size > longestLog) await rm(file);
    }
  }

  async save(): Promise<void> {
    await this.#file.write(() => JSON.stringify(this.resources, null, 2));
  }

  /** Deletes everything but the lock. */
  async empty(): Promise<void> {
    for (const name of await readdir(this.directory)) {
      if (!name.startsWith(lockFileName)) await rm(this.path(name), { recursive: true, force: true });
    }
    this.resources = noResources();
  }
}

/**
 * Reads a JSON file of the state directory; null if there is none.
 * @throws HostError if its content does not fit the schema
 */
export async function readStateFile<T>(path: string, schema: z.ZodMiniType<T>): Promise<T | null> {
  const text = await readText(path);
  if (text === null) return null;
  try {
    return schema.parse(JSON.parse(text));
  } catch (error) {
    const notOurs = "its content is not what the local host writes";
    throw damaged(path, error instanceof z.core.$ZodError ? notOurs : messageOf(error));
  }
}

/** The error for a file in the state directory that cannot be used. */
export function damaged(path: string, reason: string): HostError {
  return new HostError(
    `The state file ${path} is damaged (${reason}); start over with an empty state: npm start -- --reset`,
  );
}
