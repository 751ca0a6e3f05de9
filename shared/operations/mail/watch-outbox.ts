import type { Measure } from "../../domain/measurements.ts";
import type { Instant } from "../../domain/time.ts";

export interface WatchOutboxDependencies {
  readonly queued: { oldest(): Promise<Instant | null> };
  readonly measure: Measure;
}

/**
 * Measures how long the oldest mail has waited, from the table itself: where the stream or send-mail stands still,
 * neither of them could say so.
 */
export function watchOutbox({ queued, measure }: WatchOutboxDependencies) {
  return async (now: Date): Promise<{ oldestSeconds: number }> => {
    const oldest = await queued.oldest();
    const milliseconds = oldest === null ? 0 : now.getTime() - Date.parse(oldest);
    const oldestSeconds = Math.max(0, Math.round(milliseconds / 1000));
    measure("OldestMail", oldestSeconds);
    return { oldestSeconds };
  };
}
