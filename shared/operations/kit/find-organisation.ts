import { DomainError } from "../../domain/errors.ts";
import type { Organisation } from "../../domain/organisation.ts";
import type { OrganisationRepository } from "../../domain/ports/organisations.ts";
import type { Caller } from "./operation.ts";

/** The organisation that the path names; the caller's own is not read again. @throws not-found */
export async function findOrganisation(
  id: string,
  caller: Caller,
  { organisations }: { readonly organisations: Pick<OrganisationRepository, "find"> },
): Promise<Organisation> {
  const organisation = caller.organisation.id === id ? caller.organisation : await organisations.find(id);
  if (!organisation) throw new DomainError("not-found");
  return organisation;
}
