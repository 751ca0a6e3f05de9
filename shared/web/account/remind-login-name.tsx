import { isDomainError } from "../../domain/errors.ts";
import { emailAddress } from "../../operations/kit/text-schemas.ts";
import { loginNameReminderTexts } from "../../texts/pages/password.ts";
import type { WebOperations } from "../operations.ts";
import { htmlResponse } from "../kit/response.ts";
import { readFields } from "../kit/form-fields.ts";
import { callFrom, type PageAction } from "../kit/page-action.ts";
import type { Site } from "../kit/site.ts";
import { Button } from "../kit/button.tsx";
import { formKeyOf, keyedFailure, newFormKey } from "../kit/form-key.ts";
import { FormKey } from "../kit/form-key-field.tsx";
import { Field, Form, type FormError } from "../kit/form.tsx";
import { FormPage } from "../kit/form-page.tsx";
import { MailUnderway } from "./mail-underway.tsx";

export function showLoginNameReminder(): PageAction {
  return (_request, site) => {
    const page = <LoginNameReminder site={site} formKey={newFormKey()} />;
    return Promise.resolve(htmlResponse(200, site.language, page));
  };
}

export function remindLoginName(operations: Pick<WebOperations, "remindLoginName">): PageAction {
  return async (request, site) => {
    const rule = { schema: emailAddress, label: loginNameReminderTexts[site.language].email };
    const form = request.form();
    const { values, errors } = readFields(form, { email: rule }, site.language);
    const { email } = values;
    if (errors.length > 0) {
      const props = { site, formKey: newFormKey(), email, errors };
      return htmlResponse(400, site.language, <LoginNameReminder {...props} />);
    }
    try {
      const call = { ...callFrom(request, site), body: { email }, formKey: formKeyOf(form) };
      await operations.remindLoginName(call);
      return htmlResponse(200, site.language, <LoginNameReminded site={site} />);
    } catch (error) {
      if (!isDomainError(error, "idempotency-key-reused")) throw error;
      const { status, errors, formKey } = keyedFailure(error, form, site, {});
      const props = { site, formKey, email, errors };
      return htmlResponse(status, site.language, <LoginNameReminder {...props} />);
    }
  };
}

interface LoginNameReminderProps {
  readonly site: Site;
  readonly formKey: string;
  readonly email?: string;
  readonly errors?: readonly FormError[];
}

export function LoginNameReminder({ site, formKey, email, errors = [] }: LoginNameReminderProps) {
  const texts = loginNameReminderTexts[site.language];
  return (
    <FormPage site={site} title={texts.title} errors={errors}>
      <p>{texts.intro}</p>
      <Form action={site.link("/inlognaam-vergeten")}>
        <FormKey value={formKey} />
        <Field
          name="email"
          label={texts.email}
          hint={texts.emailHint}
          type="email"
          autocomplete="email"
          value={email ?? ""}
          errors={errors}
        />
        <Button>{texts.button}</Button>
      </Form>
    </FormPage>
  );
}

/** The same page for every address, so that it does not tell which ones are known. */
export function LoginNameReminded({ site }: { site: Site }) {
  const texts = loginNameReminderTexts[site.language];
  return <MailUnderway site={site} texts={texts} sent={[texts.sent]} again="/inlognaam-vergeten" />;
}
