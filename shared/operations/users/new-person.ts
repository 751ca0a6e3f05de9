import type * as z from "zod/mini";
import { DomainError } from "../../domain/errors.ts";
import { personFields } from "../../domain/account-changes.ts";
import { formatLoginName, parseLoginName } from "../../domain/login-name.ts";
import type { Person } from "../../domain/person.ts";
import { isPersonalAddress, personFaults } from "../../domain/person-rules.ts";
import type { UserRepository } from "../../domain/ports/users.ts";
import { isUsable } from "../../domain/user.ts";
import { newUser, type userCreation } from "./schemas.ts";
import { parse } from "../kit/validation.ts";

type Creation = z.infer<typeof userCreation>;

/**
 * The person to get access, from the given fields and, with `recreateFrom`, from an account that has ended. Its data
 * may have been erased, and then the required fields must be given.
 * @throws not-found, still-usable, invalid-request, email-not-personal
 */
export async function newPerson(
  organisationId: string,
  { recreateFrom, ...given }: Creation,
  users: Pick<UserRepository, "find">,
): Promise<Person> {
  const former = recreateFrom === undefined ? {} : await formerPerson(organisationId, recreateFrom, users);
  const person = parse(newUser, { ...former, ...given }, "body");
  if (!person.ok) throw new DomainError("invalid-request", { errors: person.errors });
  requireSoundPerson(person.data, former);
  return person.data;
}

/**
 * The rules on names and addresses that bind new values.
 * @param pointer of the person in the request
 * @throws invalid-request, email-not-personal
 */
export function requireSoundPerson(person: Person, before: Partial<Person> | null, pointer = ""): void {
  const faults = personFaults(person, before);
  if (faults.length > 0) {
    const errors = faults.map(({ field, code }) => ({ pointer: `${pointer}/${field}`, code }));
    throw new DomainError("invalid-request", { errors });
  }
  if (person.email !== before?.email && !isPersonalAddress(person.email)) {
    throw new DomainError("email-not-personal", {
      errors: [{ pointer: `${pointer}/email`, code: "not-personal" }],
    });
  }
}

async function formerPerson(
  organisationId: string,
  typed: string,
  users: Pick<UserRepository, "find">,
): Promise<Partial<Person>> {
  const name = parseLoginName(typed);
  const user = name && (await users.find(organisationId, formatLoginName(name)));
  if (!user)
    throw new DomainError("not-found", { errors: [{ pointer: "/recreateFrom", code: "unknown-user" }] });
  if (isUsable(user.status)) throw new DomainError("still-usable");
  const known = personFields.map((field) => [field, user[field]] as const).filter(([, value]) => value);
  return Object.fromEntries(known);
}
