import { DatabaseSync } from "node:sqlite";
import { HostError, messageOf } from "./host-error.ts";
import { damaged } from "./state.ts";

/**
 * Keeps a second host out of the same state directory. The lock is one of the operating system on an
 * SQLite file, so it goes with the process, however that ends.
 * @returns the function that gives the lock back
 * @throws HostError if another host holds it
 */
export function lock(path: string, directory: string): () => void {
  const database = new DatabaseSync(path, { timeout: 1000 });
  try {
    database.exec("PRAGMA journal_mode = MEMORY; BEGIN EXCLUSIVE");
  } catch (error) {
    database.close();
    if (!messageOf(error).includes("locked")) throw damaged(path, messageOf(error));
    throw new HostError(`Another local host is running on ${directory}; stop it first.`);
  }
  return () => database.close();
}
