import { isDomainError } from "../../domain/errors.ts";
import { rolesAt } from "../../domain/role-change.ts";
import { administratorsTexts, rolesTexts } from "../../texts/pages/administrators.ts";
import { routes } from "../../operations/organisations/routes.ts";
import { all } from "../kit/all-pages.ts";
import { formKeyOf, keyedFailure, newFormKey } from "../kit/form-key.ts";
import { organisationOf } from "../kit/organisation-of.ts";
import { callFrom, type PageAction } from "../kit/page-action.ts";
import type { PageRequest } from "../kit/request.ts";
import { htmlResponse, redirect } from "../kit/response.ts";
import type { Site } from "../kit/site.ts";
import type { WebOperations } from "../operations.ts";
import { AdministratorsPage, RolesPage } from "./administrators-page.tsx";
import { findUsers } from "./find-users.ts";
import { may, requireMay } from "../kit/rights.ts";

type Administering = Pick<
  WebOperations,
  "listAdministrators" | "listUsers" | "getUser" | "setRoles" | "getOrganisation"
>;

export function showAdministrators(operations: Administering): PageAction {
  return async (request, site) => {
    requireMay(routes.listOrganisations, site, request.parameter("id"));
    const id = request.parameter("id");
    const call = callFrom(request, site);
    const organisation = await organisationOf(id, call, operations);
    const administrators = await all(
      async (after) =>
        (await operations.listAdministrators({ ...call, params: { id }, query: { limit: "100", ...after } }))
          .body,
    );
    const search = (request.query("zoeken") ?? "").trim();
    const { found, errors, status } = await findUsers(search, id, call, site, operations);
    const mayChange = may(routes.setRoles, site, id);
    const page = { site, organisation, administrators, mayChange, notice: notice(request, site) };
    return htmlResponse(
      status,
      site.language,
      <AdministratorsPage {...page} search={search} found={found} errors={errors} />,
    );
  };
}

function notice(request: PageRequest, { language }: Site): string | null {
  const texts = administratorsTexts[language];
  const done = request.query("gedaan");
  if (done === "geregistreerd") return texts.registered(request.parameter("id"));
  return done === "rollen" ? texts.saved : null;
}

export function showRoles(operations: Administering): PageAction {
  return async (request, site) => {
    const params = { id: request.parameter("id"), username: request.parameter("username") };
    requireMay(routes.setRoles, site, params.id);
    const { user, organisation, offered } = await load(request, site, operations);
    const props = { site, organisation, user, offered, chosen: user.roles, formKey: newFormKey() };
    return htmlResponse(200, site.language, <RolesPage {...props} />);
  };
}

async function load(request: PageRequest, site: Site, operations: Administering) {
  const params = { id: request.parameter("id"), username: request.parameter("username") };
  const call = callFrom(request, site);
  const user = (await operations.getUser({ ...call, params })).body;
  const organisation = await organisationOf(params.id, call, operations);
  return { user, organisation, offered: rolesAt(params.id) };
}

export function setRoles(operations: Administering): PageAction {
  return async (request, site) => {
    const params = { id: request.parameter("id"), username: request.parameter("username") };
    const form = request.form();
    const chosen = form.getAll("roles");
    const change = { params, body: { roles: chosen }, formKey: formKeyOf(form) };
    try {
      await operations.setRoles({ ...callFrom(request, site), ...change });
      return redirect(`${site.link("/organisaties/{id}/beheerders", params)}?gedaan=rollen`);
    } catch (error) {
      const texts = rolesTexts[site.language];
      const failure = keyedFailure(error, form, site, { roles: texts.roles });
      const { status, title, headers, formKey } = failure;
      const { user, organisation, offered } = await load(request, site, operations);
      const shownErrors = isDomainError(error, "last-administrator")
        ? [{ field: "roles", text: texts.lastAdministrator }]
        : failure.errors;
      const shown = { site, organisation, user, offered, chosen, formKey };
      const props = { ...shown, errors: shownErrors, errorTitle: title };
      return htmlResponse(status, site.language, <RolesPage {...props} />, headers);
    }
  };
}
