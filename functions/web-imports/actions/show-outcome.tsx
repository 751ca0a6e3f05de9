import { signedIn, type PageAction } from "../../web/actions/page-action.ts";
import { htmlResponse } from "../../web/response.ts";
import { OutcomePage } from "../pages/outcome.tsx";
import type { ImportDependencies } from "./actions.ts";

/** How an import stands, or how it ended. */
export function showOutcome({ viewImport }: Pick<ImportDependencies, "viewImport">): PageAction {
  return async ({ parameter }, site) => {
    const [organisationId, formKey] = [parameter("id"), parameter("key")];
    const standing = await viewImport({ session: signedIn(site), organisationId, formKey });
    const page = <OutcomePage site={site} organisationId={organisationId} standing={standing} />;
    return htmlResponse(standing === null ? 404 : 200, site.language, page);
  };
}
