import type { ChildProcess } from "node:child_process";
import { once } from "node:events";
import { rm } from "node:fs/promises";
import { createRequire } from "node:module";
import { delimiter, join } from "node:path";
import { HostError } from "../host-error.ts";
import { killGuarded, startGuarded } from "../processes.ts";

/** The folder with package.json and cdk.json, which need not be the working directory. */
export const projectDirectory = join(import.meta.dirname, "..", "..", "..");

export interface Synthesis {
  /** Folder for the assembly; its content is deleted first. */
  output: string;
  /** `key=value` pairs in order; a later one wins. */
  context: string[];
  /** The command that is the CDK app, if not the one in cdk.json. */
  app?: string | undefined;
  signal: AbortSignal;
}

/**
 * Runs `cdk synth`, as a deployment does.
 * @throws HostError with the CDK's output if it fails
 */
export async function synthesise({ output, context, app, signal }: Synthesis): Promise<void> {
  await rm(output, { recursive: true, force: true });
  // An abort before the listener below is added would be missed.
  signal.throwIfAborted();
  const cdk = join(createRequire(import.meta.url).resolve("aws-cdk/package.json"), "..", "bin", "cdk");
  const options = ["--quiet", "--no-notices", "--no-version-reporting", "--output", output];
  const appOption = app === undefined ? [] : ["--app", app];
  const contextOptions = context.flatMap((pair) => ["--context", pair]);
  const child = startGuarded(process.execPath, [cdk, "synth", ...options, ...appOption, ...contextOptions], {
    cwd: projectDirectory,
    env: environment(),
  });
  const kill = () => killGuarded(child);
  signal.addEventListener("abort", kill, { once: true });
  const printed = transcript(child);
  const [code] = (await once(child, "close")) as [number | null];
  signal.removeEventListener("abort", kill);
  signal.throwIfAborted();
  if (code !== 0) throw new HostError(`The CDK app could not be synthesised:\n${printed().trim()}`);
}

/** Puts the project's programs first in the path: the app must run on the pinned Node. */
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
