import { deletionTexts } from "../../texts/pages/users.ts";
import type { WebOperations } from "../operations.ts";
import { htmlResponse, redirect } from "../kit/response.ts";
import { formKeyOf, keyedFailure, newFormKey } from "../kit/form-key.ts";
import { callFrom, type PageAction } from "../kit/page-action.ts";
import { organisationOf } from "../kit/organisation-of.ts";
import { requireMayTo } from "../kit/rights.ts";
import { routes } from "../../operations/users/routes.ts";
import { Button, ButtonLink } from "../kit/button.tsx";
import { Field, Form } from "../kit/form.tsx";
import { FormKey } from "../kit/form-key-field.tsx";
import { FormPage, type FailedForm } from "../kit/form-page.tsx";
import type { UserAndOrganisation } from "./user-done-page.tsx";

type Deleting = Pick<WebOperations, "getUser" | "deleteUser" | "getOrganisation">;

export function showDeletion(operations: Deleting): PageAction {
  return async (request, site) => {
    const params = { id: request.parameter("id"), username: request.parameter("username") };
    const call = callFrom(request, site);
    const user = (await operations.getUser({ ...call, params })).body;
    requireMayTo(routes.deleteUser, site, user);
    const organisation = await organisationOf(params.id, call, operations);
    const props = { site, user, organisation, formKey: newFormKey() };
    return htmlResponse(200, site.language, <DeleteUser {...props} />);
  };
}

export function deleteUser(operations: Deleting): PageAction {
  return async (request, site) => {
    const params = { id: request.parameter("id"), username: request.parameter("username") };
    const call = callFrom(request, site);
    const form = request.form();
    const reason = form.get("reason") ?? "";
    try {
      await operations.deleteUser({ ...call, params, body: { reason }, formKey: formKeyOf(form) });
      return redirect(`${site.link("/organisaties/{id}/gebruikers/{username}", params)}?gedaan=verwijderd`);
    } catch (error) {
      const labels = { reason: deletionTexts[site.language].reason };
      const { status, title, errors, headers, formKey } = keyedFailure(error, form, site, labels);
      const user = (await operations.getUser({ ...call, params })).body;
      const organisation = await organisationOf(params.id, call, operations);
      const props = { site, user, organisation, formKey, reason, errorTitle: title, errors };
      return htmlResponse(status, site.language, <DeleteUser {...props} />, headers);
    }
  };
}

interface DeleteUserProps extends UserAndOrganisation, FailedForm {
  readonly formKey: string;
  readonly reason?: string;
}

export function DeleteUser(props: DeleteUserProps) {
  const { site, user, organisation, formKey, reason = "", errorTitle, errors = [] } = props;
  const texts = deletionTexts[site.language];
  const at = { id: user.organisationId, username: user.username };
  return (
    <FormPage
      site={site}
      title={texts.title}
      place="users"
      organisationMenu={{ organisation, place: "users" }}
      errorTitle={errorTitle}
      errors={errors}
    >
      <p id="zeker">{texts.sure(user.name, user.username)}</p>
      <Form action={site.link("/organisaties/{id}/gebruikers/{username}/verwijderen", at)}>
        <FormKey value={formKey} />
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
