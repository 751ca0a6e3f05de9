import { isDomainError, passwordRejected } from "../../domain/errors.ts";
import { setPasswordTexts } from "../../texts/pages/password.ts";
import type { WebOperations } from "../operations.ts";
import type { PageRequest } from "../kit/request.ts";
import { htmlResponse } from "../kit/response.ts";
import type { Site } from "../kit/site.ts";
import { readFields } from "../kit/form-fields.ts";
import { repeatMismatch, passwordFailure, newPasswordRules, type PasswordFailure } from "./new-password.ts";
import { callFrom, type PageAction } from "../kit/page-action.ts";
import type { PageCall } from "../kit/page-operation.ts";
import type { PasswordFault } from "../../domain/password-policy.ts";
import { Button, ButtonLink } from "../kit/button.tsx";
import { Field, Form } from "../kit/form.tsx";
import { FormPage, type FailedForm } from "../kit/form-page.tsx";
import { Layout } from "../kit/layout.tsx";
import { NewPasswordFields } from "./password-fields.tsx";

type LinkOperations = Pick<WebOperations, "getPasswordLink" | "redeemPasswordLink">;

export function showSetPassword({ getPasswordLink }: LinkOperations): PageAction {
  return async (request, site) => {
    const { username } = (await getPasswordLink(linkCall(request, site))).body;
    return htmlResponse(200, site.language, <SetPassword site={site} username={username} />);
  };
}

export function setPassword({ getPasswordLink, redeemPasswordLink }: LinkOperations): PageAction {
  return async (request, site) => {
    const failure = await attempt(redeemPasswordLink, request, site);
    if (!failure) return htmlResponse(200, site.language, <PasswordSet site={site} />);
    const { username } = (await getPasswordLink(linkCall(request, site))).body;
    const { status, title, errors, broken, headers } = failure;
    const page = (
      <SetPassword site={site} username={username} errorTitle={title} errors={errors} broken={broken} />
    );
    return htmlResponse(status, site.language, page, headers);
  };
}

function linkCall(request: PageRequest, site: Site): PageCall {
  return { ...callFrom(request, site), params: { token: request.parameter("token") } };
}

async function attempt(
  redeem: WebOperations["redeemPasswordLink"],
  request: PageRequest,
  site: Site,
): Promise<PasswordFailure | null> {
  const { values, errors } = readFields(request.form(), newPasswordRules(site.language), site.language);
  if (errors.length > 0) return { status: 400, errors, broken: [], headers: {} };
  const mismatch = repeatMismatch(values, site);
  if (mismatch) return mismatch;
  try {
    await redeem({ ...linkCall(request, site), body: { password: values.password } });
    return null;
  } catch (thrown) {
    // Nothing but its length can make the schema refuse a password that was filled in.
    const error = isDomainError(thrown, "invalid-request")
      ? passwordRejected(["too-long"], site.settings)
      : thrown;
    const { unavailableTitle, linkStillWorks } = setPasswordTexts[site.language];
    return passwordFailure(error, site, { title: unavailableTitle, also: linkStillWorks });
  }
}

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
