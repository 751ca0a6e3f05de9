import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type RunningHost, startHost } from "../../infra/local/start-host.ts";

export const fixtureApp = "node test/local/fixture-app.ts";

/** A state directory of its own, and where the fixture's functions leave their traces. */
export interface Place {
  directory: string;
  outFile: string;
  remove: () => void;
}

export function newPlace(): Place {
  const directory = mkdtempSync(join(tmpdir(), "portero-host-"));
  const remove = () => rmSync(directory, { recursive: true, force: true });
  return { directory: join(directory, "state"), outFile: join(directory, "out.jsonl"), remove };
}

/** The fixture app on the local host. */
export function startFixture(
  place: Place,
  context: Record<string, string> = {},
  log?: (line: string) => void,
): Promise<RunningHost> {
  return startHost({
    stateDirectory: place.directory,
    app: fixtureApp,
    context: { outFile: place.outFile, ...context },
    seed: false,
    ...(log && { log }),
  });
}

/** What the fixture's functions have written down, oldest first. */
export function traces(place: Place): Record<string, unknown>[] {
  try {
    const lines = readFileSync(place.outFile, "utf8").split("\n").filter(Boolean);
    return lines.map((line) => JSON.parse(line) as Record<string, unknown>);
  } catch {
    return [];
  }
}

/** Looks again and again until there is something to see. */
export async function eventually<T>(
  look: () => T | undefined | Promise<T | undefined>,
  patience = 15_000,
): Promise<T> {
  const deadline = Date.now() + patience;
  for (;;) {
    const seen = await look();
    if (seen !== undefined) return seen;
    if (Date.now() > deadline) throw new Error("waited in vain");
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}

export const localCredentials = { accessKeyId: "local", secretAccessKey: "local" };
export const fixtureRegion = "eu-central-1";
