import type { Organisation } from "../../domain/organisation.ts";
import type { WebOperations } from "../operations.ts";
import type { PageCall } from "./page-operation.ts";

/** What pages say of the organisation that they are about. */
export type AddressedOrganisation = Pick<
  Organisation,
  "id" | "name" | "displayName" | "status" | "agbCode" | "city"
>;

/** The organisation in the address: one's own came with the session. */
export async function organisationOf(
  id: string,
  call: PageCall,
  { getOrganisation }: Pick<WebOperations, "getOrganisation">,
): Promise<AddressedOrganisation> {
  const own = call.session?.member.organisation;
  return own?.id === id ? own : (await getOrganisation({ ...call, params: { id } })).body;
}
