import { PasswordRejected, TemporarilyUnavailable } from "../../../shared/domain/errors.ts";
import { normalisePassword, type PasswordFault } from "../../../shared/domain/password-policy.ts";
import type { Language } from "../../../shared/texts/language.ts";
import { passwordFaultText } from "../../../shared/texts/password-rules.ts";
import { setPasswordTexts } from "../../../shared/texts/pages/password.ts";
import { problemDetail, problemTitle } from "../../../shared/texts/problems.ts";
import type { WebOperations } from "../operations.ts";
import type { FormError } from "../pages/form.tsx";
import { PasswordSet, SetPassword } from "../pages/set-password.tsx";
import type { PageRequest } from "../request.ts";
import { htmlResponse, retryAfter } from "../response.ts";
import type { Site } from "../site.ts";
import { filledIn, readFields } from "./form-fields.ts";
import type { PageAction } from "./page-action.ts";

type LinkOperations = Pick<WebOperations, "viewPasswordLink" | "redeemPasswordLink">;

export function showSetPassword({ viewPasswordLink }: LinkOperations): PageAction {
  return async ({ parameter }, site) => {
    const { username } = await viewPasswordLink(parameter("token"));
    return htmlResponse(200, site.language, <SetPassword site={site} username={username} />);
  };
}

/** Why a password was not set, for the form that comes back without it. */
interface Failure {
  readonly status: number;
  readonly title?: string;
  readonly errors: readonly FormError[];
  readonly broken: readonly PasswordFault[];
  readonly headers: Readonly<Record<string, string>>;
}

export function setPassword({ viewPasswordLink, redeemPasswordLink }: LinkOperations): PageAction {
  return async (request, site) => {
    const failure = await attempt(redeemPasswordLink, request, site);
    if (!failure) return htmlResponse(200, site.language, <PasswordSet site={site} />);
    const { username } = await viewPasswordLink(request.parameter("token"));
    const { status, title, errors, broken, headers } = failure;
    const heading = title === undefined ? {} : { errorTitle: title };
    const page = <SetPassword site={site} username={username} errors={errors} broken={broken} {...heading} />;
    return htmlResponse(status, site.language, page, headers);
  };
}

async function attempt(
  redeem: WebOperations["redeemPasswordLink"],
  { form, parameter, origin }: PageRequest,
  site: Site,
): Promise<Failure | null> {
  const { values, errors } = readPasswords(form(), site.language);
  if (errors.length > 0) return { status: 400, errors, broken: [], headers: {} };
  if (normalisePassword(values.password) !== normalisePassword(values.repeat)) return differing(site);
  try {
    await redeem({ token: parameter("token"), password: values.password, origin });
    return null;
  } catch (error) {
    if (error instanceof PasswordRejected) return rejected(error.faults, site);
    if (error instanceof TemporarilyUnavailable) return unavailable(error, site);
    throw error;
  }
}

/** However long they are: what is wrong with a new password is for the password policy to say. */
function readPasswords(form: URLSearchParams, language: Language) {
  const texts = setPasswordTexts[language];
  const password = { schema: filledIn, label: texts.password };
  const repeat = { schema: filledIn, label: texts.repeat };
  return readFields(form, { password, repeat }, language);
}

function differing({ language }: Site): Failure {
  const text = setPasswordTexts[language].different;
  return { status: 422, errors: [{ field: "repeat", text }], broken: [], headers: {} };
}

function rejected(faults: readonly PasswordFault[], { settings, language }: Site): Failure {
  const errors = faults.map((fault) => ({
    field: "password",
    text: passwordFaultText(fault, settings, language),
  }));
  const title = problemTitle("password-rejected", language);
  return { status: 422, title, errors, broken: faults, headers: {} };
}

function unavailable(error: TemporarilyUnavailable, { language }: Site): Failure {
  const texts = setPasswordTexts[language];
  const { code, retryAfterSeconds } = error;
  const text = `${problemDetail(code, language, { retryAfterSeconds })} ${texts.linkStillWorks}`;
  return {
    status: 503,
    title: texts.unavailableTitle,
    errors: [{ field: null, text }],
    broken: [],
    headers: retryAfter(error),
  };
}
