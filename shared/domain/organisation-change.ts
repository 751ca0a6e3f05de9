import {
  organisationFields,
  type Organisation,
  type OrganisationData,
  type OrganisationField,
} from "./organisation.ts";
import { displayedName, emailWithinDomains } from "./person.ts";
import type { OrganisationMember } from "./ports.ts";
import { isUsable } from "./user.ts";

type Given<T> = { readonly [K in keyof T]?: T[K] | undefined };

/** What is to change of an organisation's data; what is absent stays, also inside contact person and the like. */
export interface OrganisationChange extends Given<
  Omit<OrganisationData, "displayName" | "contactPerson" | "signatory" | "contract">
> {
  /** Null: as the name. */
  readonly displayName?: string | null | undefined;
  readonly contactPerson?: Given<OrganisationData["contactPerson"]> | undefined;
  readonly signatory?: Given<OrganisationData["signatory"]> | undefined;
  readonly contract?: Given<OrganisationData["contract"]> | undefined;
}

/** The organisation after a change, and which parts of its data have another value now. */
export function changed(
  before: Organisation,
  change: OrganisationChange,
): { after: Organisation; fields: OrganisationField[] } {
  const { displayName, contactPerson, signatory, contract, ...plain } = change;
  const merged: Organisation = {
    ...over(before, plain),
    contactPerson: over(before.contactPerson, contactPerson),
    signatory: over(before.signatory, signatory),
    contract: over(before.contract, contract),
  };
  const shown = displayName === undefined ? before.displayName : (displayName ?? merged.name);
  const after = { ...merged, displayName: shown };
  const fields = organisationFields.filter((field) => !same(before[field], after[field]));
  return { after: fields.length > 0 ? { ...after, version: before.version + 1 } : before, fields };
}

/** Users who keep their access although their address is outside the domains now (DESIGN §2). */
export function outsideDomains(
  members: readonly OrganisationMember[],
  domains: readonly string[],
): { username: string; name: string }[] {
  return members
    .filter(({ status, email }) => isUsable(status) && !emailWithinDomains(email, domains))
    .map((member) => ({ username: member.username, name: displayedName(member) }));
}

function over<T extends object>(before: T, given: Given<Partial<T>> | undefined): T {
  const present = Object.entries(given ?? {}).filter(([, value]) => value !== undefined);
  return { ...before, ...Object.fromEntries(present) };
}

/** The order of fields inside a value does not count. */
function same(one: unknown, other: unknown): boolean {
  const text = (value: unknown) =>
    JSON.stringify(value, (_, part: unknown) =>
      part && typeof part === "object" && !Array.isArray(part)
        ? Object.fromEntries(Object.entries(part).sort(([a], [b]) => (a < b ? -1 : 1)))
        : part,
    );
  return text(one) === text(other);
}
