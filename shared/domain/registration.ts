import { newAccount, welcomeMail } from "./account.ts";
import { auditEvent, type Origin } from "./audit.ts";
import { DomainError, type FieldError } from "./errors.ts";
import { profiles, type Organisation, type OrganisationData } from "./organisation.ts";
import { emailWithinDomains, type Person } from "./person.ts";
import type { Consequences } from "./ports/consequences.ts";
import { isPublicDomain } from "./public-domains.ts";
import { calendarDay, type Instant } from "./time.ts";
import type { Role, User } from "./user.ts";

/**
 * Applies the rules that need no lookup (DESIGN §2, Onboarding, Profile).
 * @throws invalid-request, email-outside-domain, public-domain
 */
export function checkRegistration(data: OrganisationData, administrator: Person, now: Date): void {
  checkOrganisationData(data, now, null);
  if (!emailWithinDomains(administrator.email, data.emailDomains)) {
    throw new DomainError("email-outside-domain", {
      errors: [{ pointer: "/administrator/email", code: "outside-domain" }],
    });
  }
}

/**
 * Rules that hold at registration and at every later change of the data.
 * @param before the data before the change; null at registration
 * @throws invalid-request, public-domain
 */
export function checkOrganisationData(
  data: OrganisationData,
  now: Date,
  before: OrganisationData | null,
): void {
  const errors: FieldError[] = [];
  if (data.contract.signedOn > calendarDay(now))
    errors.push({ pointer: "/contract/signedOn", code: "future" });
  if (profiles[data.profile].needsEraiAgreement && !data.contract.erai) {
    errors.push({ pointer: "/profile", code: "needs-erai" });
  }
  // An organisation from before domains were required has none until somebody gives it some.
  if (data.emailDomains.length === 0 && before?.emailDomains.length !== 0)
    errors.push({ pointer: "/emailDomains", code: "required" });
  if (errors.length > 0) throw new DomainError("invalid-request", { errors });
  requireOwnDomains(data.emailDomains, before?.emailDomains ?? []);
}

/** @throws public-domain naming each new domain at which anybody can have an address */
function requireOwnDomains(domains: readonly string[], before: readonly string[]): void {
  const errors = domains.flatMap((domain, index) =>
    isPublicDomain(domain) && !before.includes(domain)
      ? [{ pointer: `/emailDomains/${index}`, code: "public-domain" }]
      : [],
  );
  if (errors.length > 0) throw new DomainError("public-domain", { errors });
}

/** Makes a new organisation, its first administrator, and the mails and audit events that go with them. */
export function registration(input: {
  id: string;
  data: OrganisationData;
  administrator: Person;
  username: string;
  roles: readonly Role[];
  at: Instant;
  origin: Origin;
  newId: () => string;
}): { organisation: Organisation; administrator: User; consequences: Consequences } {
  const { id, data, at, origin, newId, username } = input;
  const organisation: Organisation = {
    ...data,
    id,
    status: "open",
    reopenedAt: null,
    createdAt: at,
    version: 1,
  };
  const administrator = newAccount({
    person: input.administrator,
    username,
    organisationId: id,
    roles: input.roles,
    createdAt: at,
  });
  const registered = auditEvent(newId(), at, origin, {
    organisationId: id,
    action: "organisation.registered",
    subject: { type: "organisation", id },
    outcome: "done",
  });
  const created = auditEvent(newId(), at, origin, {
    organisationId: id,
    action: "user.created",
    subject: { type: "user", id: username },
    outcome: "done",
    detail: { roles: input.roles },
  });
  const mails = [welcomeMail(newId(), administrator)];
  return { organisation, administrator, consequences: { mails, events: [registered, created] } };
}
