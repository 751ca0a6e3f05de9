import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { readFileSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { eventually, fixtureApp, type Place } from "./fixture-host.ts";

const project = join(import.meta.dirname, "..", "..");

/** `npm start` on the fixture, or `main.ts` itself, in a process of its own. */
export class HostProcess {
  readonly child: ChildProcess;
  #output = "";

  constructor(place: Place, { args = [], npm = false }: { args?: string[]; npm?: boolean } = {}) {
    const own = [
      "--no-demo",
      "--state",
      place.directory,
      "--app",
      fixtureApp,
      "-c",
      `outFile=${place.outFile}`,
      ...args,
    ];
    const [command, first] = npm
      ? (["npm", ["start", "--"]] as const)
      : ([process.execPath, [join(project, "infra/local/main.ts")]] as const);
    // A package manager that runs these tests must not be taken for one that runs the host.
    const env = Object.fromEntries(Object.entries(process.env).filter(([name]) => !name.startsWith("npm_")));
    this.child = spawn(command, [...first, ...own], { cwd: project, env, stdio: ["ignore", "pipe", "pipe"] });
    for (const stream of [this.child.stdout, this.child.stderr]) {
      stream?.setEncoding("utf8").on("data", (text: string) => (this.#output += text));
    }
  }

  get output(): string {
    return this.#output;
  }

  async ready(): Promise<void> {
    await eventually(() => {
      if (this.child.exitCode !== null) throw new Error(`the host ended: ${this.#output}`);
      return this.#output.includes("Ready") ? true : undefined;
    }, 60_000);
  }

  /** The exit code, or the signal that ended it. */
  async ended(): Promise<number | string> {
    if (this.child.exitCode !== null) return this.child.exitCode;
    const [code, signal] = (await once(this.child, "exit")) as [number | null, string | null];
    return code ?? signal ?? "?";
  }

  /** The process and all those below it. */
  processes(): Running[] {
    const all = runningProcesses();
    const below = (pid: number): Running[] =>
      all.filter(({ parent }) => parent === pid).flatMap((one) => [one, ...below(one.pid)]);
    return [...all.filter(({ pid }) => pid === this.child.pid), ...below(this.child.pid ?? 0)];
  }

  /** Ends whatever a failed test has left. */
  clear(): void {
    for (const { pid } of this.processes()) {
      try {
        process.kill(pid, "SIGKILL");
      } catch {
        // It has ended meanwhile.
      }
    }
  }
}

export interface Running {
  pid: number;
  parent: number;
  command: string;
}

/** What runs on this machine, without those that have ended and wait to be buried. */
export function runningProcesses(): Running[] {
  return readdirSync("/proc")
    .filter((name) => /^\d+$/.test(name))
    .flatMap((name) => {
      try {
        const stat = readFileSync(`/proc/${name}/stat`, "utf8");
        const [state, parent] = stat.slice(stat.lastIndexOf(")") + 2).split(" ");
        const command = readFileSync(`/proc/${name}/cmdline`, "utf8").replaceAll("\0", " ");
        return state === "Z" ? [] : [{ pid: Number(name), parent: Number(parent), command }];
      } catch {
        return [];
      }
    });
}
