import type { Organisation } from "../../domain/organisation.ts";
import type { routes as organisationRoutes } from "../../operations/organisations/routes.ts";
import type { PageCall, PageOperation } from "./page-operation.ts";

/** What pages say of the organisation that they are about. */
export type AddressedOrganisation = Pick<
  Organisation,
  "id" | "name" | "displayName" | "status" | "agbCode" | "city"
>;

export type GetOrganisation = PageOperation<typeof organisationRoutes.getOrganisation>;

/** The organisation in the address: one's own came with the session. */
export async function organisationOf(
  id: string,
  call: Pick<PageCall, "session" | "origin" | "sourceAddress" | "language">,
  { getOrganisation }: { readonly getOrganisation: GetOrganisation },
): Promise<AddressedOrganisation> {
  const own = call.session.member.organisation;
  return own.id === id ? own : (await getOrganisation({ ...call, params: { id } })).body;
}
