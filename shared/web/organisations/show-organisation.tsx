import { isOperator } from "../../domain/operator.ts";
import type { WebOperations } from "../operations.ts";
import { OrganisationPage } from "./organisation-page.tsx";
import { htmlResponse, redirect } from "../kit/response.ts";
import { callFrom, signedIn, type PageAction } from "../kit/page-action.ts";

export function showOrganisation({ getOrganisation }: Pick<WebOperations, "getOrganisation">): PageAction {
  return async (request, site) => {
    const params = { id: request.parameter("id") };
    // People at CIZ have a page that says more, and on which contract managers change it.
    if (isOperator(signedIn(site).member)) return redirect(site.link("/organisaties/{id}/gegevens", params));
    const { body } = await getOrganisation({ ...callFrom(request, site), params });
    return htmlResponse(200, site.language, <OrganisationPage site={site} organisation={body} />);
  };
}
