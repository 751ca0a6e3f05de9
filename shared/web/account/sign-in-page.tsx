import { signInTexts } from "../../texts/pages/sign-in.ts";
import type { Site } from "../kit/site.ts";
import { savedFormFields, type SavedForm } from "../kit/saved-form.ts";
import { Button } from "../kit/button.tsx";
import { ErrorSummary, Field, Form, type FormError } from "../kit/form.tsx";
import { MailLink } from "../kit/contact-links.tsx";
import { HiddenFields } from "../kit/hidden-fields.tsx";
import { Notice } from "../kit/notice.tsx";
import { Layout } from "../kit/layout.tsx";

export interface SignInProps {
  readonly site: Site;
  readonly username?: string;
  readonly errorTitle?: string | undefined;
  readonly errors?: readonly FormError[] | undefined;
  /** Shows that the session has just ended. */
  readonly ended?: boolean;
  /** The form of a session that has ended, for this form to carry. */
  readonly savedForm?: SavedForm | null;
}

export function SignIn(props: SignInProps) {
  const { site, username, errorTitle, errors = [], ended = false, savedForm = null } = props;
  const texts = signInTexts[site.language];
  return (
    <Layout site={site} title={texts.title} failed={errors.length > 0 || savedForm !== null}>
      <ErrorSummary site={site} title={errorTitle} errors={errors} />
      {(ended || savedForm) && (
        <Notice>
          {texts.ended(site.settings.idleMinutes)}
          {savedForm && ` ${texts.kept}`}
        </Notice>
      )}
      <p>{texts.purpose}</p>
      <Form action={site.link("/")}>
        {savedForm && <HiddenFields fields={savedFormFields(savedForm)} />}
        <Field
          name="username"
          label={texts.username}
          type="text"
          autocomplete="username"
          value={username ?? ""}
          errors={errors}
        />
        <Field
          name="password"
          label={texts.password}
          type="password"
          autocomplete="current-password"
          errors={errors}
        />
        <Button>{texts.button}</Button>
      </Form>
      <ul class="links">
        <li>
          <a href={site.link("/wachtwoord-aanvragen")}>{texts.change}</a>
        </li>
        <li>
          {texts.askHint} <a href={site.link("/wachtwoord-aanvragen")}>{texts.ask}</a>
        </li>
        <li>
          <a href={site.link("/inlognaam-vergeten")}>{texts.forgottenName}</a>
        </li>
      </ul>
      <Trouble site={site} />
    </Layout>
  );
}

function Trouble({ site }: { site: Site }) {
  const texts = signInTexts[site.language];
  return (
    <section class="aside" aria-labelledby="lukt-niet">
      <h2 id="lukt-niet">{texts.troubleTitle}</h2>
      <p>
        {texts.trouble} <MailLink address={site.contacts.contractManagement.email} />
      </p>
      <p>{texts.troubleAdd}</p>
      <ul>
        {texts.troubleList.map((item) => (
          <li>{item}</li>
        ))}
      </ul>
      <p>{texts.troubleNever}</p>
    </section>
  );
}
