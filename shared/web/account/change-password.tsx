import { isDomainError } from "../../domain/errors.ts";
import { problemStatus } from "../../http/problems.ts";
import { fieldErrorText } from "../../texts/field-errors.ts";
import { changePasswordTexts } from "../../texts/pages/password.ts";
import { problemTitle } from "../../texts/problem-titles.ts";
import { problemDetail } from "../../texts/problems.ts";
import type { WebOperations } from "../operations.ts";
import { ChangePassword, PasswordChanged } from "./change-password-page.tsx";
import type { PageRequest } from "../kit/request.ts";
import { htmlResponse, retryAfter } from "../kit/response.ts";
import type { Site } from "../kit/site.ts";
import { nonEmpty, readFields } from "../kit/form-fields.ts";
import { differing, failureOf, newPasswordRules, type PasswordFailure } from "./new-password.ts";
import { callFrom, signedIn, type PageAction } from "../kit/page-action.ts";

export const showChangePassword: PageAction = async (_request, site) => {
  const { username } = signedIn(site).member.user;
  return Promise.resolve(
    htmlResponse(200, site.language, <ChangePassword site={site} username={username} />),
  );
};

export function changePassword({ changePassword }: Pick<WebOperations, "changePassword">): PageAction {
  return async (request, site) => {
    const failure = await attempt(changePassword, request, site);
    if (!failure) return htmlResponse(200, site.language, <PasswordChanged site={site} />);
    const { status, title, errors, broken, headers } = failure;
    const { username } = signedIn(site).member.user;
    const page = (
      <ChangePassword site={site} username={username} errorTitle={title} errors={errors} broken={broken} />
    );
    return htmlResponse(status, site.language, page, headers);
  };
}

async function attempt(
  change: WebOperations["changePassword"],
  request: PageRequest,
  site: Site,
): Promise<PasswordFailure | null> {
  const current = { schema: nonEmpty, label: changePasswordTexts[site.language].current };
  const rules = { current, ...newPasswordRules(site.language) };
  const { values, errors } = readFields(request.form(), rules, site.language);
  if (errors.length > 0) return { status: 400, errors, broken: [], headers: {} };
  const different = differing(values, site);
  if (different) return different;
  try {
    const body = { currentPassword: values.current, newPassword: values.password };
    await change({ ...callFrom(request, site), body });
    return null;
  } catch (error) {
    return refusalOf(error, site);
  }
}

const fieldOf: Readonly<Record<string, string>> = {
  "/currentPassword": "current",
  "/newPassword": "password",
};

function refusalOf(error: unknown, site: Site): PasswordFailure {
  const { language } = site;
  if (isDomainError(error, "current-password-wrong", "too-many-attempts")) {
    const { code, retryAfterSeconds } = error;
    const text = problemDetail(code, language, { retryAfterSeconds });
    const title = problemTitle(code, language);
    const errors = [{ field: "current", text }];
    return { status: problemStatus[code], title, errors, broken: [], headers: retryAfter(error) };
  }
  if (isDomainError(error, "invalid-request")) {
    const errors = error.errors.map((one) => ({
      field: fieldOf[one.pointer] ?? null,
      text: fieldErrorText(one, language),
    }));
    return { status: 400, errors, broken: [], headers: {} };
  }
  return failureOf(error, site, { title: changePasswordTexts[language].unavailableTitle });
}
