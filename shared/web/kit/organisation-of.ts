import type { Organisation } from "../../domain/organisation.ts";
import type { WebOperations } from "../operations.ts";
import type { PageCall } from "./page-operation.ts";

/** The fields that a session's organisation and the API's have in common. */
export type AddressedOrganisation = Pick<
  Organisation,
  "id" | "name" | "displayName" | "status" | "agbCode" | "city"
>;

/** Saves a read for the user's own organisation, which the session has loaded. */
export async function organisationOf(
  id: string,
  call: PageCall,
  { getOrganisation }: Pick<WebOperations, "getOrganisation">,
): Promise<AddressedOrganisation> {
  const own = call.session?.member.organisation;
  return own?.id === id ? own : (await getOrganisation({ ...call, params: { id } })).body;
}
