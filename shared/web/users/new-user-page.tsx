import { userTexts } from "../../texts/pages/users.ts";
import type { Site } from "../kit/site.ts";
import { Button, ButtonLink } from "../kit/button.tsx";
import { Form } from "../kit/form.tsx";
import { FormPage, type FailedForm } from "../kit/form-page.tsx";
import { Layout } from "../kit/layout.tsx";
import { OrganisationFields, UserFields, type FormOrganisation, type UserValues } from "./user-form.tsx";
import type { UserRepresentation } from "./users-page.tsx";

interface NewUserProps extends FailedForm {
  readonly site: Site;
  readonly organisation: FormOrganisation;
  readonly values: UserValues;
  /** Whose details these were, for someone who is created again. */
  readonly recreateFrom: string | null;
}

export function NewUser({ site, organisation, values, recreateFrom, errorTitle, errors = [] }: NewUserProps) {
  const texts = userTexts[site.language];
  return (
    <FormPage
      site={site}
      title={texts.addTitle}
      place="users"
      about={{ organisation, place: "users" }}
      errorTitle={errorTitle}
      errors={errors}
    >
      {recreateFrom !== null && <p>{texts.recreateHint}</p>}
      <Form action={site.link("/organisaties/{id}/gebruiker-toevoegen", organisation)}>
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

/** Somebody to whom something was done. */
export interface UserAndOrganisation {
  readonly site: Site;
  readonly user: UserRepresentation;
  readonly organisation: FormOrganisation;
}

/** What follows on adding somebody. */
export function UserAdded({ site, user, organisation }: UserAndOrganisation) {
  const texts = userTexts[site.language];
  return (
    <Layout site={site} title={texts.addedTitle} place="users" about={{ organisation, place: "users" }}>
      <p>{texts.added(user.username)}</p>
      <p>{texts.mailed(user.email)}</p>
      <p class="actions">
        <ButtonLink href={site.link("/organisaties/{id}/gebruikers", { id: user.organisationId })}>
          {texts.further}
        </ButtonLink>
      </p>
    </Layout>
  );
}
