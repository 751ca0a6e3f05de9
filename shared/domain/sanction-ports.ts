import type { Consequences } from "./ports.ts";
import type { Closure, Contact, Incident, LetterKind } from "./sanction.ts";
import type { Instant } from "./time.ts";

/** Nothing of what it keeps can be taken away or changed; only a closure is completed by its reopening. */
export interface SanctionRepository {
  /** Which of these login names belong to users of the organisation, whatever their status. */
  membersAmong(organisationId: string, usernames: readonly string[]): Promise<string[]>;
  record(incident: Incident, consequences: Consequences): Promise<void>;
  /** @throws not-found if there is no such incident */
  addContact(
    incident: Pick<Incident, "organisationId" | "id">,
    contact: Contact & { readonly id: string },
    consequences: Consequences,
  ): Promise<void>;
  /** All incidents of an organisation with their contacts, the newest first. */
  incidents(organisationId: string): Promise<Incident[]>;
  /** All closures of an organisation, the newest first. */
  closures(organisationId: string): Promise<Closure[]>;
  /**
   * Closes access in one transaction on the organisation, however many users it has: closure, letter, mails and
   * traces with it.
   * @throws already-closed
   */
  close(closure: Closure, letter: Uint8Array, consequences: Consequences): Promise<void>;
  /** @throws not-closed if access is open, or was closed anew meanwhile */
  reopen(
    closure: Closure,
    reopening: { readonly at: Instant; readonly by: string; readonly reason: string },
    letter: Uint8Array,
    consequences: Consequences,
  ): Promise<void>;
}

export interface LetterRepository {
  /** The letter as it went out, byte for byte. */
  find(organisationId: string, closureId: string, kind: LetterKind): Promise<Uint8Array | null>;
}
