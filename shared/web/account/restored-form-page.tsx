import { frameTexts } from "../../texts/pages/frame.ts";
import { resumeTexts } from "../../texts/pages/resume.ts";
import type { Site } from "../kit/site.ts";
import type { SavedField } from "../kit/saved-form.ts";
import { Button, ButtonLink } from "../kit/button.tsx";
import { Form } from "../kit/form.tsx";
import { HiddenFields } from "../kit/hidden-fields.tsx";
import { Layout } from "../kit/layout.tsx";

interface ResumeProps {
  readonly site: Site;
  /** Where the form is shown again. */
  readonly address: string;
  readonly fields: readonly SavedField[];
}

/** Leads whoever has signed in again back to the form that they had filled in. */
export function Resume({ site, address, fields }: ResumeProps) {
  const texts = resumeTexts[site.language];
  return (
    <Layout site={site} title={texts.title}>
      <p>{texts.kept}</p>
      <Form action={address}>
        <HiddenFields fields={fields} />
        <div class="actions">
          <Button>{texts.back}</Button>
          <ButtonLink kind="secondary" href={site.link("/welkom")}>
            {frameTexts[site.language].toWelcome}
          </ButtonLink>
        </div>
      </Form>
    </Layout>
  );
}
