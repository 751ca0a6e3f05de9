import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { TestProject } from "vitest/node";
import { startHost } from "../../infra/local/start-host.ts";
import { roomyLimits } from "../support/stack.ts";
import { keepUsedGrants } from "../support/used-grants.ts";

declare module "vitest" {
  export interface ProvidedContext {
    /** A folder with the `.portero` of the stack that the end-to-end tests share. */
    stackFolder: string;
  }
}

/** Starts one stack for all files of the suite; those that break something start their own. */
export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  const folder = mkdtempSync(join(tmpdir(), "portero-"));
  const host = await startHost({ stateDirectory: join(folder, ".portero"), context: roomyLimits });
  project.provide("stackFolder", folder);
  return async () => {
    await host.stop();
    keepUsedGrants(host);
    rmSync(folder, { recursive: true, force: true });
  };
}
