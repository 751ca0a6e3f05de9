import type { UserMail } from "./mail.ts";
import { comparableEmail, type Person } from "./person.ts";
import type { Instant } from "./time.ts";
import { takesMail, type PasswordLink, type User } from "./user.ts";

/** What a person's data consist of, in the order in which people read them. */
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

/** Which of a person's data differ. */
export function changedFields(before: Person, after: Person): (keyof Person)[] {
  return personFields.filter((field) => before[field] !== after[field]);
}

/** Whether mail goes to another address from now on; other capitals do not make another one. */
export function movesAddress(before: Pick<Person, "email">, after: Pick<Person, "email">): boolean {
  return comparableEmail(before.email) !== comparableEmail(after.email);
}

/**
 * An account with other data. Of another address nothing is known yet, and links that went to the one before no
 * longer work: whoever reads that one may not be the user.
 */
export function edited(user: User, person: Person): User {
  const other = { ...user, ...person, version: user.version + 1 };
  if (!movesAddress(user, person)) return other;
  return { ...other, mailStatus: "unknown", passwordLink: revoked(user.passwordLink) };
}

/** An account that has come to its end. */
export function ended(user: User, status: "inactive" | "deleted", remark: string): User {
  const passwordLink = revoked(user.passwordLink);
  return { ...user, status, remark, sessions: {}, passwordLink, version: user.version + 1 };
}

/** A link that was used stays so. */
function revoked(link: PasswordLink | null): PasswordLink | null {
  return link?.state === "open" ? { ...link, state: "revoked" } : link;
}

/** Tells both addresses of a user that mail goes to another one; the one before only if it takes mail. */
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
    ...{ organisationId, username, createdAt: changedAt },
  }));
}
