import { isDomainError } from "../../domain/errors.ts";
import { problemStatus } from "../../http/problems.ts";
import { fieldErrorText } from "../../texts/field-errors.ts";
import { formTexts } from "../../texts/pages/forms.ts";
import { changePasswordTexts, setPasswordTexts } from "../../texts/pages/password.ts";
import { problemTitle } from "../../texts/problem-titles.ts";
import { problemDetail } from "../../texts/problems.ts";
import type { WebOperations } from "../operations.ts";
import type { PageRequest } from "../kit/request.ts";
import { htmlResponse, retryAfter } from "../kit/response.ts";
import type { Site } from "../kit/site.ts";
import { nonEmpty, readFields } from "../kit/form-fields.ts";
import { repeatMismatch, passwordFailure, newPasswordRules, type PasswordFailure } from "./new-password.ts";
import { callFrom, signedIn, type PageAction } from "../kit/page-action.ts";
import type { PasswordFault } from "../../domain/password-policy.ts";
import { Button, ButtonLink } from "../kit/button.tsx";
import { Field, Form } from "../kit/form.tsx";
import { formKeyOf, newFormKey } from "../kit/form-key.ts";
import { FormKey } from "../kit/form-key-field.tsx";
import { FormPage, type FailedForm } from "../kit/form-page.tsx";
import { Layout } from "../kit/layout.tsx";
import { NewPasswordFields } from "./password-fields.tsx";

export const showChangePassword: PageAction = async (_request, site) => {
  const { username } = signedIn(site).member.user;
  const page = <ChangePassword site={site} username={username} formKey={newFormKey()} />;
  return Promise.resolve(htmlResponse(200, site.language, page));
};

export function changePassword({ changePassword }: Pick<WebOperations, "changePassword">): PageAction {
  return async (request, site) => {
    const failure = await attempt(changePassword, request, site);
    if (!failure) return htmlResponse(200, site.language, <PasswordChanged site={site} />);
    const { status, title, errors, broken, headers } = failure;
    const { username } = signedIn(site).member.user;
    // Passwords are never shown again, so the form that is sent next is another one.
    const props = { site, username, formKey: newFormKey(), errorTitle: title, errors, broken };
    return htmlResponse(status, site.language, <ChangePassword {...props} />, headers);
  };
}

async function attempt(
  change: WebOperations["changePassword"],
  request: PageRequest,
  site: Site,
): Promise<PasswordFailure | null> {
  const current = { schema: nonEmpty, label: changePasswordTexts[site.language].current };
  const rules = { current, ...newPasswordRules(site.language) };
  const form = request.form();
  const { values, errors } = readFields(form, rules, site.language);
  if (errors.length > 0) return { status: 400, errors, broken: [], headers: {} };
  const mismatch = repeatMismatch(values, site);
  if (mismatch) return mismatch;
  try {
    const body = { currentPassword: values.current, newPassword: values.password };
    await change({ ...callFrom(request, site), body, formKey: formKeyOf(form) });
    return null;
  } catch (error) {
    return changeFailure(error, site);
  }
}

const fieldOf: Readonly<Record<string, string>> = {
  "/currentPassword": "current",
  "/newPassword": "password",
};

function changeFailure(error: unknown, site: Site): PasswordFailure {
  const { language } = site;
  if (isDomainError(error, "current-password-wrong", "too-many-attempts")) {
    const { code, retryAfterSeconds } = error;
    const text = problemDetail(code, language, { retryAfterSeconds });
    const title = problemTitle(code, language);
    const errors = [{ field: "current", text }];
    return { status: problemStatus[code], title, errors, broken: [], headers: retryAfter(error) };
  }
  if (isDomainError(error, "idempotency-key-reused")) {
    const errors = [{ field: null, text: formTexts[language].sentBefore }];
    return { status: problemStatus[error.code], errors, broken: [], headers: {} };
  }
  if (isDomainError(error, "invalid-request")) {
    const errors = error.errors.map((one) => ({
      field: fieldOf[one.pointer] ?? null,
      text: fieldErrorText(one, language),
    }));
    return { status: 400, errors, broken: [], headers: {} };
  }
  return passwordFailure(error, site, { title: changePasswordTexts[language].unavailableTitle });
}

interface ChangePasswordProps extends FailedForm {
  readonly site: Site;
  readonly username: string;
  readonly formKey: string;
  readonly broken?: readonly PasswordFault[];
}

export function ChangePassword(props: ChangePasswordProps) {
  const { site, username, formKey, errorTitle, errors = [], broken = [] } = props;
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
        <FormKey value={formKey} />
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
