import { isDomainError } from "../../domain/errors.ts";
import { reopeningTexts } from "../../texts/pages/access.ts";
import { routes } from "../../operations/sanctions/routes.ts";
import { organisationOf } from "../kit/organisation-of.ts";
import { callFrom, type PageAction } from "../kit/page-action.ts";
import { htmlResponse } from "../kit/response.ts";
import type { WebOperations } from "../operations.ts";
import { redirectToAccess } from "./access.tsx";
import { formKeyOf, keyedFailure, newFormKey } from "../kit/form-key.ts";
import { requireMay } from "../kit/rights.ts";
import type { OrganisationShown } from "../kit/organisation-menu.tsx";
import { Button, ButtonLink } from "../kit/button.tsx";
import { Field, Form } from "../kit/form.tsx";
import type { Site } from "../kit/site.ts";
import { FormKey } from "../kit/form-key-field.tsx";
import { FormPage, type FailedForm } from "../kit/form-page.tsx";

type Reopening = Pick<WebOperations, "reopenAccess" | "getOrganisation">;

export function showReopening(operations: Reopening): PageAction {
  return async (request, site) => {
    const id = request.parameter("id");
    requireMay(routes.reopenAccess, site, id);
    const organisation = await organisationOf(id, callFrom(request, site), operations);
    if (organisation.status === "open") return redirectToAccess(site, id, "was-open");
    const props = { site, organisation, formKey: newFormKey(), reason: "" };
    return htmlResponse(200, site.language, <ReopeningPage {...props} />);
  };
}

export function reopenAccess(operations: Reopening): PageAction {
  return async (request, site) => {
    const form = request.form();
    const id = request.parameter("id");
    const call = callFrom(request, site);
    const reason = form.get("reason") ?? "";
    try {
      await operations.reopenAccess({ ...call, params: { id }, body: { reason }, formKey: formKeyOf(form) });
      return redirectToAccess(site, id, "heropend");
    } catch (error) {
      if (isDomainError(error, "not-closed")) return redirectToAccess(site, id, "was-open");
      const labels = { reason: reopeningTexts[site.language].reason };
      const { status, headers, title, errors, formKey } = keyedFailure(error, form, site, labels);
      const organisation = await organisationOf(id, call, operations);
      const props = { site, organisation, formKey, reason, errors, errorTitle: title };
      return htmlResponse(status, site.language, <ReopeningPage {...props} />, headers);
    }
  };
}

interface ReopeningProps extends FailedForm {
  readonly site: Site;
  readonly organisation: OrganisationShown;
  readonly formKey: string;
  readonly reason: string;
}

export function ReopeningPage(props: ReopeningProps) {
  const { site, organisation, formKey, reason, errorTitle, errors = [] } = props;
  const texts = reopeningTexts[site.language];
  return (
    <FormPage
      site={site}
      title={texts.title}
      place="organisation"
      organisationMenu={{ organisation, place: "access" }}
      errorTitle={errorTitle}
      errors={errors}
    >
      <p>{texts.intro(organisation.displayName)}</p>
      <Form action={site.link("/organisaties/{id}/toegang-heropenen", organisation)}>
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
          <Button>{texts.yes}</Button>
          <ButtonLink kind="secondary" href={site.link("/organisaties/{id}/toegang", organisation)}>
            {texts.cancel}
          </ButtonLink>
        </div>
      </Form>
    </FormPage>
  );
}
