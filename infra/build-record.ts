import { createHash } from "node:crypto";
import { readFileSync, statSync } from "node:fs";
import { join } from "node:path";
import * as z from "zod/mini";

const hashes = z.record(z.string(), z.nullable(z.string()));
const BuildRecord = z.object({
  /** Of everything that decides how code is bundled. */
  tools: hashes,
  /** Of the files that the code was made from. */
  inputs: hashes,
  /** Of the files that came out. */
  outputs: hashes,
});

/** SHA-256 of files' content, by path; null where there is none. */
export type BuildRecord = z.infer<typeof BuildRecord>;

export interface Paths {
  readonly tools: readonly string[];
  readonly inputs: readonly string[];
  readonly outputs: readonly string[];
}

/** The files of one build, each read once however many functions are made from it. */
export class BuildFiles {
  readonly #root: string;
  readonly #hashes = new Map<string, string | null>();
  /** Epoch milliseconds. */
  readonly #begun = Date.now();

  /** @param root folder that all paths are relative to */
  constructor(root: string) {
    this.#root = root;
  }

  /**
   * Notes what a function was made from and came to.
   * @returns null if something changed meanwhile: nobody knows then which of the two was built
   */
  record({ tools, inputs, outputs }: Paths): BuildRecord | null {
    if ([...tools, ...inputs].some((path) => this.#changedAt(path) >= this.#begun)) return null;
    for (const path of outputs) this.#hashes.delete(path);
    return { tools: this.#hashesOf(tools), inputs: this.#hashesOf(inputs), outputs: this.#hashesOf(outputs) };
  }

  /** Whether building again would come to the same: by content, since times say little after a checkout. */
  areAsIn(record: unknown, tools: readonly string[]): boolean {
    const read = z.safeParse(BuildRecord, record);
    if (!read.success || !tools.every((path) => path in read.data.tools)) return false;
    const known = { ...read.data.tools, ...read.data.inputs, ...read.data.outputs };
    return Object.entries(known).every(([path, hash]) => this.#hashOf(path) === hash);
  }

  #hashesOf(paths: readonly string[]): Record<string, string | null> {
    return Object.fromEntries(paths.map((path) => [path, this.#hashOf(path)]));
  }

  #hashOf(path: string): string | null {
    const known = this.#hashes.get(path);
    if (known !== undefined) return known;
    const content = unlessMissing(() => readFileSync(join(this.#root, path)));
    const hash = content === null ? null : createHash("sha256").update(content).digest("base64");
    this.#hashes.set(path, hash);
    return hash;
  }

  /** Epoch milliseconds; 0 if there is no such file. */
  #changedAt(path: string): number {
    return unlessMissing(() => statSync(join(this.#root, path)).mtimeMs) ?? 0;
  }
}

/** What a plugin makes up has a path as well, and no file. */
function unlessMissing<T>(read: () => T): T | null {
  try {
    return read();
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "ENOENT") return null;
    throw error;
  }
}
