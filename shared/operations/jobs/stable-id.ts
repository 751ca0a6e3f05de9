import { createHash } from "node:crypto";

/**
 * An id in the form of a UUID that is always the same for the same parts, so that a job that runs again writes the
 * same item instead of a second one.
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
