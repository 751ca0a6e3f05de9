import { type ChildProcess, fork } from "node:child_process";
import { once } from "node:events";
import { closeSync, openSync } from "node:fs";
import { join } from "node:path";
import { HostError } from "../host-error.ts";
import { stopChild } from "../processes.ts";
import type { Order, Report } from "./emulator-child.ts";

export interface EmulatorSettings {
  /** The service's name, for messages. */
  title: string;
  module: "./cognito-emulator.ts" | "./ses-emulator.ts";
  /** Taken if it is free, so that addresses stay the same from one run to the next. */
  preferredPort: number;
  workingDirectory: string;
  logFile: string;
  onCrash: (error: HostError) => void;
}

/** An emulator in a Node process of its own, which ends with ours. */
export class EmulatorProcess {
  readonly port: number;
  readonly url: string;
  readonly #settings: EmulatorSettings;
  readonly #child: ChildProcess;
  #stopping = false;

  private constructor(settings: EmulatorSettings, child: ChildProcess, port: number) {
    this.#settings = settings;
    this.#child = child;
    this.port = port;
    this.url = `http://127.0.0.1:${port}`;
    child.once("exit", (code, signal) => {
      if (!this.#stopping) settings.onCrash(crash(settings, code, signal));
    });
  }

  /** Starts the process; it has its port when this returns, and answers after `start`. */
  static async launch(settings: EmulatorSettings): Promise<EmulatorProcess> {
    const log = openSync(settings.logFile, "a");
    const args = [String(settings.preferredPort), settings.module];
    const child = fork(join(import.meta.dirname, "emulator-child.ts"), args, {
      cwd: settings.workingDirectory,
      detached: true,
      env: { PATH: process.env["PATH"], HOME: process.env["HOME"], TZ: "UTC" },
      execArgv: [],
      stdio: ["ignore", log, log, "ipc"],
    });
    closeSync(log);
    const report = await nextReport(child);
    if (report?.report !== "listening") throw crash(settings, child.exitCode, child.signalCode);
    return new EmulatorProcess(settings, child, report.port);
  }

  /** @throws HostError with the emulator's reason, for example that it cannot read its state */
  async start(settings: unknown): Promise<void> {
    this.#send({ order: "start", settings });
    const report = await nextReport(this.#child);
    if (report?.report === "ready") return;
    throw report?.report === "failed"
      ? new HostError(
          `${this.#settings.title} did not start: ${report.reason} If its files are damaged: npm start -- --reset`,
        )
      : crash(this.#settings, this.#child.exitCode, this.#child.signalCode);
  }

  async stop(): Promise<void> {
    this.#stopping = true;
    if (this.#child.connected) this.#send({ order: "stop" });
    await stopChild(this.#child);
  }

  #send(order: Order): void {
    this.#child.send(order);
  }
}

/** The child's next message, or null if it ends first. */
async function nextReport(child: ChildProcess): Promise<Report | null> {
  const ended = new AbortController();
  const { signal } = ended;
  try {
    return await Promise.race([
      once(child, "message", { signal }).then(([message]) => message as Report),
      once(child, "exit", { signal }).then(() => null),
    ]);
  } finally {
    ended.abort();
  }
}

function crash({ title, logFile }: EmulatorSettings, code: number | null, signal: string | null): HostError {
  return new HostError(
    `${title} stopped unexpectedly (${signal ?? `exit code ${String(code)}`}); see ${logFile}`,
  );
}
