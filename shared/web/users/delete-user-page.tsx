import { deletionTexts } from "../../texts/pages/users.ts";
import { Button, ButtonLink } from "../kit/button.tsx";
import { Field, Form } from "../kit/form.tsx";
import { FormPage, type FailedForm } from "../kit/form-page.tsx";
import { Layout } from "../kit/layout.tsx";
import type { UserAndOrganisation } from "./new-user-page.tsx";

interface DeleteUserProps extends UserAndOrganisation, FailedForm {
  readonly reason?: string;
}

export function DeleteUser(props: DeleteUserProps) {
  const { site, user, organisation, reason = "", errorTitle, errors = [] } = props;
  const texts = deletionTexts[site.language];
  const at = { id: user.organisationId, username: user.username };
  return (
    <FormPage
      site={site}
      title={texts.title}
      place="users"
      about={{ organisation, place: "users" }}
     errorTitle={errorTitle} errors={errors}>
      <p id="zeker">{texts.sure(user.name, user.username)}</p>
      <Form action={site.link("/organisaties/{id}/gebruikers/{username}/verwijderen", at)}>
        <Field
          name="reason"
          label={texts.reason}
          hint={texts.reasonHint}
          type="multiline"
          autocomplete="off"
          value={reason}
          errors={errors}
        />
        <div class="actions">
          <ButtonLink
            kind="secondary"
            href={site.link("/organisaties/{id}/gebruikers/{username}", at)}
            describedBy="zeker"
          >
            {texts.no}
          </ButtonLink>
          <Button kind="danger" describedBy="zeker">
            {texts.yes}
          </Button>
        </div>
      </Form>
    </FormPage>
  );
}

/** What follows on deleting somebody. */
export function UserDeleted({ site, user, organisation }: UserAndOrganisation) {
  const texts = deletionTexts[site.language];
  return (
    <Layout site={site} title={texts.doneTitle} place="users" about={{ organisation, place: "users" }}>
      <p>{texts.done(user.name, user.username)}</p>
      <p class="actions">
        <ButtonLink href={site.link("/organisaties/{id}/gebruikers", { id: user.organisationId })}>
          {texts.back}
        </ButtonLink>
      </p>
    </Layout>
  );
}
