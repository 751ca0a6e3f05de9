import type { PasswordFault } from "../../domain/password-policy.ts";
import { passwordRuleTexts } from "../../texts/password-rules.ts";
import { setPasswordTexts } from "../../texts/pages/password.ts";
import { problemDetail } from "../../texts/problems.ts";
import type { Site } from "../kit/site.ts";
import { Field, type FormError } from "../kit/form.tsx";

interface NewPasswordFieldsProps {
  readonly site: Site;
  readonly username: string;
  readonly errors: readonly FormError[];
  /** The rules that the last password broke. They are marked in the list, so the field does not repeat them. */
  readonly broken: readonly PasswordFault[];
}

/** The rules for a new password, and the two fields that it goes into. */
export function NewPasswordFields({ site, username, errors, broken }: NewPasswordFieldsProps) {
  const texts = setPasswordTexts[site.language];
  const rejection = problemDetail("password-rejected", site.language);
  return (
    <>
      <Rules site={site} username={username} broken={broken} />
      <Field
        name="password"
        label={texts.password}
        type="password"
        autocomplete="new-password"
        describedBy="regels"
        errors={broken.length > 0 ? [{ field: "password", text: rejection }] : errors}
      />
      <Field name="repeat" label={texts.repeat} type="password" autocomplete="new-password" errors={errors} />
    </>
  );
}

/** The server alone decides; a script marks the rules that it can check while the user types. */
function Rules({ site, username, broken }: Omit<NewPasswordFieldsProps, "errors">) {
  const texts = setPasswordTexts[site.language];
  const { passwordMinimumLength, passwordMaximumLength } = site.settings;
  return (
    <div
      class="rules"
      data-username={username}
      data-least={passwordMinimumLength}
      data-most={passwordMaximumLength}
      data-met={texts.met}
      data-unmet={texts.unmet}
    >
      <h2 id="regels-titel">{texts.rules}</h2>
      <ul id="regels" aria-labelledby="regels-titel">
        {passwordRuleTexts(site.settings, site.language).map(({ code, text }) => (
          <li class={broken.includes(code) ? "broken" : undefined} data-rule={code}>
            {broken.includes(code) && <strong>{texts.broken}</strong>}
            {text}
          </li>
        ))}
      </ul>
    </div>
  );
}
