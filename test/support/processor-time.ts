import { createHash } from "node:crypto";

/** Milliseconds of processor time that this process uses for some work; other processes do not count. */
export async function processorTime(work: () => unknown): Promise<number> {
  const before = process.cpuUsage();
  await work();
  const { user, system } = process.cpuUsage(before);
  return (user + system) / 1000;
}

const load = Buffer.alloc(32 * 1024 * 1024);

/**
 * The most that refusing a request may cost on this machine: some hundred milliseconds where its processors run at
 * their usual speed, and more where they do not. What it guards against takes seconds.
 */
export async function mostForRefusal(): Promise<number> {
  const times = [];
  for (let time = 0; time < 5; time += 1)
    times.push(await processorTime(() => createHash("sha256").update(load).digest()));
  return 10 * Math.min(...times);
}
