import { newAccount, welcomeMail, withFreeLoginName } from "../../domain/account.ts";
import { auditEvent } from "../../domain/audit.ts";
import { isDomainError } from "../../domain/errors.ts";
import { lapseDay, unusedSince } from "../../domain/jobs/inactivity.ts";
import { operatorOrganisationId, type OrganisationData } from "../../domain/organisation.ts";
import type { Person } from "../../domain/person.ts";
import type { OrganisationRepository } from "../../domain/ports/organisations.ts";
import type { UserRepository } from "../../domain/ports/users.ts";
import { registration } from "../../domain/registration.ts";
import type { RoleRepository } from "../../domain/role-change.ts";
import type { Settings } from "../../domain/settings.ts";
import { calendarDay, instant, type Clock } from "../../domain/time.ts";
import { isUsable, type User } from "../../domain/user.ts";

export interface BootstrapDependencies {
  readonly organisations: Pick<OrganisationRepository, "find" | "register">;
  readonly users: Pick<UserRepository, "highestLoginNumber" | "create">;
  readonly roles: Pick<RoleRepository, "administrators">;
  readonly operatorName: string;
  readonly operatorAdmin: Pick<Person, "initials" | "firstName" | "infix" | "lastName" | "email">;
  readonly settings: Pick<Settings, "inactivityMonths">;
  readonly clock: Clock;
  readonly newId: () => string;
}

/** `address-in-use`: the person has an account already, and can be given the role or ask for a link. */
export type BootstrapResult = "created" | "already-there" | "appointed" | "address-in-use";

const origin = { actor: null, address: null, requestId: null };

/**
 * Creates the operator's organisation and the first contract manager, who gets the welcome mail (DESIGN §9). Where they
 * exist it does nothing, so that every deployment can call it, unless no contract manager is left who uses the account:
 * then the configured person becomes one, because nobody else could appoint anybody.
 */
export function bootstrapOperator(dependencies: BootstrapDependencies): () => Promise<BootstrapResult> {
  const { organisations, users, clock, newId } = dependencies;
  return async () => {
    const now = clock();
    const person: Person = { ...dependencies.operatorAdmin, phone: null, fax: null, memo: null };
    if (await organisations.find(operatorOrganisationId)) {
      if (await managerLeft(now, dependencies)) return "already-there";
      return appointManager(person, now, dependencies);
    }
    const at = instant(now);
    const data = operatorData(dependencies.operatorName, person, calendarDay(now));
    await withFreeLoginName(person, users, async (username) => {
      const id = operatorOrganisationId;
      const roles = ["contract-manager"] as const;
      const entry = registration({ id, data, administrator: person, username, roles, at, origin, newId });
      await organisations.register(entry.organisation, entry.administrator, entry.consequences);
    });
    return "created";
  };
}

/** An account that should have lapsed does not count: the job keeps the last one although nobody uses it. */
async function managerLeft(now: Date, { roles, settings }: BootstrapDependencies): Promise<boolean> {
  const isInUse = (user: User) => lapseDay(unusedSince(user), settings) > calendarDay(now);
  const administrators = await roles.administrators(operatorOrganisationId);
  return administrators.some(
    (user) => user.roles.includes("contract-manager") && isUsable(user.status) && isInUse(user),
  );
}

async function appointManager(
  person: Person,
  now: Date,
  { users, newId }: BootstrapDependencies,
): Promise<BootstrapResult> {
  const [organisationId, roles] = [operatorOrganisationId, ["contract-manager"] as const];
  try {
    await withFreeLoginName(person, users, async (username) => {
      const account = newAccount({ person, username, organisationId, roles, createdAt: instant(now) });
      const event = auditEvent(newId(), instant(now), origin, {
        organisationId,
        action: "user.created",
        subject: { type: "user", id: username },
        outcome: "done",
        detail: { roles },
      });
      await users.create(account, { mails: [welcomeMail(newId(), account)], events: [event] });
    });
    return "appointed";
  } catch (error) {
    // A deployment must not fail for good because the configured person is the one whose account is not used.
    if (isDomainError(error, "email-in-use")) return "address-in-use";
    throw error;
  }
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
