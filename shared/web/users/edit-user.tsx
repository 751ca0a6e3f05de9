import type { APIGatewayProxyResult } from "aws-lambda";
import { isDomainError } from "../../domain/errors.ts";
import { userTexts } from "../../texts/pages/users.ts";
import type { WebOperations } from "../operations.ts";
import { UserAdded, UserDeleted } from "./user-done-page.tsx";
import { UserPage, type UserPageProps, type UserRights } from "./user-page.tsx";
import type { PageRequest } from "../kit/request.ts";
import { htmlResponse, redirect } from "../kit/response.ts";
import type { Site } from "../kit/site.ts";
import { formKeyOf, keyedFailure, newFormKey } from "../kit/form-key.ts";
import { callFrom, type PageAction } from "../kit/page-action.ts";
import { organisationOf } from "../kit/organisation-of.ts";
import { bodyOf, readUser } from "./user-form.tsx";
import { routes as organisationRoutes } from "../../operations/organisations/routes.ts";
import { routes } from "../../operations/users/routes.ts";
import { may, mayTo } from "../kit/rights.ts";

type Editing = Pick<WebOperations, "getUser" | "editUser" | "orderPasswordLink" | "getOrganisation">;

/** Read again, because the form that failed may be older than the stored user. */
async function load(request: PageRequest, site: Site, operations: Editing): Promise<UserPageProps> {
  const [id, username] = [request.parameter("id"), request.parameter("username")];
  const call = callFrom(request, site);
  const { body, headers } = await operations.getUser({ ...call, params: { id, username } });
  const organisation = await organisationOf(id, call, operations);
  const rights = userRights(site, body);
  return { site, user: body, organisation, version: headers?.["ETag"] ?? "", formKey: newFormKey(), rights };
}

/** `gedaan` in the address shows a confirmation, but only if the user's status agrees with it. */
export function showUser(operations: Editing): PageAction {
  return async (request, site) => {
    const props = await load(request, site, operations);
    const { user, organisation } = props;
    const done = request.query("gedaan");
    if (done === "toegevoegd" && user.status === "invited") {
      return htmlResponse(
        200,
        site.language,
        <UserAdded site={site} user={user} organisation={organisation} />,
      );
    }
    if (done === "verwijderd" && user.status === "deleted") {
      return htmlResponse(
        200,
        site.language,
        <UserDeleted site={site} user={user} organisation={organisation} />,
      );
    }
    const texts = userTexts[site.language];
    const notice = done === "opgeslagen" ? texts.saved : done === "link" ? texts.resent : null;
    return htmlResponse(200, site.language, <UserPage {...props} notice={notice} />);
  };
}

export function editUser(operations: Editing): PageAction {
  return async (request, site) => {
    const [id, username] = [request.parameter("id"), request.parameter("username")];
    const form = request.form();
    const submitted = readUser(form);
    const version = form.get("versie") ?? "";
    const formKey = formKeyOf(form);
    const change = { params: { id, username }, body: bodyOf(submitted), ifMatch: version, formKey };
    try {
      await operations.editUser({ ...callFrom(request, site), ...change });
      return redirect(
        `${site.link("/organisaties/{id}/gebruikers/{username}", { id, username })}?gedaan=opgeslagen`,
      );
    } catch (error) {
      const failure = keyedFailure(error, form, site, userTexts[site.language].fields);
      const now = { ...(await load(request, site, operations)), submitted, formKey: failure.formKey };
      if (isDomainError(error, "precondition-failed")) return staleForm(now);
      const props = { ...now, version, errors: failure.errors, errorTitle: failure.title };
      return htmlResponse(failure.status, site.language, <UserPage {...props} />, failure.headers);
    }
  };
}

/** The form gets the newer version's ETag: a second save overwrites values that the user has now seen. */
function staleForm(props: UserPageProps): APIGatewayProxyResult {
  const { language } = props.site;
  const { staleTitle, stale } = userTexts[language];
  const errors = [{ field: null, text: stale }];
  return htmlResponse(412, language, <UserPage {...props} stale errorTitle={staleTitle} errors={errors} />);
}

export function sendLink(operations: Editing): PageAction {
  return async (request, site) => {
    const [id, username] = [request.parameter("id"), request.parameter("username")];
    const form = request.form();
    const order = { params: { id, username }, formKey: formKeyOf(form) };
    try {
      await operations.orderPasswordLink({ ...callFrom(request, site), ...order });
      return redirect(
        `${site.link("/organisaties/{id}/gebruikers/{username}", { id, username })}?gedaan=link`,
      );
    } catch (error) {
      const { status, title, errors, headers, formKey } = keyedFailure(error, form, site, {});
      const props = { ...(await load(request, site, operations)), formKey, errors, errorTitle: title };
      return htmlResponse(status, site.language, <UserPage {...props} />, headers);
    }
  };
}

export function userRights(site: Site, user: UserPageProps["user"]): UserRights {
  return {
    add: may(routes.createUser, site, user.organisationId),
    edit: mayTo(routes.editUser, site, user),
    remove: mayTo(routes.deleteUser, site, user),
    sendLink: mayTo(routes.orderPasswordLink, site, user),
    setRoles: mayTo(organisationRoutes.setRoles, site, user),
  };
}
