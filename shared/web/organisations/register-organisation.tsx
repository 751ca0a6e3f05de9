import { personFields } from "../../domain/account-changes.ts";
import { organisationDataTexts } from "../../texts/pages/organisations.ts";
import { userTexts } from "../../texts/pages/users.ts";
import { routes } from "../../operations/organisations/routes.ts";
import { bodyOf, type UserValues, UserFields } from "../users/user-form.tsx";
import { callFrom, type PageAction } from "../kit/page-action.ts";
import { htmlResponse, redirect } from "../kit/response.ts";
import type { Site } from "../kit/site.ts";
import type { WebOperations } from "../operations.ts";
import {
  labelsInFull,
  OrganisationDataFields,
  type OrganisationValues,
  type Profiles,
} from "./organisation-form.tsx";
import { formKeyOf, keyedFailure, newFormKey } from "../kit/form-key.ts";
import { organisationBody, readOrganisation } from "./organisation-values.ts";
import { requireMay } from "../kit/rights.ts";
import { Button, ButtonLink } from "../kit/button.tsx";
import { Form } from "../kit/form.tsx";
import { FormPage, type FailedForm } from "../kit/form-page.tsx";
import { FormKey } from "../kit/form-key-field.tsx";

type Registering = Pick<WebOperations, "registerOrganisation" | "listProfiles">;

export function showRegistration({ listProfiles }: Registering): PageAction {
  return async (request, site) => {
    requireMay(routes.registerOrganisation, site);
    const profiles = (await listProfiles(callFrom(request, site))).body.items;
    const nothing = new URLSearchParams();
    const empty = { values: readOrganisation(nothing), administrator: readAdministrator(nothing) };
    const props = { site, profiles, formKey: newFormKey(), ...empty };
    return htmlResponse(200, site.language, <Registration {...props} />);
  };
}

export function register({ registerOrganisation, listProfiles }: Registering): PageAction {
  return async (request, site) => {
    const form = request.form();
    const [values, administrator] = [readOrganisation(form), readAdministrator(form)];
    const call = callFrom(request, site);
    try {
      const body = { ...organisationBody(values), administrator: bodyOf(administrator) };
      const { organisation } = (await registerOrganisation({ ...call, body, formKey: formKeyOf(form) })).body;
      return redirect(`${site.link("/organisaties/{id}/beheerders", organisation)}?gedaan=geregistreerd`);
    } catch (error) {
      const { advice } = organisationDataTexts[site.language];
      const failure = keyedFailure(error, form, site, labels(site), advice);
      const { status, title, headers, errors, formKey } = failure;
      const profiles = (await listProfiles(call)).body.items;
      const props = { site, profiles, values, administrator, formKey, errors, errorTitle: title };
      return htmlResponse(status, site.language, <Registration {...props} />, headers);
    }
  };
}

/** The first administrator's fields stand beside the organisation's own. */
function readAdministrator(form: URLSearchParams): UserValues {
  const pairs = personFields.map((field) => [field, form.get(administratorPrefix + field) ?? ""]);
  return Object.fromEntries(pairs) as UserValues;
}

function labels({ language }: Site): Record<string, string> {
  const { fields } = userTexts[language];
  const { administrator } = organisationDataTexts[language].sections;
  const administrators = personFields.map(
    (field) => [administratorPrefix + field, `${administrator}, ${fields[field]}`] as const,
  );
  return { ...labelsInFull(language), ...Object.fromEntries(administrators) };
}

/** Keeps the administrator's fields apart from the organisation's, which have the same names. */
export const administratorPrefix = "administrator/";

interface RegistrationProps extends FailedForm {
  readonly site: Site;
  readonly formKey: string;
  readonly profiles: Profiles;
  readonly values: OrganisationValues;
  readonly administrator: UserValues;
}

/** Registers an organisation together with its first administrator, who can then add the others. */
export function Registration(props: RegistrationProps) {
  const { site, formKey, profiles, values, administrator, errorTitle, errors = [] } = props;
  const texts = organisationDataTexts[site.language];
  return (
    <FormPage
      site={site}
      title={texts.registerTitle}
      place="organisations"
      errorTitle={errorTitle}
      errors={errors}
    >
      <p>{texts.registerIntro}</p>
      <p>{userTexts[site.language].required}</p>
      <Form action={site.link("/organisatie-registreren")}>
        <FormKey value={formKey} />
        <OrganisationDataFields site={site} values={values} profiles={profiles} errors={errors} />
        <fieldset>
          <legend>{texts.sections.administrator}</legend>
          <UserFields
            site={site}
            values={administrator}
            username={null}
            prefix={administratorPrefix}
            errors={errors}
          />
        </fieldset>
        <div class="actions">
          <Button>{texts.register}</Button>
          <ButtonLink kind="secondary" href={site.link("/organisaties")}>
            {texts.cancel}
          </ButtonLink>
        </div>
      </Form>
    </FormPage>
  );
}
