import * as z from "zod/mini";
import type { MailFeedback } from "../domain/mail.ts";

/** The topic, configuration set and sender that our own mails' feedback has (SECURITY 23). */
export interface FeedbackOrigin {
  readonly topicArn: string;
  readonly configurationSet: string;
  /** The sender address of our mails. */
  readonly sender: string;
}

/** Feedback from another topic, sender or configuration set; it is not processed. */
export class ForeignFeedback extends Error {
  constructor(part: string) {
    super(`Feedback on mail that is not ours: ${part}`);
  }
}

const eventSchema = z.object({
  Records: z.array(
    z.object({
      EventSource: z.literal("aws:sns"),
      Sns: z.object({ TopicArn: z.string(), Message: z.string() }),
    }),
  ),
});

const instant = z.pipe(
  z.iso.datetime({ offset: true }),
  z.transform((text) => new Date(text).toISOString()),
);
const mail = z.object({
  source: z.string(),
  messageId: z.string(),
  tags: z.object({
    "ses:configuration-set": z.array(z.string()),
    // The tag of mail-service.ts, which letters have.
    "portero-mail": z.optional(z.array(z.string())),
  }),
});
const recipients = z.array(z.object({ emailAddress: z.string() }));

/** The events that SES publishes. */
const messageSchema = z.union([
  z.object({
    eventType: z.literal("Bounce"),
    mail,
    bounce: z.object({
      bounceType: z.string(),
      bounceSubType: z.string(),
      bouncedRecipients: recipients,
      timestamp: instant,
      feedbackId: z.string(),
    }),
  }),
  z.object({
    eventType: z.literal("Complaint"),
    mail,
    complaint: z.object({ complainedRecipients: recipients, timestamp: instant, feedbackId: z.string() }),
  }),
  z.object({
    eventType: z.literal("Delivery"),
    mail,
    delivery: z.object({ recipients: z.array(z.string()), timestamp: instant }),
  }),
]);
type Message = z.infer<typeof messageSchema>;

/** SES sends this text, which is no JSON, when the topic is connected to it. */
const greeting = /^Successfully validated SNS topic/;

/**
 * Reads the feedback in an SNS event, if topic, sender and configuration set are ours. Only permanent bounces count,
 * because SES retries temporary ones for hours by itself.
 * @throws ForeignFeedback; ZodError for an event that SES does not send
 */
export function readFeedback(event: unknown, origin: FeedbackOrigin): MailFeedback[] {
  return z.parse(eventSchema, event).Records.flatMap(({ Sns: { TopicArn, Message: text } }) => {
    if (TopicArn !== origin.topicArn) throw new ForeignFeedback("topic");
    if (greeting.test(text)) return [];
    const message = z.parse(messageSchema, JSON.parse(text));
    requireOurs(message, origin);
    return feedbackOf(message);
  });
}

function requireOurs(
  { mail: { source, tags } }: Message,
  { sender, configurationSet }: FeedbackOrigin,
): void {
  if (source.toLowerCase() !== sender.toLowerCase()) throw new ForeignFeedback("sender");
  if (!tags["ses:configuration-set"].includes(configurationSet))
    throw new ForeignFeedback("configuration set");
}

function feedbackOf(message: Message): MailFeedback[] {
  const { messageId, tags } = message.mail;
  const mailId = tags["portero-mail"]?.[0] ?? null;
  if (message.eventType === "Delivery") {
    const { recipients: addresses, timestamp: at } = message.delivery;
    return addresses.map((email) => ({
      verdict: "ok",
      id: messageId,
      messageId,
      mailId,
      at,
      email,
      kind: "delivery",
    }));
  }
  if (message.eventType === "Complaint") {
    const { complainedRecipients, timestamp: at, feedbackId: id } = message.complaint;
    return complainedRecipients.map(({ emailAddress: email }) => {
      return { verdict: "complained", id, messageId, mailId, at, email, kind: "complaint" };
    });
  }
  const { bounceType, bounceSubType, bouncedRecipients, timestamp: at, feedbackId: id } = message.bounce;
  if (bounceType !== "Permanent") return [];
  return bouncedRecipients.map(({ emailAddress: email }) => {
    return { verdict: "bounced", id, messageId, mailId, at, email, kind: bounceSubType };
  });
}
