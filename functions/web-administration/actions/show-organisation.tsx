import type { AdministrationOperations } from "../operations.ts";
import { OrganisationPage } from "../pages/organisation.tsx";
import { htmlResponse } from "../../web/response.ts";
import { callFrom, type PageAction } from "../../web/actions/page-action.ts";

export function showOrganisation({
  getOrganisation,
}: Pick<AdministrationOperations, "getOrganisation">): PageAction {
  return async (request, site) => {
    const params = { id: request.parameter("id") };
    const { body } = await getOrganisation({ ...callFrom(request, site), params });
    return htmlResponse(200, site.language, <OrganisationPage site={site} organisation={body} />);
  };
}
