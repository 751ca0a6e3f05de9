import { organisationOf } from "../kit/organisation-of.ts";
import { callFrom, type PageAction } from "../kit/page-action.ts";
import { htmlResponse } from "../kit/response.ts";
import { OutcomePage } from "./outcome-page.tsx";
import type { ImportDependencies } from "./actions.ts";

/** How an import stands, or how it ended. */
export function showOutcome({ viewImport, getOrganisation }: ImportDependencies): PageAction {
  return async (request, site) => {
    const [organisationId, formKey] = [request.parameter("id"), request.parameter("key")];
    const call = callFrom(request, site);
    const standing = await viewImport({ session: call.session, organisationId, formKey });
    const organisation = await organisationOf(organisationId, call, { getOrganisation });
    const page = <OutcomePage site={site} organisation={organisation} standing={standing} />;
    return htmlResponse(standing === null ? 404 : 200, site.language, page);
  };
}
