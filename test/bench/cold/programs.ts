import { spawn } from "node:child_process";
import { once } from "node:events";
import { closeSync, mkdtempSync, openSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import { build } from "esbuild";
import { buildFolder } from "../../../infra/build.ts";
import { sum } from "../statistics.ts";
import type { ColdStart } from "./process.ts";
import { RecordedServices } from "./recorded-services.ts";
import { sampleOf, type Sample } from "./samples.ts";
import { withServices, type Environment, type World } from "./world.ts";

/** A function that is ready to be started any number of times. */
export interface Program {
  readonly name: string;
  readonly sample: Pick<Sample, "kind" | "isSuccess">;
  readonly bundle: string;
  /** The file that holds the event. */
  readonly event: string;
  readonly environment: Environment;
  /** Megabytes. */
  readonly memory: number;
  /** Bytes of code that the request loads itself. */
  readonly bytesAfterInit: number;
  /** The services' operations that the request asks, in their order. */
  readonly operations: readonly string[];
}

/** Cold starts of functions, each in a process of its own that asks services which answer at once. */
export class Programs {
  readonly #folder: string;
  readonly #logFile: string;
  readonly #services: RecordedServices;

  private constructor(folder: string, services: RecordedServices) {
    this.#folder = folder;
    this.#logFile = join(folder, "log.txt");
    this.#services = services;
  }

  static async start(): Promise<Programs> {
    const folder = mkdtempSync(join(tmpdir(), "portero-cold-"));
    // Compiled beforehand: Node would load its compiler for TypeScript in every process.
    await build({
      entryPoints: [join(import.meta.dirname, "process.ts")],
      outfile: join(folder, "process.mjs"),
      platform: "node",
      format: "esm",
    });
    return new Programs(folder, await RecordedServices.start());
  }

  async stop(): Promise<void> {
    await this.#services.stop();
    rmSync(this.#folder, { recursive: true, force: true });
  }

  /** A handler that does nothing, which all others are compared with. */
  addEmpty(): Program {
    const bundle = join(this.#folder, "empty.mjs");
    writeFileSync(bundle, "export const handler = () => Promise.resolve();\n");
    const event = this.#eventFile("empty", {});
    const nothing = { environment: {}, bytesAfterInit: 0, operations: [] };
    const sample = { kind: "event", isSuccess: () => true } as const;
    return { name: "empty", sample, bundle, event, memory: 128, ...nothing };
  }

  /**
   * Starts a function once on the real stand-ins, and records what they answer.
   * @throws Error if it failed, or did not ask what it mostly asks
   */
  async addFunction(name: string, world: World): Promise<Program> {
    const environment = await world.environmentOf(name);
    const sample = await sampleOf(name, world, environment);
    const bundle = join(buildFolder, name, "index.mjs");
    const event = this.#eventFile(name, sample.event);
    const recording = await world.record(name, environment);
    const outcome = await this.#start({ bundle, event, environment: recording.environment }, "notes-files");
    const operations = recording.calls.map(({ operation }) => operation);
    this.#requireSuccess(name, sample, outcome);
    if (sample.asks !== undefined && !operations.includes(sample.asks))
      throw new Error(`${name} asked ${operations.join(", ")}, and not ${sample.asks}`);
    this.#services.record(name, recording.calls);
    return {
      name,
      sample,
      bundle,
      event,
      environment,
      memory: Number(environment["AWS_LAMBDA_FUNCTION_MEMORY_SIZE"]),
      bytesAfterInit: bytesOf(outcome.loadedAfterInit),
      operations,
    };
  }

  /** One cold start. @throws Error if the function failed */
  async run(program: Program): Promise<ColdStart> {
    const addressOf = this.#services.newRun(program.name);
    const environment = {
      ...withServices(program.environment, addressOf),
      // The certificate of the recorded services is signed by itself.
      NODE_TLS_REJECT_UNAUTHORIZED: "0",
    };
    const outcome = await this.#start({ ...program, environment });
    this.#requireSuccess(program.name, program.sample, outcome);
    return outcome;
  }

  #eventFile(name: string, event: unknown): string {
    const file = join(this.#folder, `${name}.json`);
    writeFileSync(file, JSON.stringify(event));
    return file;
  }

  async #start(
    { bundle, event, environment: env }: Pick<Program, "bundle" | "event" | "environment">,
    ...options: string[]
  ): Promise<ColdStart> {
    const outcome = join(this.#folder, "outcome.json");
    const log = openSync(this.#logFile, "w");
    const program = join(this.#folder, "process.mjs");
    const parameters = [program, pathToFileURL(bundle).href, event, outcome, ...options];
    const child = spawn(process.execPath, parameters, { env, stdio: ["ignore", log, log] });
    const [code] = (await once(child, "exit")) as [number | null];
    closeSync(log);
    if (code !== 0) throw new Error(`${bundle} failed: ${this.#log()}`);
    return JSON.parse(readFileSync(outcome, "utf8")) as ColdStart;
  }

  #requireSuccess(name: string, { isSuccess }: Pick<Sample, "isSuccess">, { result }: ColdStart): void {
    if (isSuccess(result)) return;
    throw new Error(`${name} answered ${JSON.stringify(result).slice(0, 500)} and logged ${this.#log()}`);
  }

  /** The end of what the last process logged. */
  #log(): string {
    return readFileSync(this.#logFile, "utf8").slice(-2_000);
  }
}

const bytesOf = (urls: readonly string[]) =>
  sum(urls.filter((url) => url.startsWith("file:")).map((url) => statSync(fileURLToPath(url)).size));
