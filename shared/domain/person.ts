/** A person as an organisation writes them down. Absent parts are null. */
export interface Person {
  readonly initials: string;
  readonly firstName: string;
  readonly infix: string | null;
  readonly lastName: string;
  readonly email: string;
  readonly phone: string | null;
  readonly fax: string | null;
  readonly memo: string | null;
}

/**
 * The displayed name: initials, infix, last name (DESIGN §2, A user); of an account whose personal data are
 * erased, its login name.
 */
export function displayedName(
  person: Pick<Person, "initials" | "infix" | "lastName"> & { readonly username?: string },
): string {
  const parts = [person.initials, person.infix, person.lastName];
  return parts.filter((part) => part !== null && part !== "").join(" ") || (person.username ?? "");
}

/** What is left of a person after the retention period: nothing (DESIGN §2, Deletion). */
export const erasedPerson: Person = {
  initials: "",
  firstName: "",
  infix: null,
  lastName: "",
  email: "",
  phone: null,
  fax: null,
  memo: null,
};

/** E-mail addresses are compared in lower case (DESIGN §2). */
export function comparableEmail(email: string): string {
  return email.normalize("NFC").toLowerCase();
}

/** Whether an address lies in one of an organisation's domains; an organisation without domains takes any. */
export function emailWithinDomains(email: string, domains: readonly string[]): boolean {
  const domain = comparableEmail(email.slice(email.lastIndexOf("@") + 1));
  return domains.length === 0 || domains.some((allowed) => allowed.toLowerCase() === domain);
}
