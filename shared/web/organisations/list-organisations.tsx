import { isDomainError } from "../../domain/errors.ts";
import { organisationsTexts } from "../../texts/pages/organisations.ts";
import { routes } from "../../operations/organisations/routes.ts";
import { formFailure } from "../kit/form-failure.ts";
import { callFrom, type PageAction } from "../kit/page-action.ts";
import type { PageRequest } from "../kit/request.ts";
import { htmlResponse } from "../kit/response.ts";
import type { WebOperations } from "../operations.ts";
import { accesses, accessWords, OrganisationsPage, type OrganisationFilter } from "./organisations-page.tsx";
import { may } from "../kit/rights.ts";

export function showOrganisations({
  listOrganisations,
}: Pick<WebOperations, "listOrganisations">): PageAction {
  return async (request, site) => {
    const filter = readFilter(request);
    const page = { site, filter, mayRegister: may(routes.registerOrganisation, site) };
    const { search, access, after } = filter;
    try {
      const { body } = await listOrganisations({
        ...callFrom(request, site),
        query: { ...(search !== "" && { search }), status: access, ...(after !== null && { after }) },
      });
      return htmlResponse(200, site.language, <OrganisationsPage {...page} organisations={body} />);
    } catch (error) {
      if (!isDomainError(error, "invalid-request")) throw error;
      const labels = { search: organisationsTexts[site.language].search };
      const { status, errors } = formFailure(error, site, labels);
      const props = { ...page, organisations: null, errors };
      return htmlResponse(status, site.language, <OrganisationsPage {...props} />);
    }
  };
}

function readFilter({ query }: PageRequest): OrganisationFilter {
  const wanted = query("toegang");
  return {
    search: (query("zoeken") ?? "").trim(),
    access: accesses.find((access) => accessWords[access] === wanted) ?? "all",
    after: query("na"),
  };
}
