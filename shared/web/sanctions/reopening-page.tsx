import { reopeningTexts } from "../../texts/pages/access.ts";
import type { OrganisationShown } from "../kit/about-organisation.tsx";
import { Button, ButtonLink } from "../kit/button.tsx";
import { Field, Form } from "../kit/form.tsx";
import type { Site } from "../kit/site.ts";
import { FormKey } from "../kit/form-key-field.tsx";
import { FormPage, type FailedForm } from "../kit/form-page.tsx";

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
      about={{ organisation, place: "access" }}
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
