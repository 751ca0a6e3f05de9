import { organisationDataTexts } from "../../texts/pages/organisations.ts";
import { userTexts } from "../../texts/pages/users.ts";
import { UserFields, type UserValues } from "../users/user-form.tsx";
import { Button, ButtonLink } from "../kit/button.tsx";
import { Form } from "../kit/form.tsx";
import { FormPage, type FailedForm } from "../kit/form-page.tsx";
import type { Site } from "../kit/site.ts";
import { FormKey } from "../kit/form-key-field.tsx";
import { OrganisationDataFields, type OrganisationValues, type Profiles } from "./organisation-form.tsx";

/** What stands before the names of the administrator's fields. */
export const administratorPrefix = "administrator/";

interface RegistrationProps extends FailedForm {
  readonly site: Site;
  readonly formKey: string;
  readonly profiles: Profiles;
  readonly values: OrganisationValues;
  readonly administrator: UserValues;
}

/** An organisation whose agreement is in, with its first administrator. */
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
