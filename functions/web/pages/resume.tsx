import { frameTexts } from "../../../shared/texts/pages/frame.ts";
import { resumeTexts } from "../../../shared/texts/pages/resume.ts";
import type { Site } from "../site.ts";
import type { TypedField } from "../typed-form.ts";
import { Button, ButtonLink } from "./button.tsx";
import { Form } from "./form.tsx";
import { HiddenFields } from "./hidden-fields.tsx";
import { Layout } from "./layout.tsx";

interface ResumeProps {
  readonly site: Site;
  /** Where the form is shown again. */
  readonly address: string;
  readonly fields: readonly TypedField[];
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
