import type { PasswordFault } from "../../domain/password-policy.ts";
import { changePasswordTexts, setPasswordTexts } from "../../texts/pages/password.ts";
import type { Site } from "../kit/site.ts";
import { Button, ButtonLink } from "../kit/button.tsx";
import { Field, Form } from "../kit/form.tsx";
import { FormPage, type FailedForm } from "../kit/form-page.tsx";
import { Layout } from "../kit/layout.tsx";
import { NewPasswordFields } from "./password-fields.tsx";

interface ChangePasswordProps extends FailedForm {
  readonly site: Site;
  readonly username: string;
  readonly broken?: readonly PasswordFault[];
}

export function ChangePassword({
  site,
  username,
  errorTitle,
  errors = [],
  broken = [],
}: ChangePasswordProps) {
  const texts = changePasswordTexts[site.language];
  return (
    <FormPage
      site={site}
      title={texts.title}
      place="password"
      script="password-rules"
      errorTitle={errorTitle}
      errors={errors}
    >
      <p>{texts.intro}</p>
      <Form action={site.link("/wachtwoord-wijzigen")}>
        <Field
          name="username"
          label={setPasswordTexts[site.language].username}
          type="text"
          autocomplete="username"
          value={username}
          readonly
          errors={[]}
        />
        <Field
          name="current"
          label={texts.current}
          type="password"
          autocomplete="current-password"
          errors={errors}
        />
        <NewPasswordFields site={site} username={username} errors={errors} broken={broken} />
        <p class="actions">
          <Button>{texts.button}</Button>
          <ButtonLink kind="secondary" href={site.link("/welkom")}>
            {texts.cancel}
          </ButtonLink>
        </p>
      </Form>
    </FormPage>
  );
}

export function PasswordChanged({ site }: { site: Site }) {
  const texts = changePasswordTexts[site.language];
  return (
    <Layout site={site} title={texts.doneTitle} place="password">
      <p>{texts.done}</p>
      <p>{setPasswordTexts[site.language].validFor(site.settings.passwordMonths)}</p>
      <p class="actions">
        <ButtonLink href={site.link("/welkom")}>{texts.further}</ButtonLink>
      </p>
    </Layout>
  );
}
