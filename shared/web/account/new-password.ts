import { isDomainError, type DomainError } from "../../domain/errors.ts";
import { normalisePassword, type PasswordFault } from "../../domain/password-policy.ts";
import { passwordFaultText } from "../../texts/password-rules.ts";
import { setPasswordTexts } from "../../texts/pages/password.ts";
import { problemTitle } from "../../texts/problem-titles.ts";
import { logFailure } from "../../http/log-failure.ts";
import { problemDetail } from "../../texts/problems.ts";
import type { Language } from "../../texts/language.ts";
import type { FormError } from "../kit/form.tsx";
import { retryAfter } from "../kit/response.ts";
import type { Site } from "../kit/site.ts";
import { nonEmpty, type FieldRule } from "../kit/form-fields.ts";

/** Why a password was not set. The form is shown again without the password. */
export interface PasswordFailure {
  readonly status: number;
  readonly title?: string;
  readonly errors: readonly FormError[];
  readonly broken: readonly PasswordFault[];
  readonly headers: Readonly<Record<string, string>>;
}

/** Checks only that they are filled in: the password policy checks length and the rest. */
export function newPasswordRules(language: Language): Record<"password" | "repeat", FieldRule> {
  const texts = setPasswordTexts[language];
  return {
    password: { schema: nonEmpty, label: texts.password },
    repeat: { schema: nonEmpty, label: texts.repeat },
  };
}

/** @returns null if the same password was typed twice */
export function repeatMismatch(
  { password, repeat }: { password: string; repeat: string },
  { language }: Site,
): PasswordFailure | null {
  if (normalisePassword(password) === normalisePassword(repeat)) return null;
  const text = setPasswordTexts[language].different;
  return { status: 422, errors: [{ field: "repeat", text }], broken: [], headers: {} };
}

/** The failure to show on the form. @throws the error itself if the form cannot mend it */
export function passwordFailure(
  error: unknown,
  site: Site,
  unavailable: { readonly title: string; readonly also?: string },
): PasswordFailure {
  if (isDomainError(error, "password-rejected")) return rejected(error, site);
  if (!isDomainError(error, "temporarily-unavailable")) throw error;
  logFailure(error);
  const { code, retryAfterSeconds } = error;
  const detail = problemDetail(code, site.language, { retryAfterSeconds });
  const text = unavailable.also === undefined ? detail : `${detail} ${unavailable.also}`;
  return {
    status: 503,
    title: unavailable.title,
    errors: [{ field: null, text }],
    broken: [],
    headers: retryAfter(error),
  };
}

function rejected(error: DomainError, { settings, language }: Site): PasswordFailure {
  const faults = error.errors.map(({ code }) => code as PasswordFault);
  const errors = faults.map((fault) => ({
    field: "password",
    text: passwordFaultText(fault, settings, language),
  }));
  const title = problemTitle("password-rejected", language);
  return { status: 422, title, errors, broken: faults, headers: {} };
}
