import * as z from "zod/mini";
import { isDomainError, type DomainError } from "../../domain/errors.ts";
import { logFailure } from "../../http/log-failure.ts";
import { problemStatus } from "../../http/problems.ts";
import { loginNameText, passwordText } from "../../operations/kit/text-schemas.ts";
import type { Language } from "../../texts/language.ts";
import { signInTexts } from "../../texts/pages/sign-in.ts";
import { problemTitle } from "../../texts/problem-titles.ts";
import { problemDetail } from "../../texts/problems.ts";
import type { WebOperations } from "../operations.ts";
import { SignIn, type SignInProps } from "./sign-in-page.tsx";
import { readSavedForm } from "../kit/saved-form.ts";
import {
  dropSessionCookie,
  htmlResponse,
  redirect,
  rememberDevice,
  retryAfter,
  setSessionCookie,
} from "../kit/response.ts";
import { restoreForm } from "./restore-form.tsx";
import type { Site } from "../kit/site.ts";
import { nonEmpty, readFields } from "../kit/form-fields.ts";
import type { PageAction } from "../kit/page-action.ts";

type SignInOperations = Pick<WebOperations, "signInToWeb" | "endWebSession">;

const currentPassword = z.pipe(nonEmpty, passwordText);

/** A user with a session goes straight to the welcome page. */
export const showSignIn: PageAction = ({ query }, site) => {
  if (site.session) return Promise.resolve(redirect(site.link("/welkom")));
  const ended = query("sessie") === "afgelopen";
  return Promise.resolve(htmlResponse(200, site.language, <SignIn site={site} ended={ended} />));
};

function readCredentials(form: URLSearchParams, language: Language) {
  const texts = signInTexts[language];
  const username = { schema: loginNameText, label: texts.username };
  const password = { schema: currentPassword, label: texts.password };
  return readFields(form, { username, password }, language);
}

export function signIn({ signInToWeb }: SignInOperations): PageAction {
  return async (request, site) => {
    const { origin, deviceCookie } = request;
    const form = request.form();
    const { values, errors } = readCredentials(form, site.language);
    const { username, password } = values;
    const savedForm = readSavedForm(form);
    if (errors.length > 0) {
      const page = <SignIn site={site} username={username} errors={errors} savedForm={savedForm} />;
      return htmlResponse(400, site.language, page);
    }
    try {
      const signedIn = await signInToWeb({ username, password, deviceCookie, origin });
      const { cookie, passwordExpiry } = signedIn;
      const next = passwordExpiry.warning ? "/wachtwoord-verloopt" : "/welkom";
      const restored = savedForm && restoreForm(savedForm, cookie, site);
      const answer = restored || redirect(site.link(next), setSessionCookie(cookie));
      return rememberDevice(answer, signedIn.deviceCookie);
    } catch (error) {
      if (isDomainError(error, ...retryable)) return retryForm(error, { username, savedForm }, site);
      throw error;
    }
  };
}

/** After these errors the form is shown again with the login name, but not the password. */
const retryable = ["invalid-credentials", "temporarily-unavailable", "too-many-attempts"] as const;

function retryForm(error: DomainError, sent: Pick<SignInProps, "username" | "savedForm">, site: Site) {
  logFailure(error);
  const { language, contacts } = site;
  const detail = problemDetail(error.code, language, {
    contacts,
    retryAfterSeconds: error.retryAfterSeconds,
  });
  const page = (
    <SignIn
      site={site}
      {...sent}
      errorTitle={problemTitle(error.code, language)}
      errors={[{ field: null, text: detail }]}
    />
  );
  return htmlResponse(problemStatus[error.code], language, page, retryAfter(error));
}

/** Drops the cookie only after the session has ended: if that fails, the user can try again. */
export function signOut({ endWebSession }: SignInOperations): PageAction {
  return async ({ cookie, origin }, site) => {
    if (cookie !== null) await endWebSession(cookie, origin);
    return redirect(site.link("/"), dropSessionCookie());
  };
}
