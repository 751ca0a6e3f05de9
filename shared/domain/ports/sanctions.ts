import type { Consequences } from "./consequences.ts";
import type { Closure, Contact, Incident, LetterKind, LoggedContact } from "../sanction.ts";
import type { Instant } from "../time.ts";

/** Append-only: nothing is removed or changed, except that reopening completes a closure. */
export interface SanctionRepository {
  /** @returns those of these login names that belong to the organisation, in any state */
  membersAmong(organisationId: string, usernames: readonly string[]): Promise<string[]>;
  record(incident: Incident, consequences: Consequences): Promise<void>;
  /** @throws not-found if there is no such incident */
  addContact(
    incident: Pick<Incident, "organisationId" | "id">,
    contact: Contact & { readonly id: string },
    consequences: Consequences,
  ): Promise<void>;
  /** One incident with all contacts about it, in the order in which they took place; null if there is none. */
  incident(
    organisationId: string,
    id: string,
  ): Promise<(Incident & { readonly contacts: readonly LoggedContact[] }) | null>;
  /** All incidents of an organisation with their contacts, newest first. */
  incidents(organisationId: string): Promise<Incident[]>;
  /** All closures of an organisation, newest first. */
  closures(organisationId: string): Promise<Closure[]>;
  /**
   * Closes access in one transaction on the organisation, so its number of users does not matter; stores
   * closure, letter, mails and audit events with it.
   * @throws already-closed
   */
  close(closure: Closure, letter: Uint8Array, consequences: Consequences): Promise<void>;
  /** @throws not-closed if access is open, or was closed again meanwhile */
  reopen(
    closure: Closure,
    reopening: { readonly at: Instant; readonly by: string; readonly reason: string },
    letter: Uint8Array,
    consequences: Consequences,
  ): Promise<void>;
}

export interface LetterRepository {
  /** The letter as it was sent, byte for byte. */
  find(organisationId: string, closureId: string, kind: LetterKind): Promise<Uint8Array | null>;
}
