import { signInTexts } from "../../../shared/texts/pages/sign-in.ts";
import type { Site } from "../site.ts";
import { Button } from "./button.tsx";
import { ErrorSummary, Field, Form, type FormError } from "./form.tsx";
import { MailLink } from "./help.tsx";
import { Notice } from "./notice.tsx";
import { Layout } from "./layout.tsx";

interface SignInProps {
  readonly site: Site;
  readonly username?: string;
  readonly errorTitle?: string;
  readonly errors?: readonly FormError[];
  /** Whether a session has just ended, which deserves a word. */
  readonly ended?: boolean;
}

export function SignIn({ site, username, errorTitle, errors = [], ended = false }: SignInProps) {
  const texts = signInTexts[site.language];
  const summary = errorTitle === undefined ? { errors } : { errors, title: errorTitle };
  return (
    <Layout site={site} title={texts.title} failed={errors.length > 0}>
      <ErrorSummary site={site} {...summary} />
      {ended && <Notice>{texts.ended(site.settings.idleMinutes)}</Notice>}
      <p>{texts.purpose}</p>
      <Form action={site.link("/")}>
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
