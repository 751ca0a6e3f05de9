import { createHash } from "node:crypto";

/**
 * An id that is the same whenever it is made of the same parts, in the form of a UUID: what a job writes twice
 * then meets what it wrote the first time.
 */
export function stableId(...parts: readonly string[]): string {
  const digits = createHash("sha256").update(JSON.stringify(parts)).digest("hex");
  return [8, 4, 4, 4, 12]
    .map((length, index, lengths) => {
      const start = lengths.slice(0, index).reduce((sum, one) => sum + one, 0);
      return digits.slice(start, start + length);
    })
    .join("-");
}
