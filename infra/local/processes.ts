import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { readFileSync } from "node:fs";

export interface ChildSettings {
  cwd?: string;
  env?: NodeJS.ProcessEnv;
}

/**
 * Starts a reader of descriptor 3 in the background, then becomes the program. The other end of that pipe is in our
 * process alone: it closes when we end, even by SIGKILL, and the reader then kills the whole process group.
 */
const guard = '(cat <&3; kill -KILL -$$) >/dev/null 2>&1 & exec "$@" 3<&-';

/**
 * Starts a program that cannot outlive us, even when we are killed with SIGKILL. It has its own process group, so
 * that Ctrl-C reaches only us and we can stop it in order.
 */
export function startGuarded(command: string, args: string[], settings: ChildSettings = {}): ChildProcess {
  if (process.platform === "win32")
    return spawn(command, args, { ...settings, stdio: ["ignore", "pipe", "pipe"] });
  const child = spawn("/bin/sh", ["-c", guard, "sh", command, ...args], {
    ...settings,
    detached: true,
    stdio: ["ignore", "pipe", "pipe", "pipe"],
  });
  child.stdio[3]?.on("error", () => undefined);
  child.once("exit", () => child.stdio[3]?.destroy());
  return child;
}

/** Ends a child and everything it has started at once; only for programs that keep no state. */
export function killGuarded(child: ChildProcess): void {
  if (hasEnded(child) || child.pid === undefined) return;
  if (process.platform === "win32") child.kill("SIGKILL");
  else process.kill(-child.pid, "SIGKILL");
}

/** Tells a child to end, and kills it when it has not done so after `patience` milliseconds. */
export async function stopChild(child: ChildProcess, patience = 2000): Promise<void> {
  if (hasEnded(child) || child.pid === undefined) return;
  const ended = once(child, "exit");
  child.kill("SIGTERM");
  const timer = setTimeout(() => child.kill("SIGKILL"), patience);
  await ended;
  clearTimeout(timer);
}

export function hasEnded(child: ChildProcess): boolean {
  return child.exitCode !== null || child.signalCode !== null;
}

interface Process {
  pid: number;
  parent: number;
  command: string;
}

const watchInterval = 500;
const mostAncestors = 5;

/**
 * Calls `onGone` within a second after npm, which started us through a shell, was killed: SIGKILL ends npm without
 * ending us. Does nothing when no package manager started us.
 */
export function watchAncestors(onGone: () => void): void {
  if (process.env["npm_lifecycle_event"] === undefined) return;
  const chain = ancestorsUpToNpm();
  const timer = setInterval(() => {
    if (chain.every(({ pid, parent }) => parentOf(pid) === parent)) return;
    clearInterval(timer);
    onGone();
  }, watchInterval);
  timer.unref();
}

/** This process and its ancestors, up to the child of npm, each with the parent it has while npm lives. */
function ancestorsUpToNpm(): Process[] {
  const chain: Process[] = [];
  for (let pid = process.pid; chain.length < mostAncestors;) {
    const found = readProcess(pid);
    if (!found || found.parent <= 1) break;
    chain.push(found);
    if (/\b(npm|npx|pnpm|yarn)\b/.test(readProcess(found.parent)?.command ?? "")) return chain;
    pid = found.parent;
  }
  return chain.slice(0, 1);
}

/** Reads the parent anew: a process whose parent has ended is given another one at once. */
function parentOf(pid: number): number | null {
  return pid === process.pid ? process.ppid : (readProcess(pid)?.parent ?? null);
}

/** Reads Linux's /proc; on other systems only our own parent is known. */
function readProcess(pid: number): Process | null {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, "utf8");
    const [, parent = ""] = stat.slice(stat.lastIndexOf(")") + 2).split(" ");
    const command = readFileSync(`/proc/${pid}/cmdline`, "utf8").replaceAll("\0", " ");
    return { pid, parent: Number(parent), command };
  } catch {
    return pid === process.pid ? { pid, parent: process.ppid, command: "" } : null;
  }
}
