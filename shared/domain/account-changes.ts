import type { UserMail } from "./mail.ts";
import { comparableEmail, type Person } from "./person.ts";
import type { Instant } from "./time.ts";
import { takesMail, type PasswordLink, type User } from "./user.ts";

/** All fields of a person, in the order in which people read them. */
export const personFields = [
  "initials",
  "firstName",
  "infix",
  "lastName",
  "email",
  "phone",
  "fax",
  "memo",
] as const satisfies readonly (keyof Person)[];

/** The fields of a person that differ. */
export function changedFields(before: Person, after: Person): (keyof Person)[] {
  return personFields.filter((field) => before[field] !== after[field]);
}

/** @returns true if mail goes to another address after a change; upper or lower case makes no difference */
export function movesAddress(before: Pick<Person, "email">, after: Pick<Person, "email">): boolean {
  return comparableEmail(before.email) !== comparableEmail(after.email);
}

/**
 * An account with other data. A new address starts with mail status `unknown`, and links that were sent to the
 * former address are revoked, because somebody else may read its mail.
 */
export function edited(user: User, person: Person): User {
  const other = { ...user, ...person, version: user.version + 1 };
  if (!movesAddress(user, person)) return other;
  return { ...other, mailStatus: "unknown", passwordLink: revoked(user.passwordLink) };
}

/** An account after its deletion or lapse. */
export function ended(user: User, status: "inactive" | "deleted", remark: string): User {
  const passwordLink = revoked(user.passwordLink);
  return { ...user, status, remark, sessions: {}, passwordLink, version: user.version + 1 };
}

/** Revokes an open link; a used link keeps its state. */
function revoked(link: PasswordLink | null): PasswordLink | null {
  return link?.state === "open" ? { ...link, state: "revoked" } : link;
}

/** The mails about a new address: to the new one and, unless mail to it bounces, to the former one. */
export function addressChangedMails(
  before: User,
  after: Person,
  changedAt: Instant,
  newId: () => string,
): UserMail[] {
  if (!movesAddress(before, after)) return [];
  const { organisationId, username } = before;
  const addresses = takesMail(before.mailStatus) ? [null, before.email] : [null];
  return addresses.map((formerAddress) => ({
    id: newId(),
    template: "email-changed",
    data: { changedAt, formerAddress },
    organisationId,
    username,
    createdAt: changedAt,
  }));
}
