import { userTexts } from "../../texts/pages/users.ts";
import type { WebOperations } from "../operations.ts";
import { NewUser } from "./new-user-page.tsx";
import { valuesOf } from "./user-page.tsx";
import type { UserValues } from "./user-form.tsx";
import { htmlResponse, redirect } from "../kit/response.ts";
import { formFailure } from "../kit/form-failure.ts";
import { callFrom, type PageAction } from "../kit/page-action.ts";
import { organisationOf } from "../kit/organisation-of.ts";
import { requireMay } from "../kit/rights.ts";
import { bodyOf, readUser } from "./read-user-form.ts";
import { routes } from "../../operations/users/routes.ts";

const nothing = readUser(new URLSearchParams());

type Adding = Pick<WebOperations, "createUser" | "getUser" | "getOrganisation">;

/** With `van`, the form begins with the details of someone whose account has ended. */
export function showNewUser(operations: Adding): PageAction {
  return async (request, site) => {
    const id = request.parameter("id");
    const call = callFrom(request, site);
    const organisation = await organisationOf(id, call, operations);
    requireMay(routes.createUser, site, id);
    const recreateFrom = request.query("van");
    const values: UserValues =
      recreateFrom === null
        ? nothing
        : valuesOf((await operations.getUser({ ...call, params: { id, username: recreateFrom } })).body);
    const page = (
      <NewUser site={site} organisation={organisation} values={values} recreateFrom={recreateFrom} />
    );
    return htmlResponse(200, site.language, page);
  };
}

export function addUser(operations: Adding): PageAction {
  return async (request, site) => {
    const id = request.parameter("id");
    const call = callFrom(request, site);
    const form = request.form();
    const [values, recreateFrom] = [readUser(form), form.get("van")];
    try {
      const body = { ...bodyOf(values), ...(recreateFrom !== null && { recreateFrom }) };
      const { username } = (await operations.createUser({ ...call, params: { id }, body })).body;
      const user = site.link("/organisaties/{id}/gebruikers/{username}", { id, username });
      return redirect(`${user}?gedaan=toegevoegd`);
    } catch (error) {
      const { status, title, errors, headers } = formFailure(error, site, userTexts[site.language].fields);
      const organisation = await organisationOf(id, call, operations);
      const props = { site, organisation, values, recreateFrom, errorTitle: title, errors };
      return htmlResponse(status, site.language, <NewUser {...props} />, headers);
    }
  };
}
