import type { MailOutcome, OutboxMail } from "../../domain/mail.ts";
import type { Measure } from "../../domain/measurements.ts";

const names = { sent: "MailsSent", refused: "MailsRefused", superseded: "MailsSuperseded" } as const;

/**
 * Counts the outcome of a mail and, if it was sent, measures the time since it was put in the outbox. A mail to a role
 * is not counted, because the mails that it became are.
 */
export function measureOutcome(measure: Measure, mail: OutboxMail, outcome: MailOutcome): void {
  if (outcome.state === "distributed") return;
  measure(names[outcome.state], 1, outcome.state === "superseded" ? outcome.reason : undefined);
  if (outcome.state !== "sent") return;
  const milliseconds = new Date(outcome.at).getTime() - new Date(mail.createdAt).getTime();
  measure("MailAge", Math.max(0, milliseconds / 1000));
}
