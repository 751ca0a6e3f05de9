import type { Instant } from "./time.ts";

export const applicationTypes = ["Wlz", "Bopz", "Partnerverblijf", "Verlenging ERAI"] as const;
export type ApplicationType = (typeof applicationTypes)[number];

/** The applications that users of an organisation may file, and who checks identities (DESIGN §2, Profile). */
export interface Profile {
  readonly id: string;
  readonly name: string;
  readonly applicationTypes: readonly ApplicationType[];
  readonly identityCheckedBy: "organisation" | "CIZ";
  /** Only for an organisation with a special ERAI agreement (`contract.erai`). */
  readonly needsEraiAgreement: boolean;
}

const profile = (
  id: string,
  name: string,
  types: readonly ApplicationType[],
  identityCheckedBy: Profile["identityCheckedBy"],
  needsEraiAgreement = false,
): Profile => ({ id, name, applicationTypes: types, identityCheckedBy, needsEraiAgreement });

export const profiles = {
  basis: profile("basis", "Basis", ["Wlz", "Bopz"], "organisation"),
  "basis-wel-id": profile("basis-wel-id", "Basis wel id", ["Wlz", "Bopz"], "CIZ"),
  basisplus: profile("basisplus", "BasisPlus", ["Wlz", "Bopz"], "organisation"),
  "basisplus-wel-id": profile("basisplus-wel-id", "BasisPlus wel id", ["Wlz", "Bopz"], "CIZ"),
  volledig: profile("volledig", "Volledig", ["Wlz", "Bopz", "Partnerverblijf"], "organisation"),
  "volledig-verlenging-erai": profile(
    "volledig-verlenging-erai",
    "Volledig + Verlenging ERAI",
    ["Wlz", "Bopz", "Verlenging ERAI"],
    "organisation",
    true,
  ),
} as const satisfies Record<string, Profile>;

export type ProfileId = keyof typeof profiles;
export const profileIds = Object.keys(profiles) as [ProfileId, ...ProfileId[]];

export const organisationStatuses = ["open", "closed"] as const;
export type OrganisationStatus = (typeof organisationStatuses)[number];

/** The allowed moves of an organisation: closing and reopening (DESIGN §2, Sanctions). */
export const organisationTransitions: Readonly<Record<OrganisationStatus, readonly OrganisationStatus[]>> = {
  open: ["closed"],
  closed: ["open"],
};

/** The organisation that runs Portero. Only its users can be contract managers or service desk. */
export const operatorOrganisationId = "1";

export interface OrganisationData {
  readonly name: string;
  readonly displayName: string;
  /** 8 digits, unique; some organisations have none. */
  readonly agbCode: string | null;
  readonly street: string | null;
  readonly houseNumber: string | null;
  readonly houseNumberAddition: string | null;
  readonly postalCode: string | null;
  readonly city: string | null;
  readonly phone: string | null;
  readonly fax: string | null;
  readonly email: string | null;
  readonly profile: ProfileId;
  /** The domains that users' e-mail addresses must lie in; an empty list allows any domain. */
  readonly emailDomains: readonly string[];
  readonly contactPerson: { readonly name: string; readonly email: string; readonly phone: string | null };
  /** The authorised signatory of the agreement. */
  readonly signatory: { readonly name: string; readonly email: string };
  /** `signedOn` is a calendar day; `erai` is true with a special ERAI agreement. */
  readonly contract: { readonly signedOn: string; readonly erai: boolean };
}

/** A field of an organisation's data that can be changed. */
export type OrganisationField = keyof OrganisationData;

/** The fields whose value is a text or null, in the order in which people read them. */
export const organisationTextFields = [
  "name",
  "displayName",
  "agbCode",
  "street",
  "houseNumber",
  "houseNumberAddition",
  "postalCode",
  "city",
  "phone",
  "fax",
  "email",
] as const satisfies readonly OrganisationField[];
export type OrganisationTextField = (typeof organisationTextFields)[number];

export const organisationFields = [
  ...organisationTextFields,
  "profile",
  "emailDomains",
  "contactPerson",
  "signatory",
  "contract",
] as const satisfies readonly OrganisationField[];

export interface Organisation extends OrganisationData {
  readonly id: string;
  readonly status: OrganisationStatus;
  /**
   * The last reopening of access, null if there was none. Sessions and links from before it ended with the
   * closure and stay ended.
   */
  readonly reopenedAt: Instant | null;
  readonly createdAt: Instant;
  /** Counts changes; also the ETag. */
  readonly version: number;
}

/** The fields of an organisation that lists and searches need. */
export type OrganisationEntry = Pick<
  Organisation,
  "id" | "name" | "displayName" | "agbCode" | "city" | "status"
>;

export function organisationEntry(organisation: Organisation): OrganisationEntry {
  const { id, name, displayName, agbCode, city, status } = organisation;
  return { id, name, displayName, agbCode, city, status };
}
