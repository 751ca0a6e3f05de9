import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";

export interface ChildSettings {
  cwd?: string;
  env?: NodeJS.ProcessEnv;
}

/**
 * Becomes the program, after leaving a reader on descriptor 3 behind. That pipe's other end lives in our
 * process alone: when we end, in whatever way, it closes, and the whole process group is killed.
 */
const guard = '(cat <&3; kill -KILL -$$) >/dev/null 2>&1 & exec "$@" 3<&-';

/**
 * Starts a program that cannot outlive us, not even when we are killed with SIGKILL. It has its own process
 * group, so that Ctrl-C reaches us alone and we can stop it in order.
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

/** Ends a child and all that it has started, at once: for one that leaves nothing behind which is worth keeping. */
export function killGuarded(child: ChildProcess): void {
  if (child.exitCode !== null || child.signalCode !== null || child.pid === undefined) return;
  if (process.platform === "win32") child.kill("SIGKILL");
  else process.kill(-child.pid, "SIGKILL");
}

/** Asks a child to end, and ends it when it has not done so after `patience` milliseconds. */
export async function stopChild(child: ChildProcess, patience = 2000): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null || child.pid === undefined) return;
  const ended = once(child, "exit");
  child.kill("SIGTERM");
  const timer = setTimeout(() => child.kill("SIGKILL"), patience);
  await ended;
  clearTimeout(timer);
}
