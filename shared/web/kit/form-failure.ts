import { isDomainError, type FieldError } from "../../domain/errors.ts";
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

/** What a refusal says on the form that it is about, which comes back with what was typed. */
export interface FormFailure {
  readonly status: number;
  readonly title: string;
  readonly errors: readonly FormError[];
  readonly headers: Readonly<Record<string, string>>;
}

/** Refusals that are about the page and not about what was filled in. */
const aboutThePage = new Set(["not-found", "not-allowed", "not-authenticated", "payload-too-large"]);

/**
 * The failure of a form whose fields are called as the operation's are.
 * @param labels what the page calls them, in the order in which it has them
 * @param advice what goes into a field, where the fault itself does not say
 * @throws the error itself where it is no fault of the form
 */
export function formFailure(
  error: unknown,
  site: Site,
  labels: Readonly<Record<string, string>>,
  advice: Readonly<Record<string, string>> = {},
): FormFailure {
  if (error instanceof FormRestored) return notSentYet(site);
  if (!isDomainError(error) || aboutThePage.has(error.code)) throw error;
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

/** No failure of anybody: the form is back with what was typed, and can be sent. */
function notSentYet({ language }: Site): FormFailure {
  const { notSentTitle: title, notSent: text } = resumeTexts[language];
  return { status: 200, title, errors: [{ field: null, text }], headers: {} };
}

/** The field that a pointer is about, and which of the values in it, counted from 1. */
function fieldOf(pointer: string): { field: string; place: number | null } {
  const path = pointer.replace(/^\/|^query:/, "");
  const [, field, index] = /^(.+)\/(\d+)$/.exec(path) ?? [];
  return field === undefined ? { field: path, place: null } : { field, place: Number(index) + 1 };
}
