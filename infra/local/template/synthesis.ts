import { rm } from "node:fs/promises";
import { createRequire } from "node:module";
import { delimiter, join } from "node:path";
import type { ChildProcess } from "node:child_process";
import { once } from "node:events";
import { killGuarded, startGuarded } from "../processes.ts";
import { HostError } from "../host-error.ts";
import { projectDirectory } from "../project.ts";

export interface Synthesis {
  /** Where the assembly is written; what was there is deleted first. */
  output: string;
  /** `key=value` pairs in order; a later one wins. */
  context: string[];
  /** The command that is the CDK app, if not the one in cdk.json. */
  app?: string | undefined;
  signal: AbortSignal;
}

/**
 * Runs `cdk synth`, as a deployment would.
 * @throws HostError with the CDK's own words if it fails
 */
export async function synthesise({ output, context, app, signal }: Synthesis): Promise<void> {
  await rm(output, { recursive: true, force: true });
  const cdk = join(createRequire(import.meta.url).resolve("aws-cdk/package.json"), "..", "bin", "cdk");
  const child = startGuarded(
    process.execPath,
    [
      ...[cdk, "synth", "--quiet", "--no-notices", "--no-version-reporting", "--output", output],
      ...(app === undefined ? [] : ["--app", app]),
      ...context.flatMap((pair) => ["--context", pair]),
    ],
    { cwd: projectDirectory, env: environment() },
  );
  const stopped = () => killGuarded(child);
  signal.addEventListener("abort", stopped, { once: true });
  const words = transcript(child);
  const [code] = (await once(child, "close")) as [number | null];
  signal.removeEventListener("abort", stopped);
  signal.throwIfAborted();
  if (code !== 0) throw new HostError(`The CDK app could not be synthesised:\n${words().trim()}`);
}

/** Our own, with the project's programs first: the app must run on the pinned Node. */
function environment(): NodeJS.ProcessEnv {
  const path = [join(projectDirectory, "node_modules", ".bin"), process.env["PATH"] ?? ""].join(delimiter);
  return { ...process.env, PATH: path, CDK_DISABLE_CLI_TELEMETRY: "true", NO_COLOR: "1", FORCE_COLOR: "0" };
}

function transcript(child: ChildProcess): () => string {
  const parts: string[] = [];
  for (const stream of [child.stdout, child.stderr]) {
    stream?.setEncoding("utf8").on("data", (text: string) => parts.push(text));
  }
  return () => parts.join("");
}
