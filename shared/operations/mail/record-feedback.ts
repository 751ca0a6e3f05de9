import { createHash } from "node:crypto";
import { auditEvent, type AuditEvent } from "../../domain/audit.ts";
import type { MailFeedback } from "../../domain/mail.ts";
import type { MailStatusRepository, SentLetter } from "../../domain/ports/mail.ts";
import { mailStatusTransitions, type User } from "../../domain/user.ts";

/** `unchanged`: the status is known already, or a worse one is. */
export type FeedbackResult = "noted" | "unchanged" | "nobody-has-it";

/**
 * Records feedback on the user who has the address now, and on the closure whose letter went to it; repeated feedback
 * changes nothing.
 */
export type RecordFeedback = (feedback: MailFeedback) => Promise<FeedbackResult>;

export function recordFeedback({ mailStatuses }: { mailStatuses: MailStatusRepository }): RecordFeedback {
  return async (feedback) => {
    const results = [
      await recordOnUser(feedback, mailStatuses),
      await recordOnClosure(feedback, mailStatuses),
    ];
    const order: readonly FeedbackResult[] = ["noted", "unchanged", "nobody-has-it"];
    return order.find((result) => results.includes(result)) ?? "nobody-has-it";
  };
}

async function recordOnUser(
  feedback: MailFeedback,
  mailStatuses: MailStatusRepository,
): Promise<FeedbackResult> {
  const user = await mailStatuses.findByEmail(feedback.email);
  if (!user) return "nobody-has-it";
  if (!mailStatusTransitions[user.mailStatus].includes(feedback.verdict)) return "unchanged";
  const noted = await mailStatuses.record(user, feedback.verdict, feedbackEvent(feedback, user));
  return noted ? "noted" : "unchanged";
}

/** A signatory need not be a user, and the term for objection runs from the day of the letter. */
async function recordOnClosure(
  feedback: MailFeedback,
  mailStatuses: MailStatusRepository,
): Promise<FeedbackResult> {
  const { verdict, at, messageId, kind } = feedback;
  if (verdict === "ok") return "nobody-has-it";
  const letter = letterMeant(feedback, await mailStatuses.lettersTo(feedback.email));
  if (!letter) return "nobody-has-it";
  const event = auditEvent(eventId(feedback.id, letter.mailId), at, origin, {
    organisationId: letter.organisationId,
    action: `mail.${verdict}`,
    subject: { type: "closure", id: letter.closureId },
    outcome: "done",
    detail: { messageId, kind, letter: letter.letter },
  });
  const undelivered = { letter: letter.letter, to: letter.to, at, verdict };
  return (await mailStatuses.recordUndelivered(letter, undelivered, event)) ? "noted" : "unchanged";
}

/** The mail's own id decides; feedback without it is about the newest letter to the address, or another mail to a user. */
function letterMeant({ mailId }: MailFeedback, letters: readonly SentLetter[]): SentLetter | undefined {
  return mailId === null ? letters[0] : letters.find((letter) => letter.mailId === mailId);
}

/** A delivery leaves no audit event; the mail's own item says that it was sent. */
function feedbackEvent({ verdict, id, at, messageId, kind }: MailFeedback, user: User): AuditEvent | null {
  if (verdict === "ok") return null;
  return auditEvent(eventId(id, user.username), at, origin, {
    organisationId: user.organisationId,
    action: `mail.${verdict}`,
    subject: { type: "user", id: user.username },
    outcome: "done",
    detail: { messageId, kind },
  });
}

const origin = { actor: null, address: null, requestId: null };

/** The same id for the same feedback, so that the audit trail refuses it a second time. */
function eventId(feedbackId: string, recipient: string): string {
  const digest = createHash("sha256").update(`${feedbackId}\n${recipient}`).digest("hex");
  return digest.slice(0, 32).replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, "$1-$2-$3-$4-$5");
}
