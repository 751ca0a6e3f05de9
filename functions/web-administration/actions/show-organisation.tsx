import { isOperator } from "../../../shared/http/authorisation.ts";
import type { AdministrationOperations } from "../operations.ts";
import { OrganisationPage } from "../pages/organisation.tsx";
import { htmlResponse, redirect } from "../../web/response.ts";
import { callFrom, signedIn, type PageAction } from "../../web/actions/page-action.ts";

export function showOrganisation({
  getOrganisation,
}: Pick<AdministrationOperations, "getOrganisation">): PageAction {
  return async (request, site) => {
    const params = { id: request.parameter("id") };
    // People at CIZ have a page that says more, and on which contract managers change it.
    if (isOperator(signedIn(site).member)) return redirect(site.link("/organisaties/{id}/gegevens", params));
    const { body } = await getOrganisation({ ...callFrom(request, site), params });
    return htmlResponse(200, site.language, <OrganisationPage site={site} organisation={body} />);
  };
}
