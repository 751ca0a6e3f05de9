import { organisationOf } from "../kit/organisation-of.ts";
import { callFrom, type PageAction } from "../kit/page-action.ts";
import { htmlResponse } from "../kit/response.ts";
import { OutcomePage } from "./outcome-page.tsx";
import type { ImportOperations } from "./preview-import.tsx";

/** How an import stands, or how it ended. */
export function showOutcome({ viewImport, getOrganisation }: ImportOperations): PageAction {
  return async (request, site) => {
    const [organisationId, formKey] = [request.parameter("id"), request.parameter("key")];
    const call = callFrom(request, site);
    const params = { id: organisationId, key: formKey };
    const { standing } = (await viewImport({ ...call, params })).body;
    const organisation = await organisationOf(organisationId, call, { getOrganisation });
    const page = <OutcomePage site={site} organisation={organisation} standing={standing} />;
    return htmlResponse(standing === null ? 404 : 200, site.language, page);
  };
}
