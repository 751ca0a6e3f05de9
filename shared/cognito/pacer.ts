import { setTimeout as sleep } from "node:timers/promises";

/** Waits until the next call may be made. */
export type Pace = () => Promise<void>;

/**
 * Spaces calls evenly, so that a job leaves part of a service's quota to users' requests.
 * @param pause waits a number of milliseconds
 */
export function pacer(
  callsPerSecond: number,
  now: () => number = () => performance.now(),
  pause: (milliseconds: number) => Promise<unknown> = (milliseconds) => sleep(milliseconds),
): Pace {
  let next = -Infinity;
  return async () => {
    const wait = next - now();
    next = Math.max(next, now()) + 1000 / callsPerSecond;
    if (wait > 0) await pause(wait);
  };
}
