import { randomUUID } from "node:crypto";
import { readFile, rename, rm, writeFile } from "node:fs/promises";

/** Writes a draft beside the file and renames it, so that a killed process never leaves half a file. */
export async function replaceFile(path: string, text: string): Promise<void> {
  const draft = `${path}.${randomUUID()}.tmp`;
  try {
    await writeFile(draft, text);
    await rename(draft, path);
  } catch (error) {
    await rm(draft, { force: true });
    throw error;
  }
}

/** The file's text, or null if there is no such file. */
export async function readText(path: string): Promise<string | null> {
  try {
    return await readFile(path, "utf8");
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "ENOENT") return null;
    throw error;
  }
}

/**
 * A file with several writers: writes follow one another, and those that wait during a write become one write of
 * the newest content.
 */
export class AtomicFile {
  readonly path: string;
  #render: (() => string) | null = null;
  #waiting: Promise<void> | null = null;
  #running: Promise<void> = Promise.resolve();

  constructor(path: string) {
    this.path = path;
  }

  /** Resolves when the disk has content at least as new as what `render` returns now. */
  write(render: () => string): Promise<void> {
    this.#render = render;
    this.#waiting ??= this.#running.then(() => {
      const newest = this.#render ?? render;
      this.#waiting = null;
      this.#running = replaceFile(this.path, newest());
      const written = this.#running;
      this.#running = written.catch(() => undefined);
      return written;
    });
    return this.#waiting;
  }
}
