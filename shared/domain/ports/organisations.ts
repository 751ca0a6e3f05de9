import type { Organisation, OrganisationEntry } from "../organisation.ts";
import type { User } from "../user.ts";
import type { Consequences } from "./consequences.ts";

// Every method that reads or writes throws temporarily-unavailable when the store stays busy after retries.

/** The fields of a user that contract managers need when they change an organisation's data. */
export const organisationMemberFields = [
  "username",
  "initials",
  "infix",
  "lastName",
  "email",
  "status",
  "roles",
] as const satisfies readonly (keyof User)[];

export type OrganisationMember = Pick<User, (typeof organisationMemberFields)[number]>;

export interface OrganisationRepository {
  find(id: string): Promise<Organisation | null>;
  /** A new organisation number, as text. A number is never given out twice. */
  nextId(): Promise<string>;
  /**
   * Stores an organisation and its first administrator; reserves AGB code, login name and e-mail address.
   * @throws agb-code-in-use, email-in-use; LoginNameTaken when another request took the name meanwhile
   */
  register(organisation: Organisation, administrator: User, consequences: Consequences): Promise<void>;
  /** All organisations, ordered by id. */
  entries(): Promise<OrganisationEntry[]>;
  /** The organisations that exist among these ids, in the order of the ids. */
  findAll(ids: readonly string[]): Promise<Organisation[]>;
  /**
   * Stores changed data if the organisation still is as it was read. A new AGB code is reserved and the former
   * one released.
   * @throws agb-code-in-use; precondition-failed when it was changed meanwhile
   */
  change(before: Organisation, after: Organisation, consequences: Consequences): Promise<void>;
  /** All users of an organisation, in any state. */
  members(id: string): Promise<OrganisationMember[]>;
}
