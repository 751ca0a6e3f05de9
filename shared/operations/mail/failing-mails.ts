import { isDomainError } from "../../domain/errors.ts";
import type { DeliveryResult } from "./deliver-mail.ts";

/** A mail that fails this often while others are sent is taken to be the cause itself. */
const mostFailures = 5;

/**
 * Tells a mail that is itself the cause of its failures from one that fails because a service is down: if other mails
 * were sent between its failures, the services work. A failing mail would hold up those behind it in the stream for a
 * day (ADR 26).
 */
export class FailingMails {
  #sent = 0;
  readonly #failures = new Map<string, { times: number; readonly sentBefore: number }>();

  noteDelivered(mailId: string, result: DeliveryResult): void {
    this.#failures.delete(mailId);
    if (result === "sent") this.#sent += 1;
  }

  /** Notes a failure; one of a service says nothing about the mail. @returns true if the mail should not be tried again */
  isToBlame(mailId: string, error: unknown): boolean {
    if (isDomainError(error, "temporarily-unavailable")) return false;
    const failures = this.#failures.get(mailId) ?? { times: 0, sentBefore: this.#sent };
    failures.times += 1;
    this.#failures.set(mailId, failures);
    if (failures.times < mostFailures || this.#sent === failures.sentBefore) return false;
    this.#failures.delete(mailId);
    return true;
  }
}
