/** SNS events as Lambda receives them, with the events that SES publishes about mails of a configuration set. */

export interface FeedbackSource {
  readonly topicArn: string;
  readonly configurationSet: string;
  readonly sender: string;
}

export const source: FeedbackSource = {
  topicArn: "arn:aws:sns:eu-west-1:111122223333:feedback",
  configurationSet: "portero",
  sender: "gebruikersbeheer@portero.example",
};

/** An event with one record. */
export function snsEvent(Message: string, topicArn = source.topicArn): unknown {
  return {
    Records: [
      {
        EventSource: "aws:sns",
        EventVersion: "1.0",
        EventSubscriptionArn: `${topicArn}:0b6941c3-f04d-4d3e-a66d-b1df00e1e381`,
        Sns: {
          Type: "Notification",
          MessageId: "95df01b4-ee98-5cb9-9903-4c221d41eb5e",
          TopicArn: topicArn,
          Subject: "Amazon SES Email Event Notification",
          Message,
          Timestamp: "2026-11-22T12:00:02.000Z",
          SignatureVersion: "1",
          Signature: "EXAMPLE",
          SigningCertUrl: "https://sns.eu-west-1.amazonaws.com/SimpleNotificationService-ac565b8b.pem",
          UnsubscribeUrl: "https://sns.eu-west-1.amazonaws.com/?Action=Unsubscribe",
          MessageAttributes: {},
        },
      },
    ],
  };
}

const feedbackId = "0100019353c8e0b3-2b0d7c1a-1a0c-4c5f-8f67-7e0b1f2d3c4e-000000";

interface Parts extends Partial<FeedbackSource> {
  readonly feedbackId?: string;
  readonly at?: string;
  /** The tag with which letters are sent. */
  readonly mailId?: string;
}

function mail(to: string, parts: Parts): Record<string, unknown> {
  const { sender, configurationSet } = { ...source, ...parts };
  return {
    timestamp: "2026-11-22T12:00:00.000Z",
    messageId: "0100019353c8d1f7-mail-000000",
    source: sender,
    sourceArn: `arn:aws:ses:eu-west-1:111122223333:identity/portero.example`,
    sendingAccountId: "111122223333",
    destination: [to],
    headersTruncated: false,
    headers: [{ name: "To", value: to }],
    commonHeaders: { from: [sender], to: [to], subject: "Welkom" },
    tags: {
      "ses:operation": ["SendEmail"],
      "ses:configuration-set": [configurationSet],
      "ses:from-domain": ["portero.example"],
      ...(parts.mailId !== undefined && { "portero-mail": [parts.mailId] }),
    },
  };
}

const event = (message: Record<string, unknown>, { topicArn }: Parts) =>
  snsEvent(JSON.stringify(message), topicArn ?? source.topicArn);

export function bounce(
  to: string,
  parts: Parts & { bounceType?: string; bounceSubType?: string } = {},
): unknown {
  const bounced = {
    feedbackId: parts.feedbackId ?? feedbackId,
    bounceType: parts.bounceType ?? "Permanent",
    bounceSubType: parts.bounceSubType ?? "General",
    bouncedRecipients: [
      { emailAddress: to, action: "failed", status: "5.1.1", diagnosticCode: "smtp; 550 5.1.1 user unknown" },
    ],
    timestamp: parts.at ?? "2026-11-22T12:00:01.000Z",
    reportingMTA: "dns; mx.zorg.example",
  };
  return event({ eventType: "Bounce", bounce: bounced, mail: mail(to, parts) }, parts);
}

export function complaint(to: string, parts: Parts = {}): unknown {
  const complained = {
    feedbackId: parts.feedbackId ?? feedbackId,
    complaintSubType: null,
    complainedRecipients: [{ emailAddress: to }],
    timestamp: parts.at ?? "2026-11-22T13:00:01.000Z",
    userAgent: "ExampleCorp Feedback Loop (V0.01)",
    complaintFeedbackType: "abuse",
    arrivalDate: "2026-11-22T13:00:01.000Z",
  };
  return event({ eventType: "Complaint", complaint: complained, mail: mail(to, parts) }, parts);
}

export function delivery(to: string, parts: Parts = {}): unknown {
  const delivered = {
    timestamp: parts.at ?? "2026-11-22T12:00:01.000Z",
    processingTimeMillis: 546,
    recipients: [to],
    smtpResponse: "250 2.6.0 Message received",
    reportingMTA: "a8-70.smtp-out.amazonses.com",
  };
  return event({ eventType: "Delivery", delivery: delivered, mail: mail(to, parts) }, parts);
}
