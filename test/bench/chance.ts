import { createHash } from "node:crypto";

/**
 * Chance that can be repeated: what befalls a call follows from the seed, from what the call is about and from how
 * often that was tried, and not from when it happens to come by.
 */
export class Chance {
  readonly #seed: number;
  readonly #times = new Map<string, number>();

  constructor(seed: number) {
    this.#seed = seed;
  }

  /** A number from 0 up to 1, another one each time the same is asked about. */
  of(what: string): number {
    const time = (this.#times.get(what) ?? 0) + 1;
    this.#times.set(what, time);
    const digest = createHash("sha256").update(`${this.#seed} ${what} ${time}`).digest();
    return digest.readUInt32BE() / 2 ** 32;
  }
}
