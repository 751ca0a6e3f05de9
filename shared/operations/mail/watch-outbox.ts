import type { Measure } from "../../domain/measurements.ts";
import { logger } from "../../runtime/logging.ts";
import type { Instant } from "../../domain/time.ts";

export interface WatchOutboxDependencies {
  readonly queued: { oldest(): Promise<Instant | null> };
  readonly measure: Measure;
}

/** Mails normally wait for less, so a longer wait is logged. */
const remarkableSeconds = 300;

/** Measures from the table how long the oldest mail has waited, since a stalled stream reports nothing. */
export function watchOutbox({ queued, measure }: WatchOutboxDependencies) {
  return async (now: Date): Promise<{ oldestSeconds: number }> => {
    const oldest = await queued.oldest();
    const milliseconds = oldest === null ? 0 : now.getTime() - Date.parse(oldest);
    const oldestSeconds = Math.max(0, Math.round(milliseconds / 1000));
    measure("OldestMail", oldestSeconds);
    if (oldestSeconds > remarkableSeconds) logger.warn("mail waits", { oldestSeconds });
    return { oldestSeconds };
  };
}
