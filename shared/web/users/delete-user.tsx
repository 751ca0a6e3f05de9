import { deletionTexts } from "../../texts/pages/users.ts";
import type { WebOperations } from "../operations.ts";
import { DeleteUser } from "./delete-user-page.tsx";
import { htmlResponse, redirect } from "../kit/response.ts";
import { formFailure } from "../kit/form-failure.ts";
import { callFrom, type PageAction } from "../kit/page-action.ts";
import { organisationOf } from "../kit/organisation-of.ts";
import { requireMay } from "../kit/rights.ts";
import { routes } from "../../operations/users/routes.ts";

type Deleting = Pick<WebOperations, "getUser" | "deleteUser" | "getOrganisation">;

export function showDeletion(operations: Deleting): PageAction {
  return async (request, site) => {
    const params = { id: request.parameter("id"), username: request.parameter("username") };
    const call = callFrom(request, site);
    const user = (await operations.getUser({ ...call, params })).body;
    requireMay(routes.deleteUser, site, params.id);
    const organisation = await organisationOf(params.id, call, operations);
    return htmlResponse(
      200,
      site.language,
      <DeleteUser site={site} user={user} organisation={organisation} />,
    );
  };
}

export function deleteUser(operations: Deleting): PageAction {
  return async (request, site) => {
    const params = { id: request.parameter("id"), username: request.parameter("username") };
    const call = callFrom(request, site);
    const reason = request.form().get("reason") ?? "";
    try {
      await operations.deleteUser({ ...call, params, body: { reason } });
      return redirect(`${site.link("/organisaties/{id}/gebruikers/{username}", params)}?gedaan=verwijderd`);
    } catch (error) {
      const labels = { reason: deletionTexts[site.language].reason };
      const { status, title, errors, headers } = formFailure(error, site, labels);
      const user = (await operations.getUser({ ...call, params })).body;
      const organisation = await organisationOf(params.id, call, operations);
      const props = { site, user, organisation, reason, errorTitle: title, errors };
      return htmlResponse(status, site.language, <DeleteUser {...props} />, headers);
    }
  };
}
