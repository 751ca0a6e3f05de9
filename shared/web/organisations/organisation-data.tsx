import type { APIGatewayProxyResult } from "aws-lambda";
import { isDomainError } from "../../domain/errors.ts";
import { organisationDataTexts } from "../../texts/pages/organisations.ts";
import { routes } from "../../operations/organisations/routes.ts";
import { formKeyOf, keyedFailure, newFormKey } from "../kit/form-key.ts";
import { callFrom, type PageAction } from "../kit/page-action.ts";
import type { PageCall } from "../kit/page-operation.ts";
import type { PageRequest } from "../kit/request.ts";
import { htmlResponse, redirect } from "../kit/response.ts";
import type { Site } from "../kit/site.ts";
import type { WebOperations } from "../operations.ts";
import {
  ChangeOrganisationPage,
  OrganisationDataPage,
  SavedWithUsersOutside,
  type ChangeProps,
} from "./organisation-data-page.tsx";
import { labelsInFull } from "./organisation-form.tsx";
import { organisationBody, readOrganisation } from "./organisation-values.ts";
import { may, requireMay } from "../kit/rights.ts";

type Changing = Pick<WebOperations, "getOrganisation" | "changeOrganisation" | "listProfiles">;

export function showData({ getOrganisation }: Pick<Changing, "getOrganisation">): PageAction {
  return async (request, site) => {
    requireMay(routes.listOrganisations, site, request.parameter("id"));
    const params = { id: request.parameter("id") };
    const { body } = await getOrganisation({ ...callFrom(request, site), params });
    const mayChange = may(routes.changeOrganisation, site, params.id);
    const notice =
      request.query("gedaan") === "opgeslagen" ? organisationDataTexts[site.language].saved : null;
    const props = { site, organisation: body, mayChange, notice };
    return htmlResponse(200, site.language, <OrganisationDataPage {...props} />);
  };
}

export function showChange(operations: Changing): PageAction {
  return async (request, site) => {
    requireMay(routes.changeOrganisation, site, request.parameter("id"));
    const props = await load(request, site, operations);
    return htmlResponse(200, site.language, <ChangeOrganisationPage {...props} />);
  };
}

/** Read again, because the form that failed may be older than the stored organisation. */
async function load(
  request: PageRequest,
  site: Site,
  { getOrganisation, listProfiles }: Changing,
): Promise<ChangeProps> {
  const call = callFrom(request, site);
  const params = { id: request.parameter("id") };
  const { body, headers } = await getOrganisation({ ...call, params });
  const profiles = (await listProfiles(call)).body.items;
  return { site, organisation: body, version: headers?.["ETag"] ?? "", formKey: newFormKey(), profiles };
}

export function changeData(operations: Changing): PageAction {
  return async (request, site) => {
    const form = request.form();
    const call = { ...callFrom(request, site), params: { id: request.parameter("id") } };
    const submitted = readOrganisation(form);
    const version = form.get("versie") ?? "";
    const change = { body: organisationBody(submitted), ifMatch: version, formKey: formKeyOf(form) };
    try {
      const { body } = await operations.changeOrganisation({ ...call, ...change });
      return saved(body ?? (await changedBefore(call, operations)), site);
    } catch (error) {
      const { advice } = organisationDataTexts[site.language];
      const failure = keyedFailure(error, form, site, labelsInFull(site.language), advice);
      const now = { ...(await load(request, site, operations)), submitted, formKey: failure.formKey };
      if (isDomainError(error, "precondition-failed")) return staleForm(now);
      const props = { ...now, version, errors: failure.errors, errorTitle: failure.title };
      return htmlResponse(
        failure.status,
        site.language,
        <ChangeOrganisationPage {...props} />,
        failure.headers,
      );
    }
  };
}

type Changed = NonNullable<Awaited<ReturnType<Changing["changeOrganisation"]>>["body"]>;

/** The answer to a form that is sent again: changing nothing shows the organisation as it is now. */
async function changedBefore(
  call: PageCall,
  { getOrganisation, changeOrganisation }: Changing,
): Promise<Changed> {
  const { headers } = await getOrganisation(call);
  const { body } = await changeOrganisation({ ...call, body: {}, ifMatch: headers?.["ETag"] ?? "" });
  if (!body) throw new Error("A change without a key was answered as a repeated one");
  return body;
}

/** Only this response lists the users outside the domains, so the page shows them now. */
function saved(changed: Changed, site: Site): APIGatewayProxyResult {
  const { usersOutsideDomains: users, usersOutsideDomainsTotal: total, ...organisation } = changed;
  if (users.length === 0) {
    return redirect(`${site.link("/organisaties/{id}/gegevens", organisation)}?gedaan=opgeslagen`);
  }
  const props = { site, organisation, users, total };
  return htmlResponse(200, site.language, <SavedWithUsersOutside {...props} />);
}

/** The form gets the newer version's ETag: a second save overwrites values that the user has now seen. */
function staleForm(props: ChangeProps): APIGatewayProxyResult {
  const { language } = props.site;
  const { staleTitle, stale } = organisationDataTexts[language];
  const failed = { stale: true, errorTitle: staleTitle, errors: [{ field: null, text: stale }] };
  return htmlResponse(412, language, <ChangeOrganisationPage {...props} {...failed} />);
}
