import { createHash } from "node:crypto";
import { auditEvent, type AuditEvent } from "../../domain/audit.ts";
import type { MailFeedback } from "../../domain/mail.ts";
import type { MailStatusRepository } from "../../domain/ports/mail.ts";
import { mailStatusTransitions, type User } from "../../domain/user.ts";

/** `unchanged`: the status is known already, or a worse one is. */
export type FeedbackResult = "noted" | "unchanged" | "nobody-has-it";

/** Records feedback on the user who has the address now; repeated feedback changes nothing. */
export type RecordFeedback = (feedback: MailFeedback) => Promise<FeedbackResult>;

export function recordFeedback({ mailStatuses }: { mailStatuses: MailStatusRepository }): RecordFeedback {
  return async (feedback) => {
    const user = await mailStatuses.findByEmail(feedback.email);
    if (!user) return "nobody-has-it";
    if (!mailStatusTransitions[user.mailStatus].includes(feedback.verdict)) return "unchanged";
    const noted = await mailStatuses.record(user, feedback.verdict, feedbackEvent(feedback, user));
    return noted ? "noted" : "unchanged";
  };
}

/** A delivery leaves no audit event; the mail's own item says that it was sent. */
function feedbackEvent({ verdict, id, at, messageId, kind }: MailFeedback, user: User): AuditEvent | null {
  if (verdict === "ok") return null;
  const origin = { actor: null, address: null, requestId: null };
  return auditEvent(eventId(id, user.username), at, origin, {
    organisationId: user.organisationId,
    action: `mail.${verdict}`,
    subject: { type: "user", id: user.username },
    outcome: "done",
    detail: { messageId, kind },
  });
}

/** The same id for the same feedback, so that the audit trail refuses it a second time. */
function eventId(feedbackId: string, username: string): string {
  const digest = createHash("sha256").update(`${feedbackId}\n${username}`).digest("hex");
  return digest.slice(0, 32).replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, "$1-$2-$3-$4-$5");
}
