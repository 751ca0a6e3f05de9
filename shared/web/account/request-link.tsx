import { isDomainError } from "../../domain/errors.ts";
import { loginNameText } from "../../operations/kit/text-schemas.ts";
import { linkRequestTexts } from "../../texts/pages/password.ts";
import { signInTexts } from "../../texts/pages/sign-in.ts";
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

export function showLinkRequest(): PageAction {
  return (_request, site) => {
    const page = <LinkRequest site={site} formKey={newFormKey()} />;
    return Promise.resolve(htmlResponse(200, site.language, page));
  };
}

export function requestLink({ requestPasswordLink }: Pick<WebOperations, "requestPasswordLink">): PageAction {
  return async (request, site) => {
    const rule = { schema: loginNameText, label: linkRequestTexts[site.language].username };
    const form = request.form();
    const { values, errors } = readFields(form, { username: rule }, site.language);
    const { username } = values;
    if (errors.length > 0) {
      const props = { site, formKey: newFormKey(), username, errors };
      return htmlResponse(400, site.language, <LinkRequest {...props} />);
    }
    try {
      await requestPasswordLink({ ...callFrom(request, site), body: { username }, formKey: formKeyOf(form) });
      return htmlResponse(200, site.language, <LinkRequested site={site} />);
    } catch (error) {
      if (!isDomainError(error, "idempotency-key-reused")) throw error;
      const { status, errors, formKey } = keyedFailure(error, form, site, {});
      const props = { site, formKey, username, errors };
      return htmlResponse(status, site.language, <LinkRequest {...props} />);
    }
  };
}

interface LinkRequestProps {
  readonly site: Site;
  readonly formKey: string;
  readonly username?: string;
  readonly errors?: readonly FormError[];
}

export function LinkRequest({ site, formKey, username, errors = [] }: LinkRequestProps) {
  const texts = linkRequestTexts[site.language];
  return (
    <FormPage site={site} title={texts.title} errors={errors}>
      <p>{texts.intro}</p>
      <Form action={site.link("/wachtwoord-aanvragen")}>
        <FormKey value={formKey} />
        <Field
          name="username"
          label={texts.username}
          hint={texts.usernameHint}
          type="text"
          autocomplete="username"
          value={username ?? ""}
          errors={errors}
        />
        <Button>{texts.button}</Button>
      </Form>
      <ul class="links">
        <li>
          <a href={site.link("/inlognaam-vergeten")}>{signInTexts[site.language].forgottenName}</a>
        </li>
      </ul>
    </FormPage>
  );
}

/** The same page for every login name, so that it does not tell which ones exist. */
export function LinkRequested({ site }: { site: Site }) {
  const texts = linkRequestTexts[site.language];
  const sent = [texts.sent, texts.linkLasts(site.settings.linkHours)];
  return <MailUnderway site={site} texts={texts} sent={sent} again="/wachtwoord-aanvragen" />;
}
