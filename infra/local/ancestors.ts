import { readFileSync } from "node:fs";

interface Process {
  pid: number;
  parent: number;
  command: string;
}

const interval = 500;
const farthest = 5;

/**
 * Calls `gone` within a second after npm, which started us through a shell, has ended without telling us: killed
 * with SIGKILL it takes nobody along. Does nothing when we were not started by a package manager.
 */
export function watchAncestors(gone: () => void): void {
  if (process.env["npm_lifecycle_event"] === undefined) return;
  const chain = ancestorsUpToNpm();
  const timer = setInterval(() => {
    if (chain.every(({ pid, parent }) => parentOf(pid) === parent)) return;
    clearInterval(timer);
    gone();
  }, interval);
  timer.unref();
}

/** We and those above us, up to the child of npm; each with the parent that it has as long as npm lives. */
function ancestorsUpToNpm(): Process[] {
  const chain: Process[] = [];
  for (let pid = process.pid; chain.length < farthest;) {
    const found = readProcess(pid);
    if (!found || found.parent <= 1) break;
    chain.push(found);
    if (/\b(npm|npx|pnpm|yarn)\b/.test(readProcess(found.parent)?.command ?? "")) return chain;
    pid = found.parent;
  }
  return chain.slice(0, 1);
}

/** A process whose parent has ended gets another one at once, whatever becomes of the old one's number. */
function parentOf(pid: number): number | null {
  return pid === process.pid ? process.ppid : (readProcess(pid)?.parent ?? null);
}

/** From Linux's /proc; elsewhere only our own parent is known. */
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
