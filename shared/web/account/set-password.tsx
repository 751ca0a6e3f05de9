import { passwordRejected } from "../../domain/errors.ts";
import { passwordText } from "../../operations/kit/text-schemas.ts";
import type { SignedInToWeb } from "../../operations/sessions/web-session.ts";
import { setPasswordTexts } from "../../texts/pages/password.ts";
import type { WebOperations } from "../operations.ts";
import type { PageRequest } from "../kit/request.ts";
import { htmlResponse, redirect, rememberDevice, setSessionCookie } from "../kit/response.ts";
import type { Site } from "../kit/site.ts";
import { formKeyOf, newFormKey } from "../kit/form-key.ts";
import { FormKey } from "../kit/form-key-field.tsx";
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

type LinkOperations = Pick<WebOperations, "getPasswordLink" | "setPasswordByLink">;

export function showSetPassword({ getPasswordLink }: LinkOperations): PageAction {
  return async (request, site) => {
    const { username } = (await getPasswordLink(linkCall(request, site))).body;
    const page = <SetPassword site={site} username={username} formKey={newFormKey()} />;
    return htmlResponse(200, site.language, page);
  };
}

/** Goes on as after signing in. A form that is sent twice opens no second session: its user signs in. */
export function setPassword(operations: LinkOperations): PageAction {
  return async (request, site) => {
    const outcome = await attempt(operations, request, site);
    if (outcome === "only-set") return htmlResponse(200, site.language, <PasswordSet site={site} />);
    if ("cookie" in outcome) {
      const answer = redirect(
        `${site.link("/welkom")}?wachtwoord=ingesteld`,
        setSessionCookie(outcome.cookie),
      );
      return rememberDevice(answer, outcome.deviceCookie);
    }
    const { username } = (await operations.getPasswordLink(linkCall(request, site))).body;
    const { status, title, errors, broken, headers } = outcome;
    const formKey = formKeyOf(request.form());
    const props = { site, username, formKey, errorTitle: title, errors, broken };
    return htmlResponse(status, site.language, <SetPassword {...props} />, headers);
  };
}

function linkCall(request: PageRequest, site: Site): PageCall {
  return { ...callFrom(request, site), params: { token: request.parameter("token") } };
}

async function attempt(
  { setPasswordByLink }: LinkOperations,
  request: PageRequest,
  site: Site,
): Promise<SignedInToWeb | "only-set" | PasswordFailure> {
  const form = request.form();
  const { values, errors } = readFields(form, newPasswordRules(site.language), site.language);
  if (errors.length > 0) return { status: 400, errors, broken: [], headers: {} };
  const mismatch = repeatMismatch(values, site);
  if (mismatch) return mismatch;
  const { unavailableTitle, linkStillWorks } = setPasswordTexts[site.language];
  try {
    if (!passwordText.safeParse(values.password).success) throw passwordRejected(["too-long"], site.settings);
    const { origin, deviceCookie } = request;
    const token = request.parameter("token");
    const { password } = values;
    return await setPasswordByLink({ token, password, formKey: formKeyOf(form), deviceCookie, origin });
  } catch (error) {
    return passwordFailure(error, site, { title: unavailableTitle, also: linkStillWorks });
  }
}

interface SetPasswordProps extends FailedForm {
  readonly site: Site;
  readonly username: string;
  readonly formKey: string;
  readonly broken?: readonly PasswordFault[];
}

export function SetPassword(props: SetPasswordProps) {
  const { site, username, formKey, errorTitle, errors = [], broken = [] } = props;
  const texts = setPasswordTexts[site.language];
  return (
    <FormPage site={site} title={texts.title} script="password-rules" errorTitle={errorTitle} errors={errors}>
      <p>{texts.intro}</p>
      <Form>
        <FormKey value={formKey} />
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
