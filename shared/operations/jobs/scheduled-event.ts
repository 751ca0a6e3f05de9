import * as z from "zod/mini";

const eventSchema = z.object({ time: z.iso.datetime({ offset: true }) });

/** The time of EventBridge's scheduled event, a job's only clock. @throws ZodError for an event without one */
export function scheduledTime(event: unknown): Date {
  return new Date(z.parse(eventSchema, event).time);
}
