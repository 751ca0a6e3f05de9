import type * as z from "zod/mini";
import { profiles, type Organisation } from "../../domain/organisation.ts";
import type { User } from "../../domain/user.ts";
import { linkState } from "../../domain/user.ts";
import { displayedName } from "../../domain/person.ts";
import { instant } from "../../domain/time.ts";
import type * as schemas from "./schemas.ts";

/** A user as the API shows it (DESIGN §4). */
export function userRepresentation(user: User, now: Date): z.infer<typeof schemas.user> {
  const link = user.passwordLink;
  return {
    username: user.username,
    organisationId: user.organisationId,
    initials: user.initials,
    firstName: user.firstName,
    infix: user.infix,
    lastName: user.lastName,
    name: displayedName(user),
    email: user.email,
    phone: user.phone,
    fax: user.fax,
    memo: user.memo,
    roles: [...user.roles],
    status: user.status,
    remark: user.remark,
    createdAt: user.createdAt,
    lastLoginAt: user.lastLoginAt,
    passwordExpiresAt: user.passwordExpiresAt,
    mailStatus: user.mailStatus,
    passwordLink: link && { sentAt: link.sentAt ?? link.requestedAt, state: linkState(link, instant(now)) },
  };
}

/** An organisation as the API shows it; some fields are for CIZ alone (DESIGN §2, Organisation data). */
export function organisationRepresentation(
  organisation: Organisation,
  viewer: "operator" | "organisation",
): z.infer<typeof schemas.organisation> {
  const { name, applicationTypes, identityCheckedBy } = profiles[organisation.profile];
  return {
    id: organisation.id,
    name: organisation.name,
    displayName: organisation.displayName,
    agbCode: organisation.agbCode,
    street: organisation.street,
    houseNumber: organisation.houseNumber,
    houseNumberAddition: organisation.houseNumberAddition,
    postalCode: organisation.postalCode,
    city: organisation.city,
    phone: organisation.phone,
    fax: organisation.fax,
    email: organisation.email,
    profile: { id: organisation.profile, name, applicationTypes: [...applicationTypes], identityCheckedBy },
    status: organisation.status,
    ...(viewer === "operator" && {
      emailDomains: [...organisation.emailDomains],
      contactPerson: organisation.contactPerson,
      signatory: organisation.signatory,
      contract: organisation.contract,
    }),
  };
}

/** The ETag of a resource that counts its changes. */
export function entityTag({ version }: { readonly version: number }): string {
  return `"${version}"`;
}
