import type * as z from "zod/mini";
import { profiles, type Organisation } from "../../domain/organisation.ts";
import type * as schemas from "./schemas.ts";

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
