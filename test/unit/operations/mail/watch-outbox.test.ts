import { expect, it } from "vitest";
import { watchOutbox } from "../../../../shared/operations/mail/watch-outbox.ts";

const now = new Date("2026-11-22T12:00:00.000Z");

it.each<[string, string | null, number]>([
  ["nothing waits", null, 0],
  ["the oldest waits for half an hour", "2026-11-22T11:30:00.000Z", 1800],
  ["the event is older than the mail", "2026-11-22T12:00:01.000Z", 0],
])("when %s, that is what is measured: %s, %i seconds", async (_, oldest, seconds) => {
  const measured: unknown[] = [];
  const look = watchOutbox({
    queued: { oldest: () => Promise.resolve(oldest), setAside: () => Promise.resolve(2) },
    measure: (...measurement) => measured.push(measurement),
  });
  expect(await look(now)).toEqual({ oldestSeconds: seconds, setAside: 2 });
  expect(measured).toEqual([
    ["OldestMail", seconds],
    ["MailsSetAside", 2],
  ]);
});
