import type { PasswordFault } from "../../../shared/domain/password-policy.ts";
import { passwordRuleTexts } from "../../../shared/texts/password-rules.ts";
import { setPasswordTexts } from "../../../shared/texts/pages/password.ts";
import { problemDetail } from "../../../shared/texts/problems.ts";
import type { Site } from "../site.ts";
import { ErrorSummary, Field, Form, type FormError } from "./form.tsx";
import { Layout } from "./layout.tsx";

interface SetPasswordProps {
  readonly site: Site;
  readonly username: string;
  readonly errorTitle?: string;
  readonly errors?: readonly FormError[];
  /** The rules that the password just sent breaks: they are marked, and not said again at the field. */
  readonly broken?: readonly PasswordFault[];
}

export function SetPassword({ site, username, errorTitle, errors = [], broken = [] }: SetPasswordProps) {
  const texts = setPasswordTexts[site.language];
  const rejection = problemDetail("password-rejected", site.language);
  const summary = errorTitle === undefined ? { errors } : { errors, title: errorTitle };
  return (
    <Layout site={site} title={texts.title} failed={errors.length > 0}>
      <ErrorSummary site={site} {...summary} />
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
        <Rules site={site} broken={broken} />
        <Field
          name="password"
          label={texts.password}
          type="password"
          autocomplete="new-password"
          describedBy="regels"
          errors={broken.length > 0 ? [{ field: "password", text: rejection }] : errors}
        />
        <Field
          name="repeat"
          label={texts.repeat}
          type="password"
          autocomplete="new-password"
          errors={errors}
        />
        <button type="submit">{texts.button}</button>
      </Form>
    </Layout>
  );
}

function Rules({ site, broken }: { site: Site; broken: readonly PasswordFault[] }) {
  const texts = setPasswordTexts[site.language];
  return (
    <div class="rules">
      <h2 id="regels-titel">{texts.rules}</h2>
      <ul id="regels" aria-labelledby="regels-titel">
        {passwordRuleTexts(site.settings, site.language).map(({ code, text }) => (
          <li class={broken.includes(code) ? "broken" : undefined}>
            {broken.includes(code) && <strong>{texts.broken}</strong>}
            {text}
          </li>
        ))}
      </ul>
    </div>
  );
}

export function PasswordSet({ site }: { site: Site }) {
  const texts = setPasswordTexts[site.language];
  return (
    <Layout site={site} title={texts.doneTitle}>
      <p>{texts.done}</p>
      <p>{texts.validFor(site.settings.passwordMonths)}</p>
      <p class="actions">
        <a class="button" href={site.contacts.porteroUrl}>
          {texts.toPortero}
        </a>
        <a class="button quiet" href={site.link("/")}>
          {texts.toSignIn}
        </a>
      </p>
    </Layout>
  );
}
