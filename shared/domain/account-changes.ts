import type { UserMail } from "./mail.ts";
import { comparableEmail, type Person } from "./person.ts";
import { plusDays, type Instant } from "./time.ts";
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

/** An address that bounced is known to for so many days after it was changed; then its mailbox may work again. */
const rememberedDays = 30;
const mostRemembered = 5;

/**
 * The mail status of a new address, and the addresses that are remembered from then on. The status is `unknown`, unless
 * the address was this user's in the last weeks and mail to it came back.
 */
export function movedTo(
  person: Pick<Person, "email">,
  user: User,
  at: Instant,
): Pick<User, "mailStatus" | "undeliverable"> {
  const { email, mailStatus, undeliverable = [] } = user;
  const remembered = undeliverable.filter(({ changedAt }) => plusDays(changedAt, rememberedDays) > at);
  const address = comparableEmail(person.email);
  const before = remembered.find((one) => one.address === address);
  const left =
    mailStatus === "bounced" || mailStatus === "complained"
      ? [{ address: comparableEmail(email), status: mailStatus, changedAt: at }]
      : [];
  const others = remembered.filter((one) => one !== before && one.address !== left[0]?.address);
  return {
    mailStatus: before?.status ?? "unknown",
    undeliverable: [...left, ...others].slice(0, mostRemembered),
  };
}

/**
 * An account with other data. Links that were sent to a former address are revoked, because somebody else may read its
 * mail.
 */
export function edited(user: User, person: Person, at: Instant): User {
  const other = { ...user, ...person, version: user.version + 1 };
  if (!movesAddress(user, person)) return other;
  return { ...other, ...movedTo(person, user, at), passwordLink: revoked(user.passwordLink) };
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
