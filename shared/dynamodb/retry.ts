import { DomainError } from "../domain/errors.ts";
import { setTimeout as sleep } from "node:timers/promises";

const mostAttempts = 10;
const firstPauseMilliseconds = 20;
const longestPauseMilliseconds = 500;

/** Waits before another attempt, with full jitter, so that colliding requests spread out. */
export function pauseBefore(attempt: number): Promise<void> {
  const ceiling = Math.min(longestPauseMilliseconds, firstPauseMilliseconds * 2 ** (attempt - 2));
  return sleep(Math.random() * ceiling);
}

/**
 * Repeats `attempt` while it fails with errors that will pass, up to a limit of a few seconds.
 * @throws temporarily-unavailable when the limit is reached, with the last error as its cause
 */
export async function retrying<T>(
  attempt: (number: number) => Promise<T>,
  willPass: (error: unknown) => boolean,
): Promise<T> {
  for (let number = 1; ; number += 1) {
    try {
      return await attempt(number);
    } catch (error) {
      if (!willPass(error)) throw error;
      if (number === mostAttempts) throw new DomainError("temporarily-unavailable", { cause: error });
    }
    await pauseBefore(number + 1);
  }
}

/** Thrown by an attempt that may succeed when repeated: a parallel request changed the item, or keys are left. */
export class TryAgain extends Error {}

export const isTryAgain = (error: unknown): boolean => error instanceof TryAgain;
