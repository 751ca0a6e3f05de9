import { withFreeLoginName } from "../../domain/account.ts";
import { operatorOrganisationId, type OrganisationData } from "../../domain/organisation.ts";
import type { Person } from "../../domain/person.ts";
import type { OrganisationRepository } from "../../domain/ports/organisations.ts";
import type { UserRepository } from "../../domain/ports/users.ts";
import { registration } from "../../domain/registration.ts";
import { calendarDay, instant, type Clock } from "../../domain/time.ts";

export interface BootstrapDependencies {
  readonly organisations: Pick<OrganisationRepository, "find" | "register">;
  readonly users: Pick<UserRepository, "highestLoginNumber">;
  readonly operatorName: string;
  readonly operatorAdmin: Pick<Person, "initials" | "firstName" | "infix" | "lastName" | "email">;
  readonly clock: Clock;
  readonly newId: () => string;
}

/**
 * Creates the operator's organisation and the first contract manager, who gets the welcome mail. Does nothing if they
 * exist (DESIGN §9), so that every deployment can call it.
 */
export function bootstrapOperator(
  dependencies: BootstrapDependencies,
): () => Promise<"created" | "already-there"> {
  const { organisations, users, clock, newId } = dependencies;
  return async () => {
    if (await organisations.find(operatorOrganisationId)) return "already-there";
    const now = clock();
    const at = instant(now);
    const person: Person = { ...dependencies.operatorAdmin, phone: null, fax: null, memo: null };
    const data = operatorData(dependencies.operatorName, person, calendarDay(now));
    const origin = { actor: null, address: null, requestId: null };
    await withFreeLoginName(person, users, async (username) => {
      const id = operatorOrganisationId;
      const roles = ["contract-manager"] as const;
      const entry = registration({ id, data, administrator: person, username, roles, at, origin, newId });
      await organisations.register(entry.organisation, entry.administrator, entry.consequences);
    });
    return "created";
  };
}

/** The operator has no agreement with itself; its own administrator stands in for the signatory. */
function operatorData(name: string, person: Person, signedOn: string): OrganisationData {
  const contact = { name: `${person.firstName} ${person.lastName}`, email: person.email };
  return {
    name,
    displayName: name,
    agbCode: null,
    street: null,
    houseNumber: null,
    houseNumberAddition: null,
    postalCode: null,
    city: null,
    phone: null,
    fax: null,
    email: null,
    profile: "basis",
    emailDomains: [],
    contactPerson: { ...contact, phone: null },
    signatory: contact,
    contract: { signedOn, erai: false },
  };
}
