import { isDomainError } from "../../domain/errors.ts";
import type { DeliveryResult } from "./deliver-mail.ts";

/** How often a mail fails, while others go out, before it is taken to be at fault itself. */
const mostFailures = 5;

/** What a service refuses for its load says nothing about the mail. */
const throttling = new Set(["Throttling", "ThrottlingException", "TooManyRequestsException"]);

/**
 * Tells a mail that fails by itself from one that fails as all do: where others have gone out between its
 * failures, the services are there. It would hold up those behind it in the stream for a day (ADR 26).
 */
export class FailingMails {
  #sent = 0;
  readonly #failures = new Map<string, { times: number; readonly sentBefore: number }>();

  noteDelivered(mailId: string, result: DeliveryResult): void {
    this.#failures.delete(mailId);
    if (result === "sent") this.#sent += 1;
  }

  /** Notes a failure. @returns whether the mail is not to be tried again */
  isToBlame(mailId: string, error: unknown): boolean {
    if (isDomainError(error, "temporarily-unavailable")) return false;
    if (error instanceof Error && throttling.has(error.name)) return false;
    const failures = this.#failures.get(mailId) ?? { times: 0, sentBefore: this.#sent };
    failures.times += 1;
    this.#failures.set(mailId, failures);
    if (failures.times < mostFailures || this.#sent === failures.sentBefore) return false;
    this.#failures.delete(mailId);
    return true;
  }
}
