import type { MailOutcome, OutboxMail } from "../../domain/mail.ts";
import type { Measure } from "../../domain/measurements.ts";

const names = { sent: "MailsSent", refused: "MailsRefused", superseded: "MailsSuperseded" } as const;

/** Counts what became of a mail and, if it went out, how long that took since it was written down. */
export function measureOutcome(measure: Measure, mail: OutboxMail, outcome: MailOutcome): void {
  measure(names[outcome.state], 1, outcome.state === "sent" ? undefined : outcome.reason);
  if (outcome.state !== "sent") return;
  const milliseconds = new Date(outcome.at).getTime() - new Date(mail.createdAt).getTime();
  measure("MailAge", Math.max(0, milliseconds / 1000));
}
