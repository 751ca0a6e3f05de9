import { userTexts } from "../../texts/pages/users.ts";
import type { WebOperations } from "../operations.ts";
import { valuesOf } from "./user-page.tsx";
import {
  type UserValues,
  bodyOf,
  readUser,
  OrganisationFields,
  UserFields,
  type FormOrganisation,
} from "./user-form.tsx";
import { htmlResponse, redirect } from "../kit/response.ts";
import { formKeyOf, keyedFailure, newFormKey } from "../kit/form-key.ts";
import { callFrom, type PageAction } from "../kit/page-action.ts";
import { organisationOf } from "../kit/organisation-of.ts";
import { requireMay } from "../kit/rights.ts";
import { routes } from "../../operations/users/routes.ts";
import type { Site } from "../kit/site.ts";
import { Button, ButtonLink } from "../kit/button.tsx";
import { Form } from "../kit/form.tsx";
import { FormKey } from "../kit/form-key-field.tsx";
import { FormPage, type FailedForm } from "../kit/form-page.tsx";

const nothing = readUser(new URLSearchParams());

type Adding = Pick<WebOperations, "createUser" | "getUser" | "getOrganisation">;

/** `van` in the address fills the form with the details of a deleted account. */
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
    const props = { site, organisation, formKey: newFormKey(), values, recreateFrom };
    return htmlResponse(200, site.language, <NewUser {...props} />);
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
      const adding = { ...call, params: { id }, body, formKey: formKeyOf(form) };
      const { username } = (await operations.createUser(adding)).body;
      const user = site.link("/organisaties/{id}/gebruikers/{username}", { id, username });
      return redirect(`${user}?gedaan=toegevoegd`);
    } catch (error) {
      const failure = keyedFailure(error, form, site, userTexts[site.language].fields);
      const { status, title, errors, headers, formKey } = failure;
      const organisation = await organisationOf(id, call, operations);
      const props = { site, organisation, formKey, values, recreateFrom, errorTitle: title, errors };
      return htmlResponse(status, site.language, <NewUser {...props} />, headers);
    }
  };
}

interface NewUserProps extends FailedForm {
  readonly site: Site;
  readonly organisation: FormOrganisation;
  readonly formKey: string;
  readonly values: UserValues;
  /** The deleted account whose details fill the form. */
  readonly recreateFrom: string | null;
}

export function NewUser(props: NewUserProps) {
  const { site, organisation, formKey, values, recreateFrom, errorTitle, errors = [] } = props;
  const texts = userTexts[site.language];
  return (
    <FormPage
      site={site}
      title={texts.addTitle}
      place="users"
      organisationMenu={{ organisation, place: "users" }}
      errorTitle={errorTitle}
      errors={errors}
    >
      {recreateFrom !== null && <p>{texts.recreateHint}</p>}
      <Form action={site.link("/organisaties/{id}/gebruiker-toevoegen", organisation)}>
        <FormKey value={formKey} />
        {recreateFrom !== null && <input type="hidden" name="van" value={recreateFrom} />}
        <UserFields site={site} values={values} username={null} errors={errors} />
        <OrganisationFields site={site} organisation={organisation} />
        <div class="actions">
          <Button>{texts.create}</Button>
          <ButtonLink kind="secondary" href={site.link("/organisaties/{id}/gebruikers", organisation)}>
            {texts.cancel}
          </ButtonLink>
        </div>
      </Form>
    </FormPage>
  );
}
