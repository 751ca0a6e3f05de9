import {
  organisationFields,
  type Organisation,
  type OrganisationData,
  type OrganisationField,
} from "./organisation.ts";
import { displayedName, emailWithinDomains } from "./person.ts";
import type { OrganisationMember } from "./ports/organisations.ts";
import { isUsable } from "./user.ts";

type Given<T> = { readonly [K in keyof T]?: T[K] | undefined };

/** A change of an organisation's data. Absent fields keep their value, also inside contact person and the like. */
export interface OrganisationChange extends Given<
  Omit<OrganisationData, "displayName" | "contactPerson" | "signatory" | "contract">
> {
  /** Null makes the displayed name follow the name. */
  readonly displayName?: string | null | undefined;
  readonly contactPerson?: Given<OrganisationData["contactPerson"]> | undefined;
  readonly signatory?: Given<OrganisationData["signatory"]> | undefined;
  readonly contract?: Given<OrganisationData["contract"]> | undefined;
}

/** @returns the organisation after a change, and the fields whose value differs from before */
export function changed(
  before: Organisation,
  change: OrganisationChange,
): { after: Organisation; fields: OrganisationField[] } {
  const { displayName, contactPerson, signatory, contract, ...plain } = change;
  const merged: Organisation = {
    ...merge(before, plain),
    contactPerson: merge(before.contactPerson, contactPerson),
    signatory: merge(before.signatory, signatory),
    contract: merge(before.contract, contract),
  };
  const after = { ...merged, displayName: displayNameAfter(before, merged.name, displayName) };
  const fields = organisationFields.filter((field) => !same(before[field], after[field]));
  return { after: fields.length > 0 ? { ...after, version: before.version + 1 } : before, fields };
}

/** A displayed name that was never given is the name; it follows the name, also if a form sends it back unchanged. */
function displayNameAfter(before: Organisation, name: string, given: string | null | undefined): string {
  const isUntouched = given === undefined || given === before.displayName;
  if (isUntouched) return before.displayName === before.name ? name : before.displayName;
  return given ?? name;
}

/** Users whose address is outside the organisation's new domains; they keep their access (DESIGN §2). */
export function outsideDomains(
  members: readonly OrganisationMember[],
  domains: readonly string[],
): { username: string; name: string }[] {
  return members
    .filter(({ status, email }) => isUsable(status) && !emailWithinDomains(email, domains))
    .map((member) => ({ username: member.username, name: displayedName(member) }));
}

function merge<T extends object>(before: T, given: Given<Partial<T>> | undefined): T {
  const present = Object.entries(given ?? {}).filter(([, value]) => value !== undefined);
  return { ...before, ...Object.fromEntries(present) };
}

/** Compares values as JSON with sorted keys, because the order of an object's keys has no meaning. */
function same(one: unknown, other: unknown): boolean {
  const text = (value: unknown) =>
    JSON.stringify(value, (_, part: unknown) =>
      part && typeof part === "object" && !Array.isArray(part)
        ? Object.fromEntries(Object.entries(part).sort(([a], [b]) => (a < b ? -1 : 1)))
        : part,
    );
  return text(one) === text(other);
}
