import { DomainError } from "../domain/errors.ts";
import { setTimeout as sleep } from "node:timers/promises";

const mostAttempts = 10;
const firstPauseMilliseconds = 20;
const longestPauseMilliseconds = 500;

/** Waits before another attempt: full jitter, so that those who collided do not meet again. */
export function pauseBefore(attempt: number): Promise<void> {
  const ceiling = Math.min(longestPauseMilliseconds, firstPauseMilliseconds * 2 ** (attempt - 2));
  return sleep(Math.random() * ceiling);
}

/**
 * Does something again for as long as what stops it will pass, up to a bound of a few seconds.
 * @throws temporarily-unavailable when the bound is reached, with the last error as its cause
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
      if (number === mostAttempts)
        throw Object.assign(new DomainError("temporarily-unavailable"), { cause: error });
    }
    await pauseBefore(number + 1);
  }
}

/** What an attempt throws when the next may succeed: another request was quicker, or there is more to fetch. */
export class TryAgain extends Error {}

export const isTryAgain = (error: unknown): boolean => error instanceof TryAgain;
