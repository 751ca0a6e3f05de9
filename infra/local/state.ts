import { mkdir, readdir, rm, stat } from "node:fs/promises";
import { join } from "node:path";
import * as z from "zod/mini";
import { AtomicFile, readText } from "./atomic-file.ts";
import { HostError, messageOf } from "./host-error.ts";

const Text = z.record(z.string(), z.string());

const Resources = z.object({
  version: z.literal(1),
  /** Names that the emulators gave (table names, pool ids), by `<stack>/<logical id>`. */
  physicalIds: Text,
  /** What each resource was last made or changed with, so that a changed template is noticed. */
  hashes: Text,
  /** The code and configuration with which each Custom::Trigger last ran. */
  triggers: Text,
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

/** A log that has grown beyond this starts afresh. */
const longestLog = 10 * 1024 * 1024;

/** The file in the state directory by which a running host keeps others out; it survives a reset. */
export const lockFileName = "lock.db";

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

  /** @throws HostError if the file holds anything but what `save` writes */
  async load(): Promise<void> {
    this.resources = (await readStateFile(this.#file.path, Resources)) ?? noResources();
    for (const folder of ["logs", "queues", "inline"]) await mkdir(this.path(folder), { recursive: true });
    for (const name of await readdir(this.path("logs"))) {
      const file = this.path("logs", name);
      if ((await stat(file)).size > longestLog) await rm(file);
    }
  }

  async save(): Promise<void> {
    await this.#file.write(() => JSON.stringify(this.resources, null, 2));
  }

  /** Deletes everything but the lock that the caller holds. */
  async empty(): Promise<void> {
    for (const name of await readdir(this.directory)) {
      if (!name.startsWith(lockFileName)) await rm(this.path(name), { recursive: true, force: true });
    }
    this.resources = noResources();
  }
}

/**
 * A JSON file of the state directory, or null if it is not there.
 * @throws HostError if it cannot be read as what it should be
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

/** What is said of a file in the state directory that cannot be used. */
export function damaged(path: string, reason: string): HostError {
  return new HostError(
    `The state file ${path} is damaged (${reason}); start over with an empty state: npm start -- --reset`,
  );
}
