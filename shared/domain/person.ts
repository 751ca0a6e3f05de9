/** A person's data as an organisation writes them down. Absent values are null. */
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
 * The displayed name: initials, infix, last name (DESIGN §2, A user). An account whose personal data were erased
 * shows its login name.
 */
export function displayedName(
  person: Pick<Person, "initials" | "infix" | "lastName"> & { readonly username?: string },
): string {
  const parts = [person.initials, person.infix, person.lastName];
  return parts.filter((part) => part !== null && part !== "").join(" ") || (person.username ?? "");
}

/** The values that replace a person's data after the retention period (DESIGN §2, Deletion). */
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

/** The form in which e-mail addresses are compared: NFC, lower case (DESIGN §2). */
export function comparableEmail(email: string): string {
  return email.normalize("NFC").toLowerCase();
}

/** @returns true if an address lies in one of the domains, and for an organisation without domains always */
export function emailWithinDomains(email: string, domains: readonly string[]): boolean {
  const domain = comparableEmail(email.slice(email.lastIndexOf("@") + 1));
  return domains.length === 0 || domains.some((allowed) => allowed.toLowerCase() === domain);
}
