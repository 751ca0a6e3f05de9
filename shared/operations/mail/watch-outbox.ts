import type { Measure } from "../../domain/measurements.ts";
import { logger } from "../../runtime/logging.ts";
import type { Instant } from "../../domain/time.ts";

export interface WatchOutboxDependencies {
  readonly queued: { oldest(): Promise<Instant | null>; setAside(): Promise<number> };
  readonly measure: Measure;
}

/** Mails normally wait for less, so a longer wait is logged. */
const remarkableSeconds = 300;

/**
 * Measures from the table how long the oldest mail has waited, since a stalled stream reports nothing, and how many
 * mails are set aside, so that their alarm stays on until somebody has seen to them.
 */
export function watchOutbox({ queued, measure }: WatchOutboxDependencies) {
  return async (now: Date): Promise<{ oldestSeconds: number; setAside: number }> => {
    const [oldest, setAside] = await Promise.all([queued.oldest(), queued.setAside()]);
    const milliseconds = oldest === null ? 0 : now.getTime() - Date.parse(oldest);
    const oldestSeconds = Math.max(0, Math.round(milliseconds / 1000));
    measure("OldestMail", oldestSeconds);
    measure("MailsSetAside", setAside);
    if (oldestSeconds > remarkableSeconds) logger.warn("mail waits", { oldestSeconds });
    return { oldestSeconds, setAside };
  };
}
