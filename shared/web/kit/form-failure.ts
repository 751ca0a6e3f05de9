import { isDomainError, type FieldError } from "../../domain/errors.ts";
import { logFailure } from "../../http/log-failure.ts";
import { problemStatus } from "../../http/problems.ts";
import { fieldErrorText } from "../../texts/field-errors.ts";
import { frameTexts } from "../../texts/pages/frame.ts";
import { resumeTexts } from "../../texts/pages/resume.ts";
import { problemTitle } from "../../texts/problem-titles.ts";
import { problemDetail } from "../../texts/problems.ts";
import { FormRestored } from "./errors.ts";
import type { FormError } from "./form.tsx";
import { retryAfter } from "./response.ts";
import type { Site } from "./site.ts";

/** An error to show on the form itself, beside the values that were sent. */
export interface FormFailure {
  readonly status: number;
  readonly title: string;
  readonly errors: readonly FormError[];
  readonly headers: Readonly<Record<string, string>>;
}

/** Errors that no change to the form can mend; they get a page of their own. */
const pageErrors = new Set(["not-found", "not-allowed", "not-authenticated", "payload-too-large"]);

/**
 * Turns an operation's error into errors at the form's fields, which have the same names as the operation's.
 * @param labels the fields' labels, in the order in which the errors are listed
 * @param advice added to “invalid” errors, which do not say what is valid
 * @throws the error itself if the form cannot mend it
 */
export function formFailure(
  error: unknown,
  site: Site,
  labels: Readonly<Record<string, string>>,
  advice: Readonly<Record<string, string>> = {},
): FormFailure {
  if (error instanceof FormRestored) return savedFormNotice(site);
  if (!isDomainError(error) || pageErrors.has(error.code)) throw error;
  logFailure(error);
  const { code, retryAfterSeconds } = error;
  const { language, contacts } = site;
  const inOrder = Object.keys(labels);
  const placeOf = ({ pointer }: FieldError) => inOrder.indexOf(fieldOf(pointer).field);
  const errors = error.errors
    .toSorted((a, b) => placeOf(a) - placeOf(b))
    .map((one) => {
      const { field, place } = fieldOf(one.pointer);
      const label = labels[field];
      const said = fieldErrorText(one, language);
      const text = one.code === "invalid" && advice[field] ? `${said} ${advice[field]}` : said;
      if (label === undefined) return { field: null, text: `${field}: ${text}` };
      return { field, label: place === null ? label : `${label} (${place})`, text };
    });
  const detail = problemDetail(code, language, { contacts, retryAfterSeconds });
  return {
    status: problemStatus[code],
    title: code === "invalid-request" ? frameTexts[language].summaryTitle : problemTitle(code, language),
    errors: errors.length > 0 ? errors : [{ field: null, text: detail }],
    headers: retryAfter(error),
  };
}

/** Not a failure: asks the user to send the saved form, which is shown again. */
function savedFormNotice({ language }: Site): FormFailure {
  const { notSentTitle: title, notSent: text } = resumeTexts[language];
  return { status: 200, title, errors: [{ field: null, text }], headers: {} };
}

/** The field that a pointer is about, and which of the values in it, counted from 1. */
function fieldOf(pointer: string): { field: string; place: number | null } {
  const path = pointer.replace(/^\/|^query:/, "");
  const [, field, index] = /^(.+)\/(\d+)$/.exec(path) ?? [];
  return field === undefined ? { field: path, place: null } : { field, place: Number(index) + 1 };
}
