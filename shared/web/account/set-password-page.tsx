import type { PasswordFault } from "../../domain/password-policy.ts";
import { setPasswordTexts } from "../../texts/pages/password.ts";
import type { Site } from "../kit/site.ts";
import { Button, ButtonLink } from "../kit/button.tsx";
import { Field, Form } from "../kit/form.tsx";
import { FormPage, type FailedForm } from "../kit/form-page.tsx";
import { Layout } from "../kit/layout.tsx";
import { NewPasswordFields } from "./password-fields.tsx";

interface SetPasswordProps extends FailedForm {
  readonly site: Site;
  readonly username: string;
  readonly broken?: readonly PasswordFault[];
}

export function SetPassword({ site, username, errorTitle, errors = [], broken = [] }: SetPasswordProps) {
  const texts = setPasswordTexts[site.language];
  return (
    <FormPage site={site} title={texts.title} script="password-rules" errorTitle={errorTitle} errors={errors}>
      <p>{texts.intro}</p>
      <Form>
        <Field
          name="username"
          label={texts.username}
          type="text"
          autocomplete="username"
          value={username}
          readonly
          errors={[]}
        />
        <NewPasswordFields site={site} username={username} errors={errors} broken={broken} />
        <Button>{texts.button}</Button>
      </Form>
    </FormPage>
  );
}

export function PasswordSet({ site }: { site: Site }) {
  const texts = setPasswordTexts[site.language];
  return (
    <Layout site={site} title={texts.doneTitle}>
      <p>{texts.done}</p>
      <p>{texts.validFor(site.settings.passwordMonths)}</p>
      <p class="actions">
        <ButtonLink href={site.contacts.porteroUrl}>{texts.toPortero}</ButtonLink>
        <ButtonLink kind="secondary" href={site.link("/")}>
          {texts.toSignIn}
        </ButtonLink>
      </p>
    </Layout>
  );
}
