import * as z from "zod/mini";

const eventSchema = z.object({
  time: z.iso.datetime({ offset: true }),
  /** Set by `npm run job -- --dry-run` alone. */
  dryRun: z._default(z.boolean(), false),
});

/** The time of EventBridge's scheduled event, a job's only clock. @throws ZodError for an event without one */
export function scheduledTime(event: unknown): Date {
  return new Date(z.parse(eventSchema, event).time);
}

/** True for an event that asks what a run would do. @throws ZodError */
export function isDryRun(event: unknown): boolean {
  return z.parse(eventSchema, event).dryRun;
}
