import { reopeningTexts } from "../../../shared/texts/pages/sanctions.ts";
import type { OrganisationShown } from "../../web/pages/about.tsx";
import { Button, ButtonLink } from "../../web/pages/button.tsx";
import { ErrorSummary, Field, Form, type FormError } from "../../web/pages/form.tsx";
import { Layout } from "../../web/pages/layout.tsx";
import type { Site } from "../../web/site.ts";
import { FormKey } from "../../web-organisations/pages/form-key.tsx";

interface ReopeningProps {
  readonly site: Site;
  readonly organisation: OrganisationShown;
  readonly formKey: string;
  readonly reason: string;
  readonly errorTitle?: string;
  readonly errors?: readonly FormError[];
}

export function ReopeningPage(props: ReopeningProps) {
  const { site, organisation, formKey, reason, errorTitle, errors = [] } = props;
  const texts = reopeningTexts[site.language];
  const summary = errorTitle === undefined ? { errors } : { errors, title: errorTitle };
  return (
    <Layout
      site={site}
      title={texts.title}
      failed={errors.length > 0}
      place="organisation"
      about={{ organisation, place: "access" }}
    >
      <ErrorSummary site={site} {...summary} />
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
    </Layout>
  );
}
