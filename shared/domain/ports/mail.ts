import type { AuditEvent } from "../audit.ts";
import type { MailOutcome, MailState, OutboxMail, UserMail } from "../mail.ts";
import type { LetterKind, UndeliveredLetter } from "../sanction.ts";
import type { MailStatus, User } from "../user.ts";

// Every method that reads or writes throws temporarily-unavailable when the store stays busy after retries.

export interface MailOutbox {
  find(id: string): Promise<{ mail: OutboxMail; state: MailState } | null>;
  /** Records the outcome of a queued mail; a mail that has an outcome keeps it. */
  settle(id: string, outcome: MailOutcome): Promise<void>;
  /** Keeps a queued mail out of the way of the others: another attempt would fail too. A redrive finds it. */
  setAside(id: string): Promise<void>;
  /** Queues a mail, unless one with its id is there already. */
  queueOnce(mail: UserMail): Promise<void>;
}

/** A letter about a closure that went to an address. */
export interface SentLetter {
  readonly mailId: string;
  readonly organisationId: string;
  readonly closureId: string;
  readonly letter: LetterKind;
  readonly to: UndeliveredLetter["to"];
}

/** Records how mail to users' addresses fares, and letters to signatories and contact persons. */
export interface MailStatusRepository {
  /** The user who has this address now; null if nobody has. */
  findByEmail(email: string): Promise<User | null>;
  /**
   * Records the mail status of a user's address, with its audit event.
   * @returns false if the user has another address by now, if the status is already as bad or worse, or if the
   * audit event is stored already
   */
  record(user: User, status: MailStatus, event: AuditEvent | null): Promise<boolean>;
  /** The letters that went to an address in the last weeks, the newest first. */
  lettersTo(email: string): Promise<SentLetter[]>;
  /**
   * Records on the closure, with its audit event, that a letter about it did not arrive.
   * @returns false if the audit event is stored already
   */
  recordUndelivered(letter: SentLetter, undelivered: UndeliveredLetter, event: AuditEvent): Promise<boolean>;
}

/** A mail in its final form. */
export interface MailMessage {
  readonly to: { readonly name: string; readonly address: string };
  readonly subject: string;
  readonly html: string;
  readonly text: string;
  readonly attachments?: readonly MailAttachment[];
  /** The mail's id in the outbox, which feedback brings back. */
  readonly mailId?: string;
}

export interface MailAttachment {
  /** ASCII, without quotes or separators. */
  readonly fileName: string;
  readonly mediaType: "application/pdf";
  readonly content: Uint8Array;
}

export interface MailService {
  /**
   * @returns the message id that the service gave
   * @throws MailRefused when no retry can help; a retry may help after any other error
   */
  send(message: MailMessage): Promise<string>;
}

/** The mail service will never accept this mail. */
export class MailRefused extends Error {}
